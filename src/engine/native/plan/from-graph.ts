/** From an optimised program of tfjs kernels to tensors. What has no rule here is refused by its name. */
import { type Node, type Shape, sizeOf, type Value } from '../../graph/graph.ts';
import { reducedAxes } from '../../kernels/reduction.ts';
import type { KernelGraph, KernelOps } from '../../kernels/registry.ts';
import { convolution, isConvolution, padsOf } from './from-convolution.ts';
import { functions } from './functions.ts';
import { type Padded, padded } from './padded.ts';
import type { Fold } from './program.ts';
import { refuse } from './refuse.ts';
import { rowMajor, type Tensor, TensorMaker } from './tensors.ts';
import { isWalkable } from './walkable.ts';

export interface Tensors {
  /** Has them in an order in which every tensor comes after what it depends on. */
  readonly make: TensorMaker;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly outputs: ReadonlyMap<string, Tensor>;
}

/** Outputs have memory of their own, in row-major order; but state that a step leaves as it is. */
export function tensorsOf(graph: KernelGraph): Tensors {
  const make = new TensorMaker();
  const tensors = new Map<Value, Tensor>();
  const use = (value: Value): Tensor => {
    const tensor = tensors.get(value);
    if (!tensor) throw new Error(`internal: %${value.id} is used before it is defined`);
    return tensor;
  };
  const pads = padsOf(graph.nodes);
  const withPads = new Map<Value, Padded>();
  const define = (value: Value, tensor: Tensor) => {
    const needed = pads.get(value);
    const around = needed && padded(tensor, needed, make);
    if (around) withPads.set(value, around);
    tensors.set(value, around?.inside ?? tensor);
  };
  const inputs = new Map<string, Tensor>();
  for (const [name, value] of graph.inputs) {
    const tensor = make.make(value.shape, { kind: 'input', name });
    inputs.set(name, tensor);
    define(value, tensor);
  }
  for (const [value, numbers] of graph.constants) {
    define(value, make.make(value.shape, { kind: 'constant', numbers }));
  }
  /** ReLUs by what they are taken of. */
  const rectified = new Map<Value, Value>();
  for (const node of graph.nodes) {
    if (node.outputs.some(({ dtype }) => dtype === 'int32')) refuse(`${node.op} of integers`);
    const [first, second] = node.inputs;
    if (isConvolution(node) && first && second) {
      const around = withPads.get(first) ?? { whole: use(first), pads: [0, 0, 0, 0] };
      for (const output of node.outputs) define(output, convolution(node, around, use(second), make));
      continue;
    }
    if ((node.op === 'Relu' || node.op === 'LeakyRelu') && first && node.outputs[0]) {
      rectified.set(first, node.outputs[0]);
    }
    // The activation has the sign of what it was taken of: then only one of the two need be kept.
    const sign = node.op === 'Step' && first ? rectified.get(first) : undefined;
    const results = translate(node, (sign ? [sign] : node.inputs).map(use), make);
    node.outputs.forEach((output, at) => {
      const tensor = results[at];
      if (!tensor || sizeOf(tensor.shape) !== sizeOf(output.shape))
        throw new Error(`internal: ${node.op} is planned wrong`);
      define(output, tensor);
    });
  }
  const owned = ['product', 'convolution', 'apply', 'reduce', 'pad', 'interleave'];
  const outputs = new Map(
    [...graph.outputs].map(([name, value]) => {
      const tensor = use(value);
      const isKept = inputs.get(name) === tensor;
      return [name, isKept || owned.includes(tensor.definition.kind) ? tensor : make.copy(tensor)];
    }),
  );
  return { make, inputs, outputs };
}

