/**
 * Lists the batching rules: how a kernel is computed whose operands have a leading axis, a slice for each program. On the CPU
 * the numbers of a slice depend neither on how many slices there are nor on its position; the one exception that was found
 * is the last bit of a softplus in batches that are no multiple of 4.
 */
import { only } from '../../base/only.ts';
import { axisFromStart, type Shape, sizeOf, type TensorType, type Value } from '../graph/graph.ts';
import { reducedAxes } from '../kernels/reduction.ts';
import type { KernelName, KernelOps } from '../kernels/registry.ts';

/** A value of the vmapped program. */
export interface Operand {
  readonly value: Value;
  /** Whether it has the leading axis; one without is the same in all programs. */
  readonly batched: boolean;
}

/** A node, at least one of whose operands is batched, or whose attributes differ. */
export interface BatchedNode<K extends KernelName> {
  readonly op: K;
  readonly operands: readonly Operand[];
  /** Those of every program; they differ only where `structure.ts` lets them. */
  readonly attributes: readonly KernelOps[K][];
  /** As each program by itself has them, without the leading axis. */
  readonly outputs: readonly TensorType[];
}

/** Builds the vmapped program. */
export interface BatchBuilder {
  /** How many programs there are. */
  readonly count: number;
  /** A kernel of the vmapped program; its types are those that its rule infers. */
  node<K extends KernelName>(op: K, inputs: readonly Value[], attributes: KernelOps[K]): readonly Value[];
  constant(shape: Shape, numbers: number | readonly number[]): Value;
  /** A batched value as `[count, …shape]`. */
  reshaped(value: Value, shape: Shape): Value;
}

/** Returns the outputs, all of them batched. */
export type BatchingRule<K extends KernelName> = (node: BatchedNode<K>, builder: BatchBuilder) => readonly Value[];

/** A kernel that has no rule: why trials whose programs have it train each by itself. */
export interface Unbatchable {
  readonly reason: string;
}

/** Ones behind the leading axis, so that shapes meet from the right as they do in each program. */
const aligned = ({ value, batched }: Operand, rank: number, builder: BatchBuilder): Value => {
  if (!batched) return value;
  const own = value.shape.slice(1);
  return builder.reshaped(value, [...Array<number>(rank - own.length).fill(1), ...own]);
};

/** With the leading axis in any case. */
const spread = ({ value, batched }: Operand, builder: BatchBuilder): Value =>
  batched ? value : only(builder.node('BroadcastTo', [value], { shape: [builder.count, ...value.shape] }));

/** For kernels whose operands broadcast, and those with one operand that are the same for every number of it. */
const broadcasting = <K extends KernelName>(node: BatchedNode<K>, builder: BatchBuilder): readonly Value[] => {
  const rank = only(node.outputs).shape.length;
  const inputs = node.operands.map((operand) => aligned(operand, rank, builder));
  return builder.node(node.op, inputs, only(node.attributes));
};

/** For kernels whose first operand has the output's shape already, and whose others broadcast to it. */
const broadcastingToFirst = <K extends KernelName>(
  { operands: [x, ...others], ...node }: BatchedNode<K>,
  builder: BatchBuilder,
): readonly Value[] => {
  if (x === undefined) throw new Error(`internal: ${node.op} without an operand`);
  return broadcasting({ ...node, operands: [{ value: spread(x, builder), batched: true }, ...others] }, builder);
};

/** Bounds that differ become operands. */
const clip: BatchingRule<'ClipByValue'> = (node, builder) => {
  const [lows, highs] = [
    node.attributes.map(({ clipValueMin }) => clipValueMin),
    node.attributes.map(({ clipValueMax }) => clipValueMax),
  ];
  const differs = (list: readonly number[]) => list.some((bound) => bound !== list[0]);
  if (!differs(lows) && !differs(highs)) return broadcasting(node, builder);
  const shape = [builder.count, ...only(node.outputs).shape.map(() => 1)];
  const raised = builder.node('Maximum', [only(node.operands).value, builder.constant(shape, lows)], {});
  return builder.node('Minimum', [only(raised), builder.constant(shape, highs)], {});
};

/** onnxruntime adds several numbers at a time from where memory is aligned to so many: there the sum of every slice shall start. */
const alignment = 16;

type Reduction = 'Max' | 'Mean' | 'Min' | 'Prod' | 'Sum';

const reduction: BatchingRule<Reduction> = (node, builder) => {
  const x = only(node.operands).value;
  const own = x.shape.slice(1);
  const { axis, keepDims = false } = only(node.attributes);
  const axes = reducedAxes(own, axis);
  const isWhole = axes.length === own.length && sizeOf(own) % alignment > 0;
  if (isWhole && node.op === 'Sum') return wholeSum(node, x, builder);
  if (isWhole && node.op === 'Mean') {
    return builder.node('RealDiv', [only(wholeSum(node, x, builder)), builder.constant([], sizeOf(own))], {});
  }
  if (node.op === 'Sum' && own.length === 2 && axes.join() === '0' && !keepDims) return sumOfRows(node, x, builder);
  return builder.node(node.op, [x], { axis: axes.map((index) => index + 1), keepDims });
};

type SumOf = (node: BatchedNode<Reduction>, x: Value, builder: BatchBuilder) => readonly Value[];

const wholeSum: SumOf = (node, x, builder) => {
  const size = sizeOf(x.shape) / builder.count;
  const zeros = builder.constant([builder.count, alignment - (size % alignment)], 0);
  const row = builder.node('Concat', [builder.reshaped(x, [size]), zeros], { axis: 1 });
  return [builder.reshaped(only(builder.node('Sum', row, { axis: 1, keepDims: false })), only(node.outputs).shape)];
};

