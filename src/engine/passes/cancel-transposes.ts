/**
 * Moves transposes towards the end of an ONNX program until they meet their inverse: convolutions are NCHW, the program
 * around them NHWC, and what lies between two of them works in any order of axes. What remains stands at the edges.
 *
 * Passes over elementwise operators (small operands are reshaped to the other order), joins, splits and reductions.
 */
import {
  type Graph,
  type GraphBuilder,
  type Shape,
  sameShape,
  sizeOf,
  type TensorType,
  type Value,
} from '../graph/graph.ts';
import { type Candidate, rewrite } from '../graph/rewrite.ts';
import { only } from '../kernels/kernel.ts';

type Perm = readonly number[];

const elementwise = new Set(
  (
    'Abs Add And Cast Clip Div Elu Equal Exp Greater GreaterOrEqual HardSigmoid Identity LeakyRelu Less LessOrEqual Log ' +
    'Max Min Mul Neg Not Or PRelu Pow Reciprocal Relu Sigmoid Sign Softplus Sqrt Sub Tanh Where'
  ).split(' '),
);
const reductions = new Set(['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd']);

/** The program being written, and the nodes of it that may be looked through. */
class Program {
  readonly #builder: GraphBuilder;
  readonly #sources = new Map<Value, { readonly op: string; readonly x: Value; readonly perm: Perm }>();

  constructor(builder: GraphBuilder) {
    this.#builder = builder;
  }

  transposed(value: Value): { readonly x: Value; readonly perm: Perm } | undefined {
    const source = this.#sources.get(value);
    return source?.op === 'Transpose' ? source : undefined;
  }

  /** What a value of full size spreads. */
  spread(value: Value): Value | undefined {
    const source = this.#sources.get(value);
    return source?.op === 'Expand' ? source.x : undefined;
  }

  node(op: string, inputs: readonly Value[], attributes: Candidate['attributes'], types: readonly TensorType[]) {
    const outputs = this.#builder.node(op, inputs, attributes, types);
    const [x, output] = [inputs[0], outputs[0]];
    if (x && output && (op === 'Transpose' || op === 'Expand' || op === 'Reshape')) {
      this.#sources.set(output, { op, x, perm: (attributes.perm as Perm | undefined) ?? [] }); // Transpose's attribute
    }
    return outputs;
  }

  integers(numbers: readonly number[]): Value {
    return this.#builder.constant({ shape: [numbers.length], dtype: 'int64' }, numbers);
  }

  /** The numbers of a list of axes; they are constants in every program that is lowered here. */
  listed(value: Value | undefined): readonly number[] | undefined {
    const numbers = value && this.#builder.numbersOf(value);
    if (!value || numbers === undefined) return undefined;
    return typeof numbers === 'number' ? Array<number>(sizeOf(value.shape)).fill(numbers) : Array.from(numbers);
  }

  reshape(x: Value, shape: Shape): Value {
    if (sameShape(x.shape, shape)) return x;
    const source = this.#sources.get(x);
    if (source?.op === 'Reshape') return this.reshape(source.x, shape);
    return only(this.node('Reshape', [x, this.integers(shape)], {}, [{ shape, dtype: x.dtype }]));
  }

  /** x with its axes in another order, by the cheapest operator that does it: none, a reshape, or one transpose. */
  transpose(x: Value, perm: Perm): Value {
    const earlier = this.transposed(x);
    if (earlier)
      return this.transpose(
        earlier.x,
        perm.map((axis) => earlier.perm[axis] ?? 0),
      );
    if (perm.every((axis, index) => axis === index)) return x;
    const shape = perm.map((axis) => x.shape[axis] ?? 1);
    if (keepsOrder(x.shape, perm)) return this.reshape(x, shape);
    const fill = this.#builder.numbersOf(x);
    if (typeof fill === 'number') return this.#builder.constant({ shape, dtype: x.dtype }, fill);
    return only(this.node('Transpose', [x], { perm }, [{ shape, dtype: x.dtype }]));
  }

  /** An operand as it is where axes have not been permuted yet; undefined where that would take a transpose of its own. */
  before(operand: Value, perm: Perm): Value | undefined {
    if (operand.shape.length <= perm.length && sizeOf(operand.shape) === 1) return operand;
    const own = this.transposed(operand);
    if (own && sameShape(own.perm, perm)) return own.x;
    const source = this.spread(operand);
    if (source) return this.before(source, perm);
    const shape = [...Array<number>(perm.length - operand.shape.length).fill(1), ...operand.shape];
    const back = inverse(perm);
    return keepsOrder(shape, back) ? this.reshape(operand, at(shape, back)) : undefined;
  }
}

const at = (shape: Shape, axes: Perm): Shape => axes.map((axis) => shape[axis] ?? 1);
const inverse = (perm: Perm): Perm => perm.map((_, axis) => perm.indexOf(axis));

