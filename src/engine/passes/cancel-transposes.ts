/**
 * Moves transposes towards the end of an ONNX program until they meet their inverse: convolutions are NCHW, the program
 * around them NHWC, and what lies between two of them works in any order of axes. What remains stands at the edges.
 *
 * They move past elementwise operators (small operands are reshaped to the other order), joins, splits and reductions.
 */

import { only } from '../../base/only.ts';
import {
  allNumbers,
  type GraphBuilder,
  type Node,
  type NodeOf,
  permuted,
  type Shape,
  sameShape,
  sizeOf,
  type TensorType,
  type Value,
} from '../graph/graph.ts';
import type { OnnxGraph, OnnxOp, OnnxOps } from '../graph/onnx-operators.ts';
import { rewrite } from '../graph/rewrite.ts';

type Perm = readonly number[];

/** Writes the new program, and remembers the nodes that a transpose may be moved past or merged with. */
class Writer {
  readonly #builder: GraphBuilder<OnnxOps>;
  readonly #sources = new Map<Value, { readonly op: OnnxOp; readonly x: Value; readonly perm: Perm }>();

  constructor(builder: GraphBuilder<OnnxOps>) {
    this.#builder = builder;
  }

  transposed(value: Value): { readonly x: Value; readonly perm: Perm } | undefined {
    const source = this.#sources.get(value);
    return source?.op === 'Transpose' ? source : undefined;
  }

  /** The smaller value that this one is spread from. */
  spread(value: Value): Value | undefined {
    const source = this.#sources.get(value);
    return source?.op === 'Expand' ? source.x : undefined;
  }

  node<O extends OnnxOp>(
    op: O,
    inputs: readonly Value[],
    attributes: OnnxOps[O],
    types: readonly TensorType[],
  ): readonly Value[] {
    const outputs = this.#builder.node(op, inputs, attributes, types);
    const [x, output] = [inputs[0], outputs[0]];
    if (x && output && (op === 'Expand' || op === 'Reshape')) this.#sources.set(output, { op, x, perm: [] });
    return outputs;
  }

  integers(numbers: readonly number[]): Value {
    return this.#builder.constant({ shape: [numbers.length], dtype: 'int64' }, numbers);
  }

  /** The numbers of a list of axes; they are constants in every program that is lowered here. */
  listed(value: Value | undefined): readonly number[] | undefined {
    const numbers = value && this.#builder.numbersOf(value);
    if (!value || numbers === undefined) return undefined;
    return Array.from(allNumbers(numbers, value.shape));
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
    const shape = permuted(x.shape, perm);
    if (keepsOrder(x.shape, perm)) return this.reshape(x, shape);
    const fill = this.#builder.numbersOf(x);
    if (typeof fill === 'number') return this.#builder.constant({ shape, dtype: x.dtype }, fill);
    const output = only(this.node('Transpose', [x], { perm }, [{ shape, dtype: x.dtype }]));
    this.#sources.set(output, { op: 'Transpose', x, perm });
    return output;
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
    return keepsOrder(shape, back) ? this.reshape(operand, permuted(shape, back)) : undefined;
  }
}

const inverse = (perm: Perm): Perm => perm.map((_, axis) => perm.indexOf(axis));

/** Whether axes longer than one stay in order, so that no number moves. */
function keepsOrder(shape: Shape, perm: Perm): boolean {
  const long = perm.filter((axis) => shape[axis] !== 1);
  return long.every((axis, index) => index === 0 || axis > (long[index - 1] ?? 0));
}

/** Moves transposes of the node's operands behind it; undefined where that would gain nothing. */
type TransposeRule<O extends OnnxOp> = (node: NodeOf<OnnxOps, O>, program: Writer) => readonly Value[] | undefined;

function elementwise<O extends OnnxOp>(
  { op, inputs, attributes, outputs }: NodeOf<OnnxOps, O>,
  program: Writer,
): readonly Value[] | undefined {
  const type = only(outputs);
  const lead = inputs.find((input) => program.transposed(input) && sameShape(input.shape, type.shape));
  const perm = lead && program.transposed(lead)?.perm;
  if (perm === undefined) return onSpread({ op, inputs, attributes, type }, program);
  const operands = inputs.map((input) => program.before(input, perm));
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  const moved = program.node(op, operands, attributes, [
    { shape: permuted(type.shape, inverse(perm)), dtype: type.dtype },
  ]);
  return [program.transpose(only(moved), perm)];
}

