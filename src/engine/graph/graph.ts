/**
 * A straight-line program over tensors: what tracing yields, passes rewrite and lowering emits. The same shape serves
 * tfjs kernels before lowering and ONNX operators after it; a graph says nothing of what its operators mean.
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

export type Attribute = number | boolean | string | readonly number[] | undefined;
export type Attributes = Readonly<Record<string, Attribute>>;

export interface Node {
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
}

/** A constant's numbers: one that fills the whole tensor, or all of them in row-major order. */
export type Numbers = number | readonly number[] | Float32Array | Int32Array;

export interface Graph {
  readonly inputs: ReadonlyMap<string, Value>;
  readonly constants: ReadonlyMap<Value, Numbers>;
  /** In an order in which every value is defined before it is used. */
  readonly nodes: readonly Node[];
  readonly outputs: ReadonlyMap<string, Value>;
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, dimension) => size * dimension, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);

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
export class GraphBuilder {
  readonly #inputs = new Map<string, Value>();
  readonly #constants = new Map<Value, Numbers>();
  readonly #nodes: Node[] = [];
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

  node(op: string, inputs: readonly Value[], attributes: Attributes, types: readonly TensorType[]): readonly Value[] {
    const outputs = types.map((type) => this.#value(type));
    this.#nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  finish(outputs: Iterable<readonly [string, Value]>): Graph {
    return { inputs: this.#inputs, constants: this.#constants, nodes: this.#nodes, outputs: new Map(outputs) };
  }

  #value({ shape, dtype }: TensorType): Value {
    return { id: this.#nextId++, shape, dtype };
  }
}
