/**
 * Algebra on the traced program: what autodiff writes for lack of knowing better. Neutral elements, products with zero
 * masks, ones of a tensor's shape, sums over axes of size one, reshapes of reshapes, and constants that meet constants.
 *
 * x · 0 becomes 0 also where x might be infinite: the zeros are derivatives of step functions, where 0 is meant.
 */
import {
  type Graph,
  type GraphBuilder,
  type Numbers,
  sameShape,
  sizeOf,
  type TensorType,
  type Value,
} from '../graph/graph.ts';
import { type Candidate, rewrite } from '../graph/rewrite.ts';
import { reducedAxes } from '../kernels/reduction.ts';
import { kernelTypes } from '../kernels/registry.ts';

type Rule = (node: Candidate & { readonly type: TensorType }, program: Program) => Value | undefined;

/** The program being written, with what is known of its values. */
class Program {
  readonly #builder: GraphBuilder;
  readonly #sources: Map<Value, Candidate>;

  constructor(builder: GraphBuilder, sources: Map<Value, Candidate>) {
    this.#builder = builder;
    this.#sources = sources;
  }

  /** The node that defines a value, where it is of the given kernel. */
  definedBy(value: Value, op: string): Candidate | undefined {
    const source = this.#sources.get(value);
    return source?.op === op ? source : undefined;
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
    return typeof numbers === 'number' ? Array<number>(sizeOf(value.shape)).fill(numbers) : Array.from(numbers);
  }

  numbersOf(value: Value): Numbers | undefined {
    return this.#builder.numbersOf(value);
  }

  node(op: string, inputs: readonly Value[], attributes: Candidate['attributes'] = {}): Value {
    const types = kernelTypes(op, inputs, attributes);
    const [output] = this.#builder.node(op, inputs, attributes, types);
    if (output === undefined) throw new Error(`internal: ${op} has no output`);
    this.#sources.set(output, {
      op,
      inputs,
      attributes,
      outputs: [output],
      source: { op, inputs, attributes, outputs: [output] },
    });
    return output;
  }

  /** x itself where it has the wanted shape already, x spread to it otherwise. */
  spread(x: Value, type: TensorType): Value {
    return sameShape(x.shape, type.shape) ? x : this.node('BroadcastTo', [x], { shape: type.shape });
  }
}

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Maximum: Math.max,
  Minimum: Math.min,
  Pow: (a, b) => a ** b,
};

const functions: Readonly<Record<string, (x: number) => number>> = {
  Neg: (x) => -x,
  Square: (x) => x * x,
  Sqrt: Math.sqrt,
  Exp: Math.exp,
  Abs: Math.abs,
  Reciprocal: (x) => 1 / x,
};

/** An operand that only spreads another one: the elementwise kernel broadcasts by itself. */
const unspread = (value: Value, other: Value, type: TensorType, program: Program): Value => {
  const spread = program.definedBy(value, 'BroadcastTo');
  const [source] = spread?.inputs ?? [];
  return source !== undefined && sameShape(other.shape, type.shape) ? source : value;
};

const binary: Rule = ({ op, inputs, type, attributes }, program) => {
  const [a, b] = inputs as [Value, Value]; // both operands of a binary kernel
  const [left, right] = [program.fill(a), program.fill(b)];
  const compute = arithmetic[op];
  if (left !== undefined && right !== undefined && compute) {
    return program.constant(type, Math.fround(compute(left, right)));
  }
  if (op === 'Multiply') {
    if (left === 0 || right === 0) return program.constant(type, 0);
    if (left === 1) return program.spread(b, type);
    if (left === -1) return program.spread(program.node('Neg', [b]), type);
  }
  if (op === 'Add' && left === 0) return program.spread(b, type);
  if (op === 'Sub' && left === 0) return program.spread(program.node('Neg', [b]), type);
  if (right === 0 && (op === 'Add' || op === 'Sub')) return program.spread(a, type);
  if (right === 1 && (op === 'Multiply' || op === 'RealDiv' || op === 'Pow')) return program.spread(a, type);
  if (right === -1 && op === 'Multiply') return program.spread(program.node('Neg', [a]), type);
  if (left === 0 && op === 'RealDiv') return program.constant(type, 0);
  if (op === 'Add') {
    const negated = program.definedBy(b, 'Neg');
    if (negated) return program.node('Sub', [a, ...negated.inputs]);
  }
  if (op === 'Multiply') {
    const activation = steppedBySelf(a, b, program) ?? steppedBySelf(b, a, program);
    if (activation) return activation;
    const product = scaledTwice(a, right, program) ?? scaledTwice(b, left, program);
    if (product) return program.spread(product, type);
  }
  // A constant that fills a whole tensor says no more than a scalar.
  const scalar = (fill: number) => program.constant({ shape: [], dtype: a.dtype }, fill);
  if (left !== undefined && a.shape.length > 0) return program.spread(program.node(op, [scalar(left), b]), type);
  if (right !== undefined && b.shape.length > 0) return program.spread(program.node(op, [a, scalar(right)]), type);
  const [newA, newB] = [unspread(a, b, type, program), unspread(b, a, type, program)];
  // Where both are spread, so is what the small ones make.
  return newA === a && newB === b ? undefined : program.spread(program.node(op, [newA, newB], attributes), type);
};