function translate(node: Node<KernelOps>, inputs: readonly Tensor[], make: TensorMaker): readonly Tensor[] {
  const { op, outputs } = node;
  const [x, y] = inputs;
  const shape = outputs[0]?.shape ?? [];
  if (!x) return refuse(op);
  switch (node.op) {
    case 'Reshape':
    case 'ExpandDims':
      return [make.view(x, shape, { kind: 'reshape' })];
    case 'Transpose':
      return [make.view(x, shape, { kind: 'transpose', axes: node.attributes.perm })];
    case 'BroadcastTo':
      return [make.view(x, shape, { kind: 'broadcast' })];
    case 'Tile':
      // Tiling an axis of size 1 repeats it; of larger ones, blocks of rows: one after another.
      return [tiled(x, node.attributes.reps, shape, make)];
    case 'Slice': {
      const begin = [node.attributes.begin].flat();
      return [make.view(x, shape, { kind: 'slice', starts: x.shape.map((_, axis) => begin[axis] ?? 0) })];
    }
    case 'SplitV':
    case 'Unpack': {
      const axis = fromEnd(node.attributes.axis, x.shape.length);
      return split(x, axis, outputs, make);
    }
    case 'Concat':
      return [make.make(shape, { kind: 'concat', parts: inputs, axis: fromEnd(node.attributes.axis, shape.length) })];
    case 'Pack': {
      const axis = fromEnd(node.attributes.axis, shape.length);
      const one = shape.map((size, at) => (at === axis ? 1 : size));
      const parts = inputs.map((input) => make.view(input, one, { kind: 'reshape' }));
      return [make.make(shape, { kind: 'concat', parts, axis })];
    }
    case 'BatchMatMul':
      return y ? [product(x, y, node.attributes, shape, make)] : refuse(op);
    case 'Sum':
    case 'Mean':
    case 'Max':
    case 'Min':
      return [reduction(node.op, x, node.attributes, shape, make)];
    case 'Multiply':
      return [y ? multiply(x, y, shape, make) : refuse(op)];
    case 'RealDiv':
      return [y ? divide(x, y, shape, make) : refuse(op)];
    case 'Pow':
      return [y ? power(x, y, shape, make) : refuse(op)];
    case 'PadV2': {
      const before = node.attributes.paddings.map(([first = 0]) => first);
      return [make.make(shape, { kind: 'pad', of: x, before, value: node.attributes.constantValue })];
    }
    case 'FusedBatchNorm':
      return [normalised(inputs, node.attributes.varianceEpsilon, shape, make)];
    case 'Softmax':
      return [softmax(x, shape, make)];
    case 'Cast':
      return [make.apply(op, inputs, shape, { dtype: outputs[0]?.dtype })];
    default:
      return Object.hasOwn(functions, op) ? [make.apply(op, inputs, shape, node.attributes)] : refuse(op);
  }
}

const fromEnd = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** By a power that is the same for all. */
function power(x: Tensor, y: Tensor, shape: Shape, make: TensorMaker): Tensor {
  const numbers = y.definition.kind === 'constant' ? y.definition.numbers : [];
  const exponent = typeof numbers === 'number' ? numbers : numbers.length === 1 ? numbers[0] : undefined;
  if (exponent === undefined || !Number.isInteger(2 * exponent)) return refuse('Pow by what is no number of halves');
  return make.apply('PowBy', [x], shape, { exponent });
}

/** scale · (x − mean) / √(variance + ε) + offset. */
function normalised(
  [x, mean, variance, scale, offset]: readonly Tensor[],
  epsilon: number,
  shape: Shape,
  make: TensorMaker,
): Tensor {
  if (!x || !mean || !variance || !scale || !offset) return refuse('FusedBatchNorm without all of its operands');
  const small = make.make([], { kind: 'constant', numbers: epsilon });
  const root = make.apply('Sqrt', [make.apply('Add', [variance, small], variance.shape)], variance.shape);
  const factor = make.apply('RealDiv', [scale, root], variance.shape);
  const centred = make.apply('Sub', [x, mean], shape);
  return make.apply('Add', [make.apply('Multiply', [centred, factor], shape), offset], shape);
}

/** Over the last axis. */
function softmax(x: Tensor, shape: Shape, make: TensorMaker): Tensor {
  const axis = [shape.length - 1];
  const rows = [...shape.slice(0, -1), 1];
  const largest = reduction('Max', x, { axis }, rows, make);
  const powers = make.apply('Exp', [make.apply('Sub', [x, largest], shape)], shape);
  return make.apply('RealDiv', [powers, reduction('Sum', powers, { axis }, rows, make)], shape);
}

/** A product with a step function is a gate: what the operand of the step lets through. */
function multiply(x: Tensor, y: Tensor, shape: Shape, make: TensorMaker): Tensor {
  for (const [factor, gate] of [
    [x, y],
    [y, x],
  ] as const) {
    const { definition } = gate;
    if (definition.kind !== 'apply' || definition.name !== 'Step' || Number(definition.attributes.alpha ?? 0) !== 0)
      continue;
    return make.apply('Gate', [factor, ...definition.operands], shape);
  }
  return make.apply('Multiply', [x, y], shape);
}

