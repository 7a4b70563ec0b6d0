/** Kernels that reduce axes to one number each. tfjs leaves the reduced axes out unless `keepDims` is set. */
import type { SoftmaxAttrs, SumAttrs } from '@tensorflow/tfjs';
import type { Shape, TensorType, Value } from '../graph.ts';
import { type Kernel, kernel } from './kernel.ts';

interface Reduction {
  /** tfjs passes one axis, several, or none for all. */
  readonly axis?: SumAttrs['axis'] | null;
  readonly keepDims?: boolean;
}

/** The reduced axes, none negative. */
export function reducedAxes(shape: Shape, axis: Reduction['axis']): readonly number[] {
  if (axis === undefined || axis === null) return shape.map((_, index) => index);
  return [axis].flat().map((index) => (index < 0 ? index + shape.length : index));
}

const reduction = (op: string, axesAsInput = false): Kernel =>
  kernel<'x', Reduction>(['x'], {
    type: ({ x }, { axis, keepDims }): TensorType => {
      const axes = reducedAxes(x.shape, axis);
      const kept = x.shape.map((size, index) => (axes.includes(index) ? 1 : size));
      return { shape: keepDims ? kept : kept.filter((_, index) => !axes.includes(index)), dtype: x.dtype };
    },
    emit: (onnx, { x }, { axis, keepDims }, output) => {
      const axes = reducedAxes(x.shape, axis);
      if (axes.length === 0) return onnx.op('Identity', [x], {}, output);
      const keepdims = keepDims ? 1 : 0;
      return axesAsInput
        ? onnx.op(op, [x, onnx.integers(axes)], { keepdims }, output)
        : onnx.op(op, [x], { axes, keepdims }, output);
    },
  });

const alongLastAxis = (op: string): Kernel =>
  kernel<'logits', SoftmaxAttrs>(['logits'], {
    type: ({ logits }) => logits,
    emit: (onnx, { logits }) => onnx.op(op, [logits], { axis: -1 }, logits as Value),
  });

export const reductions: Readonly<Record<string, Kernel>> = {
  // In opset 17 the axes of ReduceSum are an input, those of the others still an attribute.
  Sum: reduction('ReduceSum', true),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Softmax: alongLastAxis('Softmax'),
  LogSoftmax: alongLastAxis('LogSoftmax'),
};
