/**
 * Simplifies the traced program by algebra, as autodiff does not: neutral elements, products with zero masks, ones of a
 * tensor's shape, sums over axes of size one, reshapes of reshapes, and constants that meet constants.
 *
 * x · 0 becomes 0 also where x might be infinite: the zeros are derivatives of step functions, where 0 is meant.
 */
import { only } from '../../base/only.ts';
import {
  allNumbers,
  type GraphBuilder,
  type Node,
  type NodeOf,
  type Numbers,
  sameShape,
  sizeOf,
  type TensorType,
  type Value,
} from '../graph/graph.ts';
import { rewrite } from '../graph/rewrite.ts';
import { reducedAxes } from '../kernels/reduction.ts';
import { type KernelGraph, type KernelName, type KernelOps, kernelTypes } from '../kernels/registry.ts';

type Typed<K extends KernelName> = NodeOf<KernelOps, K> & { readonly type: TensorType };
/** What stands for a node's only output; undefined to keep the node. */
type SimplifyRule<K extends KernelName> = (node: Typed<K>, program: Writer) => Value | undefined;

/** Writes the new program, and knows how its values are defined. */
class Writer {
  readonly #builder: GraphBuilder<KernelOps>;
  readonly #sources: Map<Value, Node<KernelOps>>;

  constructor(builder: GraphBuilder<KernelOps>, sources: Map<Value, Node<KernelOps>>) {
    this.#builder = builder;
    this.#sources = sources;
  }

  /** The node that defines a value, where it is of the given kernel. */
  definedBy<K extends KernelName>(value: Value, op: K): NodeOf<KernelOps, K> | undefined {
    const source = this.#sources.get(value);
    return source?.op === op ? (source as NodeOf<KernelOps, K>) : undefined; // by its `op`
  }

  /** The number that fills a constant; undefined for constants with several and for all else. */
  fill(value: Value): number | undefined {
    const numbers = this.#builder.numbersOf(value);
    if (numbers === undefined || typeof numbers === 'number') return numbers;
    return numbers.length === 1 ? numbers[0] : undefined;
  }

  constant(type: TensorType, numbers: Numbers): Value {
    return this.#builder.constant({ shape: type.shape, dtype: type.dtype }, numbers);
  }

  /** All numbers of a constant that is not too large to be written out. */
  listed(value: Value): readonly number[] | undefined {
    const numbers = this.#builder.numbersOf(value);
    if (numbers === undefined || sizeOf(value.shape) > 4096) return undefined;
    return Array.from(allNumbers(numbers, value.shape));
  }

  numbersOf(value: Value): Numbers | undefined {
    return this.#builder.numbersOf(value);
  }

  node<K extends KernelName>(op: K, inputs: readonly Value[], attributes: KernelOps[K]): Value {
    const outputs = this.#builder.node(op, inputs, attributes, kernelTypes(op, inputs, attributes));
    const node: NodeOf<KernelOps, K> = { op, inputs, attributes, outputs };
    for (const output of outputs) this.#sources.set(output, node as Node<KernelOps>); // K is one of the kernels
    return only(outputs);
  }

  negated(x: Value): Value {
    return this.node('Neg', [x], {});
  }

  /** x itself where it has the wanted shape already, x spread to it otherwise. */
  spread(x: Value, type: TensorType): Value {
    return sameShape(x.shape, type.shape) ? x : this.node('BroadcastTo', [x], { shape: type.shape });
  }
}

const arithmetic = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: (a, b) => a ** b,
} as const satisfies { readonly [K in KernelName]?: (a: number, b: number) => number };

const functions = {
  Neg: (x) => -x,
  Square: (x) => x * x,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Abs: Math.abs,
  Reciprocal: (x) => 1 / x,
} as const satisfies { readonly [K in KernelName]?: (x: number) => number };

type Binary = keyof typeof arithmetic;
type Unary = keyof typeof functions;

/** An operand that only spreads another one: the elementwise kernel broadcasts by itself. */
const unspread = (value: Value, other: Value, type: TensorType, program: Writer): Value => {
  const spread = program.definedBy(value, 'BroadcastTo');
  const [source] = spread?.inputs ?? [];
  return source !== undefined && sameShape(other.shape, type.shape) ? source : value;
};

