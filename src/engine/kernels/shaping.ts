/** Lowers kernels that move numbers without changing them. */
import type {
  BroadCastToAttrs,
  ConcatAttrs,
  ExpandDimsAttrs,
  FillAttrs,
  PackAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  SliceAttrs,
  SplitVAttrs,
  TileAttrs,
  TransposeAttrs,
  UnpackAttrs,
} from '@tensorflow/tfjs-core';
import { only } from '../../base/only.ts';
import { axisFromStart, broadcastShapes, permuted, type Shape, sizeOf, type Value } from '../graph/graph.ts';
import { type Frozen, kernel, variadicKernel } from './kernel.ts';

/** A shape with at most one −1, which stands for what is left over. */
function completeShape(shape: Shape, size: number): Shape {
  const known = shape.filter((dimension) => dimension !== -1).reduce((product, dimension) => product * dimension, 1);
  const complete = shape.map((dimension) => (dimension === -1 ? size / known : dimension));
  if (sizeOf(complete) !== size) throw new Error(`reshape: ${size} numbers do not fill shape [${shape}]`);
  return complete;
}

const without = (shape: Shape, axis: number): Shape => shape.filter((_, index) => index !== axis);
const insert = (shape: Shape, axis: number, size: number): Shape => [
  ...shape.slice(0, axis),
  size,
  ...shape.slice(axis),
];

/** Sizes of the pieces along the axis: their number where one is given. */
function pieceSizes({ numOrSizeSplits, axis }: Frozen<SplitVAttrs>, shape: Shape): readonly number[] {
  const size = shape[axisFromStart(axis, shape.length)] ?? 1;
  if (typeof numOrSizeSplits === 'number') return Array(numOrSizeSplits).fill(size / numOrSizeSplits);
  const known = numOrSizeSplits.filter((piece) => piece !== -1).reduce((total, piece) => total + piece, 0);
  return numOrSizeSplits.map((piece) => (piece === -1 ? size - known : piece));
}