/** What scalars do to a spread value they may do before it is spread: it then stays a small operand of what follows. */
function onSpread<O extends OnnxOp>(
  { op, inputs, attributes, type }: Omit<NodeOf<OnnxOps, O>, 'outputs'> & { readonly type: TensorType },
  program: Writer,
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
const alongAxis: TransposeRule<'Concat' | 'Split'> = ({ op, inputs, attributes, outputs }, program) => {
  const perm = inputs[0] && program.transposed(inputs[0])?.perm;
  if (perm === undefined) return undefined;
  const tensors = op === 'Split' ? inputs.slice(0, 1) : inputs;
  const operands = tensors.map((input) => {
    const own = program.transposed(input);
    return own && sameShape(own.perm, perm) ? own.x : undefined;
  });
  if (!operands.every((operand) => operand !== undefined)) return undefined;
  const axis = perm[attributes.axis ?? 0] ?? 0;
  const types = outputs.map(({ shape, dtype }) => ({ shape: permuted(shape, inverse(perm)), dtype }));
  const moved = program.node(op, [...operands, ...inputs.slice(tensors.length)], { ...attributes, axis }, types);
  return moved.map((value) => program.transpose(value, perm));
};

const sum: TransposeRule<'ReduceSum'> = ({ op, inputs: [x, listed], attributes, outputs }, program) =>
  reduced(x, program.listed(listed), attributes.keepdims, program, (operand, axes, shape) =>
    program.node(op, [operand, program.integers(axes)], attributes, [{ shape, dtype: only(outputs).dtype }]),
  );

const reduction: TransposeRule<'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd'> = (
  { op, inputs: [x], attributes, outputs },
  program,
) =>
  reduced(x, attributes.axes, attributes.keepdims, program, (operand, axes, shape) =>
    program.node(op, [operand], { ...attributes, axes }, [{ shape, dtype: only(outputs).dtype }]),
  );

/** @param reduce writes the reduction of `axes` of an operand, whose result has the given shape. */
function reduced(
  value: Value | undefined,
  axes: readonly number[] | undefined,
  keepdims: number | undefined,
  program: Writer,
  reduce: (operand: Value, axes: readonly number[], shape: Shape) => readonly Value[],
): readonly Value[] | undefined {
  const own = value && program.transposed(value);
  if (!own || axes === undefined) return undefined;
  const { x, perm } = own;
  const before = axes.map((axis) => perm[axis] ?? 0).sort((a, b) => a - b);
  const kept = x.shape.map((size, axis) => (before.includes(axis) ? 1 : size));
  const dropped = keepdims === 0;
  const small = reduce(x, before, dropped ? kept.filter((_, axis) => !before.includes(axis)) : kept);
  // The axes that are left, numbered among themselves.
  const left = perm.filter((axis) => !before.includes(axis));
  const rank = left.toSorted((a, b) => a - b);
  return [program.transpose(only(small), dropped ? left.map((axis) => rank.indexOf(axis)) : perm)];
}

/** A transpose is not moved past these: they need the order of axes that they have, or are no operators of convolutional nets. */
const stays = () => undefined;

const rules: { readonly [O in OnnxOp]: TransposeRule<O> } = {
  Abs: elementwise,
  Add: elementwise,
  And: elementwise,
  Cast: elementwise,
  Clip: elementwise,
  Concat: alongAxis,
  Conv: stays,
  ConvTranspose: stays,
  Div: elementwise,
  Elu: elementwise,
  Equal: elementwise,
  Exp: elementwise,
  Expand: stays,
  Gather: stays,
  Gemm: stays,
  Greater: elementwise,
  GreaterOrEqual: elementwise,
  HardSigmoid: elementwise,
  Identity: elementwise,
  LeakyRelu: elementwise,
  Less: elementwise,
  LessOrEqual: elementwise,
  Log: elementwise,
  MatMul: stays,
  Max: elementwise,
  Min: elementwise,
  Mul: elementwise,
  Neg: elementwise,
  Not: elementwise,
  Or: elementwise,
  PRelu: elementwise,
  Pad: stays,
  Pow: elementwise,
  Reciprocal: elementwise,
  ReduceMax: reduction,
  ReduceMean: reduction,
  ReduceMin: reduction,
  ReduceProd: reduction,
  ReduceSum: sum,
  Relu: elementwise,
  Reshape: ({ inputs, outputs }, program) => [program.reshape(only(inputs), only(outputs).shape)],
  Sigmoid: elementwise,
  Sign: elementwise,
  Slice: stays,
  Softmax: stays,
  Softplus: elementwise,
  Split: alongAxis,
  Sqrt: elementwise,
  Sub: elementwise,
  Tanh: elementwise,
  Tile: stays,
  Transpose: ({ inputs, attributes }, program) => [program.transpose(only(inputs), attributes.perm ?? [])],
  Where: elementwise,
};

const rewritten = <O extends OnnxOp>(node: NodeOf<OnnxOps, O>, program: Writer): readonly Value[] => {
  const rule: TransposeRule<O> = rules[node.op];
  return rule(node, program) ?? program.node(node.op, node.inputs, node.attributes, node.outputs);
};

export function cancelTransposes(graph: OnnxGraph): OnnxGraph {
  // Nothing to gain, and nothing to be moved, in programs of dense layers.
  if (!graph.nodes.some(({ op }) => op === 'Transpose')) return graph;
  let program: Writer | undefined;
  return rewrite(graph, (node: Node<OnnxOps>, builder) => {
    program ??= new Writer(builder);
    return rewritten(node, program);
  });
}