/** A product with a row of ones, as `kernels/reduction.ts` lowers it for one program. */
const sumOfRows: SumOf = (node, x, builder) => {
  const ones = builder.constant([1, x.shape[1] ?? 1], 1);
  const flags = { transposeA: false, transposeB: false };
  return [builder.reshaped(only(builder.node('BatchMatMul', [ones, x], flags)), only(node.outputs).shape)];
};

/** @param rank of what the axis is an axis of; it may count from the end. */
const behind = (axis: number, rank: number): number => axisFromStart(axis, rank) + 1;

/** For kernels that work along an axis of their outputs. */
const alongAxis: BatchingRule<'Concat' | 'SplitV' | 'Pack'> = ({ op, operands, attributes, outputs }, builder) => {
  const own = only(attributes);
  const inputs = operands.map((operand) => spread(operand, builder));
  return builder.node(op, inputs, { ...own, axis: behind(own.axis, only(outputs).shape.length) });
};

const reshape: BatchingRule<'Reshape' | 'ExpandDims'> = ({ operands, outputs }, builder) => [
  builder.reshaped(only(operands).value, only(outputs).shape),
];

const convolution: Unbatchable = { reason: 'convolutions fill a device by themselves' };

export const batchingRules: { readonly [K in KernelName]: BatchingRule<K> | Unbatchable } = {
  Abs: broadcasting,
  Add: broadcasting,
  AddN: (node, builder) =>
    builder.node(
      'AddN',
      node.operands.map((operand) => spread(operand, builder)),
      {},
    ),
  BatchMatMul: broadcasting,
  BroadcastTo: ({ operands, outputs }, builder) => {
    const { shape } = only(outputs);
    const x = aligned(only(operands), shape.length, builder);
    return builder.node('BroadcastTo', [x], { shape: [builder.count, ...shape] });
  },
  Cast: broadcasting,
  ClipByValue: clip,
  Concat: alongAxis,
  Conv2D: convolution,
  Conv2DBackpropFilter: convolution,
  Conv2DBackpropInput: convolution,
  Elu: broadcasting,
  Equal: broadcasting,
  Exp: broadcasting,
  ExpandDims: reshape,
  /** It has no operand: programs differ in its number. */
  Fill: ({ attributes, outputs }, builder) => {
    const { shape, dtype } = only(outputs);
    const numbers = attributes.map(({ value }) => Number(value));
    const column = builder.constant([builder.count, ...shape.map(() => 1)], numbers);
    const filled = builder.node('BroadcastTo', [column], { shape: [builder.count, ...shape] });
    return dtype === 'int32' || dtype === 'bool' ? builder.node('Cast', filled, { dtype }) : filled;
  },
  FusedBatchNorm: broadcastingToFirst,
  Greater: broadcasting,
  GreaterEqual: broadcasting,
  Identity: broadcasting,
  LeakyRelu: broadcasting,
  Less: broadcasting,
  LessEqual: broadcasting,
  Log: broadcasting,
  Log1p: broadcasting,
  LogicalAnd: broadcasting,
  LogicalNot: broadcasting,
  LogicalOr: broadcasting,
  Max: reduction,
  Maximum: broadcasting,
  Mean: reduction,
  Min: reduction,
  Minimum: broadcasting,
  Multiply: broadcasting,
  Neg: broadcasting,
  NotEqual: broadcasting,
  OnesLike: broadcasting,
  Pack: alongAxis,
  PadV2: ({ operands, attributes }, builder) => {
    const { paddings, constantValue } = only(attributes);
    return builder.node('PadV2', [only(operands).value], { paddings: [[0, 0], ...paddings], constantValue });
  },
  Pow: broadcasting,
  Prelu: broadcastingToFirst,
  Prod: reduction,
  RealDiv: broadcasting,
  Reciprocal: broadcasting,
  Relu: broadcasting,
  Reshape: reshape,
  Rsqrt: broadcasting,
  Select: broadcasting,
  Sigmoid: broadcasting,
  Sign: broadcasting,
  Slice: ({ operands, attributes }, builder) => {
    const x = only(operands).value;
    const { begin, size } = only(attributes);
    const ofEvery = (given: number | readonly number[], otherwise: number) =>
      x.shape.slice(1).map((_, axis) => [given].flat()[axis] ?? otherwise);
    return builder.node('Slice', [x], { begin: [0, ...ofEvery(begin, 0)], size: [-1, ...ofEvery(size, -1)] });
  },
  Softmax: ({ operands, attributes }, builder) => {
    const x = only(operands).value;
    return builder.node('Softmax', [x], { dim: behind(only(attributes).dim, x.shape.length - 1) });
  },
  Softplus: broadcasting,
  SplitV: alongAxis,
  Sqrt: broadcasting,
  Square: broadcasting,
  SquaredDifference: broadcasting,
  Step: broadcasting,
  Sub: broadcasting,
  Sum: reduction,
  Tanh: broadcasting,
  Tile: ({ operands, attributes }, builder) =>
    builder.node('Tile', [only(operands).value], { reps: [1, ...only(attributes).reps] }),
  Transpose: ({ operands, attributes }, builder) =>
    builder.node('Transpose', [only(operands).value], {
      perm: [0, ...only(attributes).perm.map((axis) => axis + 1)],
    }),
  Unpack: ({ operands, attributes }, builder) => {
    const x = only(operands).value;
    const own = only(attributes);
    return builder.node('Unpack', [x], { ...own, axis: behind(own.axis, x.shape.length - 1) });
  },
  ZerosLike: broadcasting,
};