export const shaping = {
  Reshape: kernel<'x', Frozen<ReshapeAttrs>>(['x'], {
    type: ({ x }, { shape }) => ({ shape: completeShape(shape, sizeOf(x.shape)), dtype: x.dtype }),
    emit: (onnx, { x }, _, output) => onnx.reshape(x, output.shape),
  }),
  ExpandDims: kernel<'input', Frozen<ExpandDimsAttrs>>(['input'], {
    type: ({ input }, { dim }) => ({
      shape: insert(input.shape, axisFromStart(dim, input.shape.length + 1), 1),
      dtype: input.dtype,
    }),
    emit: (onnx, { input }, _, output) => onnx.reshape(input, output.shape),
  }),
  Transpose: kernel<'x', Frozen<TransposeAttrs>>(['x'], {
    type: ({ x }, { perm }) => ({ shape: permuted(x.shape, perm), dtype: x.dtype }),
    emit: (onnx, { x }, { perm }) => onnx.transpose(x, perm),
  }),
  BroadcastTo: kernel<'x', Frozen<Pick<BroadCastToAttrs, 'shape'>>>(['x'], {
    type: ({ x }, { shape }) => ({ shape: broadcastShapes(x.shape, shape), dtype: x.dtype }),
    emit: (onnx, { x }, _, output) => onnx.op('Expand', [x, onnx.integers(output.shape)], {}, output),
  }),
  Tile: kernel<'x', Frozen<TileAttrs>>(['x'], {
    type: ({ x }, { reps }) => ({ shape: x.shape.map((size, axis) => size * (reps[axis] ?? 1)), dtype: x.dtype }),
    emit: (onnx, { x }, { reps }, output) => onnx.op('Tile', [x, onnx.integers(reps)], {}, output),
  }),
  Slice: kernel<'x', Frozen<SliceAttrs>>(['x'], {
    type: ({ x }, { begin, size }) => ({
      shape: x.shape.map((length, axis) => {
        const [start, wanted] = [[begin].flat()[axis] ?? 0, [size].flat()[axis] ?? -1];
        return wanted === -1 ? length - start : wanted;
      }),
      dtype: x.dtype,
    }),
    emit: (onnx, { x }, { begin }, output) => {
      const starts = x.shape.map((_, axis) => [begin].flat()[axis] ?? 0);
      const ends = starts.map((start, axis) => start + (output.shape[axis] ?? 0));
      const axes = starts.map((_, axis) => axis).filter((axis) => output.shape[axis] !== x.shape[axis]);
      const pick = (numbers: readonly number[]) => onnx.integers(axes.map((axis) => numbers[axis] ?? 0));
      if (axes.length === 0) return onnx.op('Identity', [x], {}, output);
      return onnx.op('Slice', [x, pick(starts), pick(ends), onnx.integers(axes)], {}, output);
    },
  }),
  PadV2: kernel<'x', Frozen<PadV2Attrs>>(['x'], {
    type: ({ x }, { paddings }) => ({
      shape: x.shape.map((size, axis) => size + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0)),
      dtype: x.dtype,
    }),
    emit: (onnx, { x }, { paddings, constantValue }, output) => {
      const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)];
      return onnx.op('Pad', [x, onnx.integers(pads), onnx.scalar(constantValue)], { mode: 'constant' }, output);
    },
  }),
  SplitV: kernel<'x', Frozen<SplitVAttrs>>(
    ['x'],
    {
      type: ({ x }, attributes) => {
        const axis = axisFromStart(attributes.axis, x.shape.length);
        return pieceSizes(attributes, x.shape).map((size) => ({
          shape: x.shape.map((length, index) => (index === axis ? size : length)),
          dtype: x.dtype,
        }));
      },
      emit: (onnx, { x }, attributes) => {
        const axis = axisFromStart(attributes.axis, x.shape.length);
        const sizes = pieceSizes(attributes, x.shape);
        const types = sizes.map((size) => ({
          shape: x.shape.map((length, index) => (index === axis ? size : length)),
          dtype: x.dtype,
        }));
        return onnx.ops('Split', [x, onnx.integers(sizes)], { axis }, types);
      },
    },
    true,
  ),
  Unpack: kernel<'value', Frozen<UnpackAttrs>>(
    ['value'],
    {
      type: ({ value }, { axis }) => {
        const at = axisFromStart(axis, value.shape.length);
        return Array.from({ length: value.shape[at] ?? 1 }, () => ({
          shape: without(value.shape, at),
          dtype: value.dtype,
        }));
      },
      emit: (onnx, { value }, { axis }) => {
        const at = axisFromStart(axis, value.shape.length);
        const shape = value.shape.map((length, index) => (index === at ? 1 : length));
        const pieces = Array.from({ length: value.shape[at] ?? 1 }, () => ({ shape, dtype: value.dtype }));
        const sizes = onnx.integers(pieces.map(() => 1));
        return onnx
          .ops('Split', [value, sizes], { axis: at }, pieces)
          .map((piece) => onnx.reshape(piece, without(value.shape, at)));
      },
    },
    true,
  ),
  Concat: variadicKernel<Frozen<ConcatAttrs>>({
    type: (inputs, { axis }) => {
      const first = only(inputs);
      const at = axisFromStart(axis, first.shape.length);
      const length = inputs.reduce((total, { shape }) => total + (shape[at] ?? 0), 0);
      return { shape: first.shape.map((size, index) => (index === at ? length : size)), dtype: first.dtype };
    },
    emit: (onnx, inputs, { axis }, output) =>
      onnx.op('Concat', inputs, { axis: axisFromStart(axis, output.shape.length) }, output),
  }),
  Pack: variadicKernel<Frozen<PackAttrs>>({
    type: (inputs, { axis }) => {
      const first = only(inputs);
      return {
        shape: insert(first.shape, axisFromStart(axis, first.shape.length + 1), inputs.length),
        dtype: first.dtype,
      };
    },
    emit: (onnx, inputs, { axis }, output) => {
      const at = axisFromStart(axis, output.shape.length);
      const slices = inputs.map((input: Value) => onnx.reshape(input, insert(input.shape, at, 1)));
      return onnx.op('Concat', slices, { axis: at }, output);
    },
  }),
  Fill: kernel<never, Frozen<FillAttrs>>([], {
    type: (_, { shape, dtype }) => ({ shape, dtype: dtype === 'int32' || dtype === 'bool' ? dtype : 'float32' }),
    emit: (onnx, _, { value }, output) => onnx.constant(output, Number(value)),
  }),
};
