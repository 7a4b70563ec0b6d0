/**
 * Lowers convolutions, their two gradients and batch normalisation, in either form that an `OnnxBuilder` asks for. tfjs is NHWC
 * with HWIO filters, ONNX's operators NCHW with OIHW: a rule that emits them transposes at its edges, and
 * `passes/cancel-transposes.ts` removes the transposes that meet their inverse.
 */

import type {
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  FusedBatchNormAttrs,
} from '@tensorflow/tfjs-core';
import { permuted, type Shape, type Value } from '../graph/graph.ts';
import {
  convolutionProduct,
  filterGradientProduct,
  inputAsProduct,
  inputGradientProduct,
} from './convolution-products.ts';
import { type Frozen, kernel } from './kernel.ts';
import type { OnnxBuilder } from './onnx-builder.ts';
import { type Geometry, geometryOf } from './windows.ts';

const toChannelsFirst = [0, 3, 1, 2] as const;
const toChannelsLast = [0, 2, 3, 1] as const;
/** HWIO → OIHW. */
const toOnnxFilter = [3, 2, 0, 1] as const;

/** Sizes of a convolution from x to y; throws where an option asks for what no rule here knows. */
function geometry(
  kernelName: string,
  x: Shape,
  filter: Shape,
  { strides, pad, dataFormat, dimRoundingMode }: Frozen<Omit<Conv2DAttrs, 'dilations'>>,
  dilations: Frozen<Conv2DAttrs>['dilations'] = 1,
): Geometry {
  const refuse = (option: string): never => {
    throw new Error(`kernel ${kernelName} cannot be compiled with ${option}: see src/engine/kernels/convolution.ts`);
  };
  if (dataFormat !== 'NHWC') refuse(`dataFormat ${dataFormat} (NHWC alone)`);
  if ([dilations].flat().some((dilation) => dilation !== 1)) refuse(`dilations [${[dilations].flat()}] (1 alone)`);
  return geometryOf(x, filter, strides, pad, dimRoundingMode);
}

const channelsFirst = (onnx: OnnxBuilder, x: Value): Value => onnx.transpose(x, toChannelsFirst);

/** dW[i, o] = Σ over examples and places of x · dy: a convolution whose batch is x's channels and whose strides are dilations. */
function filterGradient(onnx: OnnxBuilder, x: Value, dy: Value, { strides, pads, leftOver, filter }: Geometry): Value {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = filter;
  const [moreRows = 0, moreColumns = 0] = leftOver;
  const swapped = (value: Value) => onnx.transpose(value, [3, 0, 1, 2]);
  const whole = onnx.op(
    'Conv',
    [swapped(x), swapped(dy)],
    { dilations: strides, pads },
    { shape: [inputs, outputs, height + moreRows, width + moreColumns], dtype: 'float32' },
  );
  const type = { shape: [inputs, outputs, height, width], dtype: 'float32' } as const;
  // Rows of x that no window reaches would count as further places of the filter.
  const cut =
    moreRows + moreColumns === 0
      ? whole
      : onnx.op(
          'Slice',
          [whole, onnx.integers([0, 0]), onnx.integers([height, width]), onnx.integers([2, 3])],
          {},
          type,
        );
  return onnx.transpose(cut, [2, 3, 0, 1]);
}

export const convolution = {
  Conv2D: kernel<'x' | 'filter', Frozen<Conv2DAttrs>>(['x', 'filter'], {
    type: ({ x, filter }, attributes) => ({
      shape: geometry('Conv2D', x.shape, filter.shape, attributes, attributes.dilations).y,
      dtype: 'float32',
    }),
    emit: (onnx, { x, filter }, attributes) => {
      const sizes = geometry('Conv2D', x.shape, filter.shape, attributes, attributes.dilations);
      if (onnx.convolutions === 'products') return convolutionProduct(onnx, x, filter, sizes);
      const { y, strides, pads } = sizes;
      const operands = [channelsFirst(onnx, x), onnx.transpose(filter, toOnnxFilter)];
      const type = { shape: permuted(y, toChannelsFirst), dtype: 'float32' } as const;
      return onnx.transpose(onnx.op('Conv', operands, { strides, pads }, type), toChannelsLast);
    },
  }),
  /** The gradient with respect to x; `tf.conv2dTranspose` is this kernel too. */
  Conv2DBackpropInput: kernel<'dy' | 'filter', Frozen<Conv2DBackpropInputAttrs>>(['dy', 'filter'], {
    type: (_, { inputShape }) => ({ shape: inputShape, dtype: 'float32' }),
    emit: (onnx, { dy, filter }, attributes) => {
      const sizes = geometry('Conv2DBackpropInput', attributes.inputShape, filter.shape, attributes);
      if (onnx.convolutions === 'products' && inputAsProduct(sizes)) {
        return inputGradientProduct(onnx, dy, filter, sizes);
      }
      const { x, strides, pads, leftOver } = sizes;
      const operands = [channelsFirst(onnx, dy), onnx.transpose(filter, toOnnxFilter)];
      const type = { shape: permuted(x, toChannelsFirst), dtype: 'float32' } as const;
      const dx = onnx.op('ConvTranspose', operands, { strides, pads, output_padding: leftOver }, type);
      return onnx.transpose(dx, toChannelsLast);
    },
  }),
  Conv2DBackpropFilter: kernel<'x' | 'dy', Frozen<Conv2DBackpropFilterAttrs>>(['x', 'dy'], {
    type: (_, { filterShape }) => ({ shape: filterShape, dtype: 'float32' }),
    emit: (onnx, { x, dy }, attributes) => {
      const sizes = geometry('Conv2DBackpropFilter', x.shape, attributes.filterShape, attributes);
      return onnx.convolutions === 'products'
        ? filterGradientProduct(onnx, x, dy, sizes)
        : filterGradient(onnx, x, dy, sizes);
    },
  }),
  /** scale · (x − mean) / √(variance + ε) + offset; the four are `[channels]` or of x's shape. */
  FusedBatchNorm: kernel<'x' | 'mean' | 'variance' | 'scale' | 'offset', Frozen<FusedBatchNormAttrs>>(
    ['x', 'mean', 'variance', 'scale', 'offset'],
    {
      type: ({ x }) => x,
      emit: (onnx, { x, mean, variance, scale, offset }, { varianceEpsilon }) => {
        const shifted = onnx.op('Add', [variance, onnx.scalar(varianceEpsilon)], {}, variance);
        const factor = onnx.op('Div', [scale, onnx.op('Sqrt', [shifted], {}, shifted)], {}, variance);
        const centred = onnx.op('Sub', [x, mean], {}, x);
        return onnx.op('Add', [onnx.op('Mul', [centred, factor], {}, x), offset], {}, x);
      },
    },
  ),
};