/** Many numbers divided by one are multiplied with its reciprocal: a division takes the machine several times as long. */
function divide(x: Tensor, y: Tensor, shape: Shape, make: TensorMaker): Tensor {
  if (sizeOf(y.shape) > 1 || sizeOf(shape) === 1) return make.apply('RealDiv', [x, y], shape);
  return make.apply('Multiply', [x, make.apply('Reciprocal', [y], y.shape)], shape);
}

function split(x: Tensor, axis: number, outputs: readonly Value[], make: TensorMaker): readonly Tensor[] {
  let first = 0;
  const each = x.shape[axis] ?? 1;
  return outputs.map(({ shape }) => {
    const size = shape.length === x.shape.length ? (shape[axis] ?? 1) : each / outputs.length;
    const piece = x.shape.map((length, at) => (at === axis ? size : length));
    const starts = x.shape.map((_, at) => (at === axis ? first : 0));
    first += size;
    const sliced = make.view(x, piece, { kind: 'slice', starts });
    return piece.length === shape.length ? sliced : make.view(sliced, shape, { kind: 'reshape' });
  });
}

function tiled(x: Tensor, repeats: readonly number[], shape: Shape, make: TensorMaker): Tensor {
  // Along an axis of its own before each that is repeated, then both as one.
  const before = x.shape.flatMap((size) => [1, size]);
  const after = x.shape.flatMap((size, axis) => [repeats[axis] ?? 1, size]);
  const apart = make.view(x, before, { kind: 'reshape' });
  const spread = make.view(apart, after, { kind: 'broadcast' });
  const plain = x.shape.every((size, axis) => size === 1 || repeats[axis] === 1);
  return make.view(plain ? spread : make.copy(spread), shape, { kind: 'reshape' });
}

function product(
  x: Tensor,
  y: Tensor,
  { transposeA, transposeB }: KernelOps['BatchMatMul'],
  shape: Shape,
  make: TensorMaker,
): Tensor {
  const matrix = (tensor: Tensor): Tensor => {
    const [rows = 1, columns = 1] = tensor.shape.slice(-2);
    if (sizeOf(tensor.shape) !== rows * columns) return refuse('a product of several matrices at once');
    return make.view(tensor, [rows, columns], { kind: 'reshape' });
  };
  const turned = (tensor: Tensor, turn: boolean): Tensor =>
    turn ? make.view(tensor, tensor.shape.toReversed(), { kind: 'transpose', axes: [1, 0] }) : tensor;
  const a = turned(matrix(x), transposeA === true);
  const b = make.inOrder(turned(matrix(y), transposeB === true));
  const result = make.make([a.shape[0] ?? 1, b.shape[1] ?? 1], { kind: 'product', a, b });
  return shape.length === 2 ? result : make.view(result, shape, { kind: 'reshape' });
}

const folds: Readonly<Record<'Sum' | 'Mean' | 'Max' | 'Min', Fold>> = {
  Sum: 'sum',
  Mean: 'sum',
  Max: 'max',
  Min: 'min',
};

function reduction(
  op: keyof typeof folds,
  x: Tensor,
  { axis }: KernelOps['Sum'],
  shape: Shape,
  make: TensorMaker,
): Tensor {
  const axes = reducedAxes(x.shape, axis);
  const real = x.shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
  const reduced = real.filter((axis) => axes.includes(axis));
  if (reduced.length === 0) return make.view(make.copy(x), shape, { kind: 'reshape' });
  const over =
    reduced.length === real.length
      ? 'all'
      : reduced.every((axis, at) => axis === real[at])
        ? 'rows'
        : reduced.every((axis, at) => axis === real[real.length - reduced.length + at])
          ? 'columns'
          : refuse(`${op} over axes [${axes}] of [${x.shape}]`);
  const count = reduced.reduce((total, axis) => total * (x.shape[axis] ?? 1), 1);
  const kept = sizeOf(x.shape) / count;
  const split = over === 'rows' ? (reduced.at(-1) ?? 0) + 1 : (reduced[0] ?? 0);
  // What is computed where it is reduced is looked at when it is known what that reads.
  const isComputed = x.definition.kind === 'apply';
  const of = isComputed || isWalkable(x.shape, over, split, [make.layout(x).strides]) ? x : make.copy(x);
  const size = over === 'all' ? [] : [kept];
  const total = make.make(size, { kind: 'reduce', fold: folds[op], of, over, split });
  const divisor = () => make.make([], { kind: 'constant', numbers: count });
  const result = op === 'Mean' ? make.apply('RealDiv', [total, divisor()], size) : total;
  return rowMajor(shape).join() === rowMajor(size).join() && shape.join() === size.join()
    ? result
    : make.view(result, shape, { kind: 'reshape' });
}