const binary: SimplifyRule<Binary> = ({ op, inputs, type, attributes }, program) => {
  const [a, b] = inputs as [Value, Value]; // both operands of a binary kernel
  const [left, right] = [program.fill(a), program.fill(b)];
  const compute = arithmetic[op];
  if (left !== undefined && right !== undefined) {
    return program.constant(type, Math.fround(compute(left, right)));
  }
  if (op === 'Multiply') {
    if (left === 0 || right === 0) return program.constant(type, 0);
    if (left === 1) return program.spread(b, type);
    if (left === -1) return program.spread(program.negated(b), type);
  }
  if (op === 'Add' && left === 0) return program.spread(b, type);
  if (op === 'Sub' && left === 0) return program.spread(program.negated(b), type);
  if (right === 0 && (op === 'Add' || op === 'Sub')) return program.spread(a, type);
  if (right === 1 && (op === 'Multiply' || op === 'RealDiv' || op === 'Pow')) return program.spread(a, type);
  if (right === -1 && op === 'Multiply') return program.spread(program.negated(a), type);
  if (left === 0 && op === 'RealDiv') return program.constant(type, 0);
  if (op === 'Add') {
    const negated = program.definedBy(b, 'Neg');
    if (negated) return program.node('Sub', [a, ...negated.inputs], {});
  }
  if (op === 'Multiply') {
    const activation = steppedBySelf(a, b, program) ?? steppedBySelf(b, a, program);
    if (activation) return activation;
    const product = scaledTwice(a, right, program) ?? scaledTwice(b, left, program);
    if (product) return program.spread(product, type);
  }
  // A constant that fills a whole tensor says no more than a scalar.
  const scalar = (fill: number) => program.constant({ shape: [], dtype: a.dtype }, fill);
  if (left !== undefined && a.shape.length > 0)
    return program.spread(program.node(op, [scalar(left), b], attributes), type);
  if (right !== undefined && b.shape.length > 0)
    return program.spread(program.node(op, [a, scalar(right)], attributes), type);
  const [newA, newB] = [unspread(a, b, type, program), unspread(b, a, type, program)];
  // Where both are spread, so is what the small ones make.
  return newA === a && newB === b ? undefined : program.spread(program.node(op, [newA, newB], attributes), type);
};

/** x · step(x, α) is the leaky ReLU, which onnxruntime fuses into the product before it. */
function steppedBySelf(x: Value, step: Value, program: Writer): Value | undefined {
  const node = program.definedBy(step, 'Step');
  return node?.inputs[0] === x ? program.node('LeakyRelu', [x], { alpha: node.attributes.alpha }) : undefined;
}

/** (x · c₁) · c₂ → x · (c₁ c₂). */
function scaledTwice(scaled: Value, factor: number | undefined, program: Writer): Value | undefined {
  const [x, c] = program.definedBy(scaled, 'Multiply')?.inputs ?? [];
  if (factor === undefined || x === undefined || c === undefined) return undefined;
  const [fillX, fillC] = [program.fill(x), program.fill(c)];
  const scaledBy = (value: Value, by: number) =>
    program.node(
      'Multiply',
      [value, program.constant({ shape: [], dtype: value.dtype }, Math.fround(by * factor))],
      {},
    );
  if (fillC !== undefined) return scaledBy(x, fillC);
  return fillX === undefined ? undefined : scaledBy(c, fillX);
}

const product: SimplifyRule<'BatchMatMul'> = ({ inputs, attributes, type }, program) => {
  const [a, b] = inputs as [Value, Value]; // both operands of a product
  if (program.fill(a) === 0 || program.fill(b) === 0) return program.constant(type, 0);
  const [rows = 1, columns = 1] = type.shape;
  const inner = attributes.transposeA ? a.shape[0] : a.shape[1];
  if (type.shape.length !== 2 || a.shape.length !== 2 || b.shape.length !== 2 || inner !== 1) return undefined;
  // An outer product: a column times a row, which elementwise kernels spread by themselves.
  const column = program.node('Reshape', [a], { shape: [rows, 1] });
  const row = program.node('Reshape', [b], { shape: [1, columns] });
  return program.node('Multiply', [column, row], {});
};

const unary: SimplifyRule<Unary> = ({ op, inputs, type }, program) => {
  const fill = program.fill(only(inputs));
  return fill === undefined ? undefined : program.constant(type, Math.fround(functions[op](fill)));
};

const reshape: SimplifyRule<'Reshape' | 'ExpandDims'> = ({ op, inputs, type }, program) => {
  const x = only(inputs);
  if (sameShape(x.shape, type.shape)) return x;
  const numbers = program.numbersOf(x);
  if (numbers !== undefined) return program.constant(type, numbers);
  const earlier = program.definedBy(x, 'Reshape');
  if (earlier) return program.node('Reshape', earlier.inputs, { shape: type.shape });
  return op === 'Reshape' ? undefined : program.node('Reshape', [x], { shape: type.shape });
};

