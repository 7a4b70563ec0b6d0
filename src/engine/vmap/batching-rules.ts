/**
 * Batching rules: the kernels that compute a kernel whose operands have a leading axis, a slice for each program. On the CPU
 * the numbers of a slice depend neither on how many slices there are nor on its position; the one exception that was found
 * is the last bit of a softplus in batches that are no multiple of 4.
 */
import { type Attributes, type Shape, sizeOf, type TensorType, type Value } from '../graph/graph.ts';
import { only } from '../kernels/kernel.ts';
import { reducedAxes } from '../kernels/reduction.ts';

/** A value of the vmapped program. */
export interface Operand {
  readonly value: Value;
  /** Whether it has the leading axis; one without is the same in all programs. */
  readonly batched: boolean;
}

/** A node, at least one of whose operands is batched, or whose attributes differ. */
export interface BatchedNode {
  readonly op: string;
  readonly operands: readonly Operand[];
  /** Those of every program; they differ only where `structure.ts` lets them. */
  readonly attributes: readonly Attributes[];
  /** As each program by itself has them, without the leading axis. */
  readonly outputs: readonly TensorType[];
}

/** Builds the vmapped program. */
export interface BatchBuilder {
  /** How many programs there are. */
  readonly count: number;
  /** A kernel of the vmapped program; its types are those that its rule infers. */
  node(op: string, inputs: readonly Value[], attributes?: Attributes): readonly Value[];
  constant(shape: Shape, numbers: number | readonly number[]): Value;
  /** A batched value as `[count, …shape]`. */
  reshaped(value: Value, shape: Shape): Value;
}

/** Returns the outputs, all of them batched. */
export type BatchingRule = (node: BatchedNode, builder: BatchBuilder) => readonly Value[];

const attributesOf = ({ attributes }: BatchedNode): Attributes => only(attributes);

/** Ones behind the leading axis, so that shapes meet from the right as they do in each program. */
const aligned = ({ value, batched }: Operand, rank: number, builder: BatchBuilder): Value => {
  if (!batched) return value;
  const own = value.shape.slice(1);
  return builder.reshaped(value, [...Array<number>(rank - own.length).fill(1), ...own]);
};

/** With the leading axis in any case. */
const spread = ({ value, batched }: Operand, builder: BatchBuilder): Value =>
  batched ? value : only(builder.node('BroadcastTo', [value], { shape: [builder.count, ...value.shape] }));

/** For kernels whose operands broadcast. */
const broadcasting: BatchingRule = (node, builder) => {
  const rank = only(node.outputs).shape.length;
  const inputs = node.operands.map((operand) => aligned(operand, rank, builder));
  return builder.node(node.op, inputs, attributesOf(node));
};

/** Bounds that differ become operands. */
const clip: BatchingRule = (node, builder) => {
  const bounds = (name: string) => node.attributes.map((attributes) => Number(attributes[name]));
  const [lows, highs] = [bounds('clipValueMin'), bounds('clipValueMax')];
  const differs = (list: readonly number[]) => list.some((bound) => bound !== list[0]);
  if (!differs(lows) && !differs(highs)) return broadcasting(node, builder);
  const shape = [builder.count, ...only(node.outputs).shape.map(() => 1)];
  const raised = builder.node('Maximum', [only(node.operands).value, builder.constant(shape, lows)]);
  return builder.node('Minimum', [only(raised), builder.constant(shape, highs)]);
};

/** onnxruntime adds several numbers at a time from where memory is aligned to so many: there the sum of every slice shall start. */
const alignment = 16;

const reduction: BatchingRule = (node, builder) => {
  const x = only(node.operands).value;
  const own = x.shape.slice(1);
  const { axis, keepDims } = attributesOf(node);
  const axes = reducedAxes(own, axis as number | number[] | null | undefined); // tfjs's type for reductions
  const isWhole = axes.length === own.length && sizeOf(own) % alignment > 0;
  if (isWhole && node.op === 'Sum') return wholeSum(node, x, builder);
  if (isWhole && node.op === 'Mean') {
    return builder.node('RealDiv', [only(wholeSum(node, x, builder)), builder.constant([], sizeOf(own))]);
  }
  if (node.op === 'Sum' && own.length === 2 && axes.join() === '0' && !keepDims) return sumOfRows(node, x, builder);
  return builder.node(node.op, [x], { axis: axes.map((index) => index + 1), keepDims });
};

const wholeSum: (node: BatchedNode, x: Value, builder: BatchBuilder) => readonly Value[] = (node, x, builder) => {
  const size = sizeOf(x.shape) / builder.count;
  const zeros = builder.constant([builder.count, alignment - (size % alignment)], 0);
  const row = builder.node('Concat', [builder.reshaped(x, [size]), zeros], { axis: 1 });
  return [builder.reshaped(only(builder.node('Sum', row, { axis: 1, keepDims: false })), only(node.outputs).shape)];
};

/** A product with a row of ones, as `kernels/reduction.ts` lowers it for one program. */
const sumOfRows: typeof wholeSum = (node, x, builder) => {
  const ones = builder.constant([1, x.shape[1] ?? 1], 1);
  const flags = { transposeA: false, transposeB: false };
  return [builder.reshaped(only(builder.node('BatchMatMul', [ones, x], flags)), only(node.outputs).shape)];
};

const alongAxis: BatchingRule = (node, builder) => {
  const attributes = attributesOf(node);
  const axis = Number(attributes.axis);
  const own = axis < 0 ? axis + only(node.outputs).shape.length : axis;
  const inputs = node.operands.map((operand) => spread(operand, builder));
  return builder.node(node.op, inputs, { ...attributes, axis: own + 1 });
};

const elementwise =
  'Abs Add Cast Elu Equal Exp Greater GreaterEqual LeakyRelu Less LessEqual Log Log1p LogicalAnd LogicalNot LogicalOr Maximum ' +
  'Minimum Multiply Neg NotEqual Pow RealDiv Reciprocal Relu Rsqrt Select Sigmoid Sign Softplus Sqrt SquaredDifference ' +
  'Step Sub Tanh';

const alike = (names: string, rule: BatchingRule) => Object.fromEntries(names.split(' ').map((name) => [name, rule]));

/** Of the kernels that programs of dense layers have. One without a rule cannot be stacked. */
export const batchingRules: Readonly<Record<string, BatchingRule>> = {
  ...alike(`${elementwise} BatchMatMul`, broadcasting),
  ...alike('Max Mean Min Prod Sum', reduction),
  ...alike('Concat SplitV', alongAxis),
  ClipByValue: clip,
  Reshape: ({ operands, outputs }, builder) => [builder.reshaped(only(operands).value, only(outputs).shape)],
  Transpose: (node, builder) => {
    const perm = attributesOf(node).perm as readonly number[]; // tfjs's type for Transpose
    return builder.node('Transpose', [only(node.operands).value], { perm: [0, ...perm.map((axis) => axis + 1)] });
  },
  BroadcastTo: ({ operands, outputs }, builder) => {
    const { shape } = only(outputs);
    const x = aligned(only(operands), shape.length, builder);
    return builder.node('BroadcastTo', [x], { shape: [builder.count, ...shape] });
  },
};
