/** Lowers kernels that reduce axes to one number each. tfjs leaves the reduced axes out unless `keepDims` is set. */
import type { SoftmaxAttrs, SumAttrs } from '@tensorflow/tfjs-core';
import { axisFromStart, type Shape, type TensorType } from '../graph/graph.ts';
import { type Frozen, type Kernel, type KernelRule, kernel } from './kernel.ts';

type Reduction = {
  /** tfjs passes one axis, several, or none for all. */
  readonly axis?: Frozen<SumAttrs>['axis'] | null;
  readonly keepDims?: boolean;
};

type ReduceOp = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

/** The reduced axes, none negative. */
export function reducedAxes(shape: Shape, axis: Reduction['axis']): readonly number[] {
  if (axis === undefined || axis === null) return shape.map((_, index) => index);
  return [axis].flat().map((index) => axisFromStart(index, shape.length));
}

type Emit = KernelRule<'x', Reduction>['emit'];

/**
 * In opset 17 the axes of ReduceSum are an input. A sum over the rows of a matrix, the gradient of every bias, is a product
 * with a row of ones: several times faster than onnxruntime's strided reduction.
 */
const sum: Emit = (onnx, { x }, { axis, keepDims }, output) => {
  const axes = reducedAxes(x.shape, axis);
  const [rows, ...more] = x.shape;
  if (
    x.dtype === 'float32' &&
    rows !== undefined &&
    more.length === 1 &&
    axes.length === 1 &&
    axes[0] === 0 &&
    !keepDims
  ) {
    return onnx.op('MatMul', [onnx.constant({ shape: [rows], dtype: 'float32' }, 1), x], {}, output);
  }
  return onnx.op('ReduceSum', [x, onnx.integers(axes)], { keepdims: keepDims ? 1 : 0 }, output);
};

const reduction = (op: ReduceOp, emit?: Emit): Kernel<Reduction> =>
  kernel<'x', Reduction>(['x'], {
    type: ({ x }, { axis, keepDims }): TensorType => {
      const axes = reducedAxes(x.shape, axis);
      const kept = x.shape.map((size, index) => (axes.includes(index) ? 1 : size));
      return { shape: keepDims ? kept : kept.filter((_, index) => !axes.includes(index)), dtype: x.dtype };
    },
    emit: (onnx, inputs, attributes, output) => {
      const { x } = inputs;
      const axes = reducedAxes(x.shape, attributes.axis);
      if (axes.length === 0) return onnx.op('Identity', [x], {}, output);
      if (emit) return emit(onnx, inputs, attributes, output);
      return onnx.op(op, [x], { axes, keepdims: attributes.keepDims ? 1 : 0 }, output);
    },
  });

export const reductions = {
  Sum: reduction('ReduceSum', sum),
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Softmax: kernel<'logits', Frozen<SoftmaxAttrs>>(['logits'], {
    type: ({ logits }) => logits,
    // tfjs moves the axis to the end before it.
    emit: (onnx, { logits }) => onnx.op('Softmax', [logits], { axis: -1 }, logits),
  }),
};