/** Whether axes longer than one stay in order, so that no number moves. */
function keepsOrder(shape: Shape, perm: Perm): boolean {
  const long = perm.filter((axis) => shape[axis] !== 1);
  return long.every((axis, index) => index === 0 || axis > (long[index - 1] ?? 0));
}

type Rule = (node: Candidate, program: Program) => readonly Value[] | undefined;

const throughElementwise: Rule = ({ op, inputs, attributes, outputs }, program) => {
  const type = only(outputs);
  const lead = inputs.find((input) => program.transposed(input) && sameShape(input.shape, type.shape));
  const perm = lead && program.transposed(lead)?.perm;
  if (perm === undefined) return onSpread({ op, inputs, attributes, type }, program);
  const operands = inputs.map((input) => program.before(input, perm));
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  const moved = program.node(op, operands, attributes, [{ shape: at(type.shape, inverse(perm)), dtype: type.dtype }]);
  return [program.transpose(only(moved), perm)];
};

/** What scalars do to a spread value they may do before it is spread: it then stays a small operand of what follows. */
function onSpread(
  { op, inputs, attributes, type }: Pick<Candidate, 'op' | 'inputs' | 'attributes'> & { readonly type: TensorType },
  program: Program,
): readonly Value[] | undefined {
  const [large, ...others] = inputs.filter(({ shape }) => sizeOf(shape) > 1);
  const small = large && program.spread(large);
  if (!small || others.length > 0 || !sameShape(large.shape, type.shape)) return undefined;
  if (inputs.some(({ shape }) => shape.length > small.shape.length)) return undefined;
  const operands = inputs.map((input) => (input === large ? small : input));
  const moved = program.node(op, operands, attributes, [{ shape: small.shape, dtype: type.dtype }]);
  return program.node('Expand', [only(moved), program.integers(type.shape)], {}, [type]);
}

/** Concat and Split work along one axis, which has another number before the transpose. */
const alongAxis: Rule = ({ op, inputs, attributes, outputs }, program) => {
  const perm = inputs[0] && program.transposed(inputs[0])?.perm;
  if (perm === undefined) return undefined;
  const tensors = op === 'Split' ? inputs.slice(0, 1) : inputs;
  const operands = tensors.map((input) => {
    const own = program.transposed(input);
    return own && sameShape(own.perm, perm) ? own.x : undefined;
  });
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  const axis = perm[Number(attributes.axis)];
  const types = outputs.map(({ shape, dtype }) => ({ shape: at(shape, inverse(perm)), dtype }));
  const moved = program.node(op, [...operands, ...inputs.slice(tensors.length)], { ...attributes, axis }, types);
  return moved.map((value) => program.transpose(value, perm));
};

const reduction: Rule = ({ op, inputs, attributes, outputs }, program) => {
  const own = inputs[0] && program.transposed(inputs[0]);
  const axes = program.listed(inputs[1]) ?? (attributes.axes as Shape | undefined); // ReduceSum's input, the others' attribute
  const type = only(outputs);
  if (!own || axes === undefined) return undefined;
  const { x, perm } = own;
  const reduced = axes.map((axis) => perm[axis] ?? 0).sort((a, b) => a - b);
  const kept = x.shape.map((size, axis) => (reduced.includes(axis) ? 1 : size));
  const dropped = attributes.keepdims === 0;
  const shape = dropped ? kept.filter((_, axis) => !reduced.includes(axis)) : kept;
  const small = inputs[1]
    ? program.node(op, [x, program.integers(reduced)], attributes, [{ shape, dtype: type.dtype }])
    : program.node(op, [x], { ...attributes, axes: reduced }, [{ shape, dtype: type.dtype }]);
  // The axes that are left, numbered among themselves.
  const left = perm.filter((axis) => !reduced.includes(axis));
  const rank = left.toSorted((a, b) => a - b);
  return [program.transpose(only(small), dropped ? left.map((axis) => rank.indexOf(axis)) : perm)];
};

function ruleOf(op: string): Rule | undefined {
  if (elementwise.has(op)) return throughElementwise;
  if (reductions.has(op)) return reduction;
  return op === 'Concat' || op === 'Split' ? alongAxis : undefined;
}

export function cancelTransposes(graph: Graph): Graph {
  // Nothing to gain, and nothing to be moved, in programs of dense layers.
  if (!graph.nodes.some(({ op }) => op === 'Transpose')) return graph;
  let program: Program | undefined;
  return rewrite(graph, (node, builder) => {
    program ??= new Program(builder);
    const [x] = node.inputs;
    // Transpose's attribute, by ONNX's definition.
    if (node.op === 'Transpose' && x) return [program.transpose(x, node.attributes.perm as Perm)];
    if (node.op === 'Reshape' && x) return [program.reshape(x, only(node.outputs).shape)];
    return ruleOf(node.op)?.(node, program) ?? program.node(node.op, node.inputs, node.attributes, node.outputs);
  });
}