/** A kernel without a rule stays as it is. */
const rules: { readonly [K in KernelName]?: SimplifyRule<K> } = {
  Add: binary,
  Sub: binary,
  Multiply: binary,
  RealDiv: binary,
  Maximum: binary,
  Minimum: binary,
  Pow: binary,
  Sqrt: unary,
  Exp: unary,
  Abs: unary,
  Reciprocal: unary,
  Reshape: reshape,
  ExpandDims: reshape,
  Identity: ({ inputs }) => inputs[0],
  Cast: ({ inputs: [x], type }, program) => {
    if (x?.dtype === type.dtype) return x;
    const fill = x && program.fill(x);
    return fill === undefined ? undefined : program.constant(type, fill);
  },
  Fill: ({ attributes, type }, program) => program.constant(type, Number(attributes.value)),
  ZerosLike: ({ type }, program) => program.constant(type, 0),
  OnesLike: ({ type }, program) => program.constant(type, 1),
  Square: (node, program) =>
    unary(node, program) ?? program.node('Multiply', [only(node.inputs), only(node.inputs)], {}),
  Neg: (node, program) => unary(node, program) ?? program.definedBy(only(node.inputs), 'Neg')?.inputs[0],
  Tile: ({ inputs, attributes, type }, program) => {
    const x = only(inputs);
    return x.shape.every((size, axis) => size === 1 || attributes.reps[axis] === 1)
      ? program.spread(x, type)
      : undefined;
  },
  BroadcastTo: ({ inputs, type }, program) => {
    const x = only(inputs);
    const fill = program.fill(x);
    return fill === undefined ? (sameShape(x.shape, type.shape) ? x : undefined) : program.constant(type, fill);
  },
  BatchMatMul: product,
  Sum: ({ inputs, attributes, type }, program) => {
    const x = only(inputs);
    const axes = reducedAxes(x.shape, attributes.axis);
    if (axes.every((axis) => x.shape[axis] === 1)) return program.node('Reshape', [x], { shape: type.shape });
    const fill = program.fill(x);
    if (fill !== undefined) return program.constant(type, Math.fround(fill * (sizeOf(x.shape) / sizeOf(type.shape))));
    const numbers = program.numbersOf(x);
    if (numbers === undefined || typeof numbers === 'number' || sizeOf(type.shape) !== 1) return undefined;
    return program.constant(type, Math.fround(Array.from(numbers).reduce((total, number) => total + number, 0)));
  },
  Transpose: ({ inputs, attributes, type }, program) => {
    const x = only(inputs);
    if (attributes.perm.every((axis, index) => axis === index)) return x;
    const fill = program.fill(x);
    return fill === undefined ? undefined : program.constant(type, fill);
  },
  Concat: ({ inputs, attributes, type }, program) => {
    if (inputs.length === 1) return inputs[0];
    // Rows after rows; along other axes constants are rarely met.
    const parts = attributes.axis === 0 ? inputs.map((input) => program.listed(input)) : [];
    return parts.length > 0 && parts.every((part) => part !== undefined)
      ? program.constant(type, parts.flat())
      : undefined;
  },
  Slice: ({ inputs, type }) => (inputs[0] && sameShape(inputs[0].shape, type.shape) ? inputs[0] : undefined),
  AddN: ({ inputs }, program) =>
    inputs.slice(1).reduce((sum, next) => program.node('Add', [sum, next], {}), only(inputs)),
};

/** By the kernel's rule, where it has one and yields one value. */
function simplified<K extends KernelName>(node: NodeOf<KernelOps, K>, program: Writer): Value | undefined {
  const rule: SimplifyRule<K> | undefined = rules[node.op];
  const [type] = node.outputs;
  return type && rule?.({ ...node, type }, program);
}

export function simplify(graph: KernelGraph): KernelGraph {
  const sources = new Map<Value, Node<KernelOps>>();
  return rewrite(graph, (node: Node<KernelOps>, builder) => {
    const replacement = simplified(node, new Writer(builder, sources));
    if (replacement !== undefined) return [replacement];
    const outputs = builder.node(node.op, node.inputs, node.attributes, node.outputs);
    for (const output of outputs) sources.set(output, { ...node, outputs });
    return outputs;
  });
}