/** x · step(x, α) is the leaky ReLU, which onnxruntime fuses into the product before it. */
function steppedBySelf(x: Value, step: Value, program: Program): Value | undefined {
  const { inputs: [stepped] = [], attributes } = program.definedBy(step, 'Step') ?? {};
  return stepped === x ? program.node('LeakyRelu', [x], { alpha: attributes?.alpha }) : undefined;
}

/** (x · c₁) · c₂ → x · (c₁ c₂). */
function scaledTwice(scaled: Value, factor: number | undefined, program: Program): Value | undefined {
  const [x, c] = program.definedBy(scaled, 'Multiply')?.inputs ?? [];
  if (factor === undefined || x === undefined || c === undefined) return undefined;
  const [fillX, fillC] = [program.fill(x), program.fill(c)];
  const scaledBy = (value: Value, by: number) =>
    program.node('Multiply', [value, program.constant({ shape: [], dtype: value.dtype }, Math.fround(by * factor))]);
  if (fillC !== undefined) return scaledBy(x, fillC);
  return fillX === undefined ? undefined : scaledBy(c, fillX);
}

const product: Rule = ({ inputs, attributes, type }, program) => {
  const [a, b] = inputs as [Value, Value]; // both operands of a product
  if (program.fill(a) === 0 || program.fill(b) === 0) return program.constant(type, 0);
  const [rows = 1, columns = 1] = type.shape;
  const inner = attributes.transposeA ? a.shape[0] : a.shape[1];
  if (type.shape.length !== 2 || a.shape.length !== 2 || b.shape.length !== 2 || inner !== 1) return undefined;
  // An outer product: a column times a row, which elementwise kernels spread by themselves.
  const column = program.node('Reshape', [a], { shape: [rows, 1] });
  const row = program.node('Reshape', [b], { shape: [1, columns] });
  return program.node('Multiply', [column, row]);
};

const unary: Rule = ({ op, inputs, type }, program) => {
  const fill = inputs[0] && program.fill(inputs[0]);
  const compute = functions[op];
  return fill !== undefined && compute ? program.constant(type, Math.fround(compute(fill))) : undefined;
};

const reshape: Rule = ({ op, inputs, type }, program) => {
  const [x] = inputs as [Value];
  if (sameShape(x.shape, type.shape)) return x;
  const numbers = program.numbersOf(x);
  if (numbers !== undefined) return program.constant(type, numbers);
  const earlier = program.definedBy(x, 'Reshape');
  if (earlier) return program.node('Reshape', earlier.inputs, { shape: type.shape });
  return op === 'Reshape' ? undefined : program.node('Reshape', [x], { shape: type.shape });
};

const rules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.keys(arithmetic).map((op) => [op, binary])),
  ...Object.fromEntries(Object.keys(functions).map((op) => [op, unary])),
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
    unary(node, program) ?? program.node('Multiply', [node.inputs[0], node.inputs[0]] as Value[]),
  Neg: (node, program) => unary(node, program) ?? program.definedBy(node.inputs[0] as Value, 'Neg')?.inputs[0],
  Tile: ({ inputs, attributes, type }, program) => {
    const [x] = inputs as [Value];
    const repeats = attributes.reps as readonly number[]; // tfjs's type for Tile
    return x.shape.every((size, axis) => size === 1 || repeats[axis] === 1) ? program.spread(x, type) : undefined;
  },
  BroadcastTo: ({ inputs, type }, program) => {
    const [x] = inputs as [Value];
    const fill = program.fill(x);
    return fill === undefined ? (sameShape(x.shape, type.shape) ? x : undefined) : program.constant(type, fill);
  },
  BatchMatMul: product,
  Sum: ({ inputs, attributes, type }, program) => {
    const [x] = inputs as [Value];
    const axes = reducedAxes(x.shape, attributes.axis as number | number[] | undefined); // tfjs's type for Sum
    if (axes.every((axis) => x.shape[axis] === 1)) return program.node('Reshape', [x], { shape: type.shape });
    const fill = program.fill(x);
    if (fill !== undefined) return program.constant(type, Math.fround(fill * (sizeOf(x.shape) / sizeOf(type.shape))));
    const numbers = program.numbersOf(x);
    if (numbers === undefined || typeof numbers === 'number' || sizeOf(type.shape) !== 1) return undefined;
    return program.constant(type, Math.fround(Array.from(numbers).reduce((total, number) => total + number, 0)));
  },
  Transpose: ({ inputs, attributes, type }, program) => {
    const [x] = inputs as [Value];
    const perm = attributes.perm as readonly number[]; // tfjs's type for Transpose
    if (perm.every((axis, index) => axis === index)) return x;
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
    inputs.slice(1).reduce((sum, next) => program.node('Add', [sum, next]), inputs[0] as Value),
};

export function simplify(graph: Graph): Graph {
  const sources = new Map<Value, Candidate>();
  return rewrite(graph, (node, builder) => {
    const [type] = node.outputs;
    const rule = rules[node.op];
    const replacement = rule && type && rule({ ...node, type }, new Program(builder, sources));
    if (replacement !== undefined) return [replacement];
    const outputs = builder.node(node.op, node.inputs, node.attributes, node.outputs);
    for (const output of outputs) sources.set(output, { ...node, outputs });
    return outputs;
  });
}
