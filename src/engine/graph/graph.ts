/**
 * A straight-line program over tensors: tracing yields it, passes rewrite it, lowering turns one of tfjs kernels into one of
 * ONNX operators. `Ops` lists the operators of a graph and the type of each one's attributes; what they mean is left to others.
 */

export type DType = 'float32' | 'int32' | 'int64' | 'bool';
export type Shape = readonly number[];

export interface TensorType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One tensor of the program. Values are compared by identity. */
export interface Value extends TensorType {
  readonly id: number;
}

export type Attribute = number | boolean | string | null | undefined | readonly Attribute[];
export type Attributes = Readonly<Record<string, Attribute>>;

/** A set of operators: the type of the attributes of each, by its name. */
export type Operators = Readonly<Record<string, Attributes>>;
export type OpOf<Ops extends Operators> = keyof Ops & string;

/** A node of the operator `O`. */
export interface NodeOf<Ops extends Operators, O extends OpOf<Ops>> {
  readonly op: O;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Ops[O];
}

/** A node of any operator; `op` says which attributes it has. */
export type Node<Ops extends Operators> = { [O in OpOf<Ops>]: NodeOf<Ops, O> }[OpOf<Ops>];

/** A constant's numbers: one that fills the whole tensor, or all of them in row-major order. */
export type Numbers = number | readonly number[] | Float32Array | Int32Array;

export interface Graph<Ops extends Operators> {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly constants: ReadonlyMap<Value, Numbers>;
  /** In an order in which every value is defined before it is used. */
  readonly nodes: readonly Node<Ops>[];
  readonly outputs: ReadonlyMap<string, Value>;
}

/** A graph of whatever operators, for those who only read it. */
export interface AnyGraph extends Omit<Graph<Operators>, 'nodes'> {
  readonly nodes: readonly NodeOf<Operators, string>[];
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, dimension) => size * dimension, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);

/** A shape with its axes in another order. */
export const permuted = (shape: Shape, axes: readonly number[]): Shape => axes.map((axis) => shape[axis] ?? 1);

/** An axis counted from the first, where it may be negative and count from the last. */
export const axisFromStart = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** All numbers of a constant of this shape. */
export const allNumbers = (numbers: Numbers, shape: Shape): Exclude<Numbers, number> =>
  typeof numbers === 'number' ? Array<number>(sizeOf(shape)).fill(numbers) : numbers;

export const formatType = ({ dtype, shape }: TensorType): string => `${dtype}[${shape.join(',')}]`;

/** The shape of an elementwise operation's result under NumPy's broadcasting, which tfjs and ONNX share. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new Error(`shapes [${a}] and [${b}] do not broadcast: ${left} against ${right} on axis ${axis}`);
    }
    return left === 1 ? right : left;
  });
}

/** Builds a graph in program order. */
export class GraphBuilder<Ops extends Operators = Operators> {
  readonly #inputs = new Map<string, Value>();
  readonly #constants = new Map<Value, Numbers>();
  readonly #nodes: Node<Ops>[] = [];
  #nextId = 0;

  input(name: string, type: TensorType): Value {
    if (this.#inputs.has(name)) throw new Error(`internal: the graph has an input ${name} already`);
    const value = this.#value(type);
    this.#inputs.set(name, value);
    return value;
  }

  constant(type: TensorType, numbers: Numbers): Value {
    const value = this.#value(type);
    this.#constants.set(value, numbers);
    return value;
  }

  /** The numbers of a constant of this builder; undefined for any other value. */
  numbersOf(value: Value): Numbers | undefined {
    return this.#constants.get(value);
  }

  node<O extends OpOf<Ops>>(
    op: O,
    inputs: readonly Value[],
    attributes: Ops[O],
    types: readonly TensorType[],
  ): readonly Value[] {
    const outputs = types.map((type) => this.#value(type));
    const node: NodeOf<Ops, O> = { op, inputs, outputs, attributes };
    this.#nodes.push(node as Node<Ops>); // O is one of the operators that Node<Ops> is a union over
    return outputs;
  }

  finish(outputs: Iterable<readonly [string, Value]>): Graph<Ops> {
    return { inputs: this.#inputs, constants: this.#constants, nodes: this.#nodes, outputs: new Map(outputs) };
  }

  #value({ shape, dtype }: TensorType): Value {
    return { id: this.#nextId++, shape, dtype };
  }
}
