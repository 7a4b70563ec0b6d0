import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { broadcastArb, type KernelCase, onOne, onTwo, shapeArb } from './kernel-case.ts';

const positive = [0.3, 3] as const;
const flat = 'constant almost everywhere';
const saved = 'tfjs computes it with a kernel of its own that has no rule here; the toy networks do not use it';

/** A float32 tensor of 0 and 1 from a comparison. */
const float = (x: tf.Tensor) => tf.cast(x, 'float32');
const compare = (kernel: string, run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): KernelCase => ({
  kernel,
  // Rounding makes ties.
  example: onTwo((a, b) => float(run(ties(a), ties(b)))),
  noGradient: flat,
});
/** −1, 0 or 1, by kernels that have cases of their own. */
const ties = (x: tf.Tensor) => tf.sub(tf.step(tf.sub(x, 0.7)), tf.step(tf.sub(-0.7, x)));
const above = (x: tf.Tensor) => tf.greater(x, 0);

/** tfjs's gradients of these do not sum over broadcast axes. */
const onAlike = (run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  shapeArb().map((shape) => ({ shapes: [shape, shape], run }));

export const elementwiseCases: readonly KernelCase[] = [
  { kernel: 'Abs', example: onOne(tf.abs) },
  { kernel: 'Exp', example: onOne(tf.exp) },
  { kernel: 'Log', example: onOne(tf.log), range: positive },
  { kernel: 'Log1p', example: onOne(tf.log1p), range: positive },
  { kernel: 'Neg', example: onOne(tf.neg) },
  { kernel: 'Reciprocal', example: onOne(tf.reciprocal), range: positive },
  { kernel: 'Relu', example: onOne(tf.relu) },
  { kernel: 'Sigmoid', example: onOne(tf.sigmoid) },
  { kernel: 'Sign', example: onOne(tf.sign), noGradient: flat },
  { kernel: 'Softplus', example: onOne(tf.softplus), range: [-20, 20] },
  { kernel: 'Sqrt', example: onOne(tf.sqrt), range: positive },
  { kernel: 'Rsqrt', example: onOne(tf.rsqrt), range: positive },
  { kernel: 'Square', example: onOne(tf.square) },
  { kernel: 'Tanh', example: onOne(tf.tanh) },
  { kernel: 'Identity', example: onOne((x) => tf.clone(x)) },
  { kernel: 'ZerosLike', example: onOne(tf.zerosLike), noGradient: flat },
  { kernel: 'OnesLike', example: onOne(tf.onesLike), noGradient: flat },
  {
    kernel: 'Step',
    example: fc
      .tuple(shapeArb(), fc.constantFrom(0, 0.2, 0.5))
      .map(([shape, alpha]) => ({ shapes: [shape], run: (x) => tf.mul(x, tf.step(x, alpha)) })),
  },
  { kernel: 'Elu', example: onOne(tf.elu), noGradient: saved },
  {
    kernel: 'LeakyRelu',
    example: fc
      .tuple(shapeArb(), fc.constantFrom(0.01, 0.2))
      .map(([shape, alpha]) => ({ shapes: [shape], run: (x) => tf.leakyRelu(x, alpha) })),
  },
  {
    kernel: 'ClipByValue',
    example: fc
      .tuple(shapeArb(), fc.constantFrom(0.2718, 1.0472))
      .map(([shape, bound]) => ({ shapes: [shape], run: (x) => tf.clipByValue(x, -bound, bound + 0.1) })),
  },
  { kernel: 'Cast', example: onOne((x) => float(tf.cast(x, 'int32'))), noGradient: flat },
  { kernel: 'LogicalNot', example: onOne((x) => float(tf.logicalNot(above(x)))), noGradient: flat },
  { kernel: 'Add', example: onTwo(tf.add) },
  { kernel: 'Sub', example: onTwo(tf.sub) },
  { kernel: 'Multiply', example: onTwo(tf.mul) },
  { kernel: 'RealDiv', example: onTwo(tf.div), range: positive },
  { kernel: 'Maximum', example: onTwo(tf.maximum), smooth: onAlike(tf.maximum) },
  { kernel: 'Minimum', example: onTwo(tf.minimum), smooth: onAlike(tf.minimum) },
  { kernel: 'Pow', example: onTwo(tf.pow), range: positive },
  { kernel: 'SquaredDifference', example: onTwo(tf.squaredDifference), smooth: onAlike(tf.squaredDifference) },
  { kernel: 'LogicalAnd', example: onTwo((a, b) => float(tf.logicalAnd(above(a), above(b)))), noGradient: flat },
  { kernel: 'LogicalOr', example: onTwo((a, b) => float(tf.logicalOr(above(a), above(b)))), noGradient: flat },
  compare('Equal', tf.equal),
  compare('NotEqual', tf.notEqual),
  compare('Greater', tf.greater),
  compare('GreaterEqual', tf.greaterEqual),
  compare('Less', tf.less),
  compare('LessEqual', tf.lessEqual),
  {
    kernel: 'Prelu',
    example: shapeArb(1).map((shape) => ({ shapes: [shape, shape.slice(-1)], run: (x, alpha) => tf.prelu(x, alpha) })),
  },
  {
    kernel: 'Select',
    example: broadcastArb(3).map((shapes) => ({ shapes, run: (c, t, e) => tf.where(above(c), t, e) })),
    smooth: onAlike((t, e) => {
      const condition = tf.tensor(
        Float32Array.from({ length: t.size }, (_, index) => index % 2),
        t.shape,
      );
      return tf.where(above(condition), t, e);
    }),
  },
  {
    kernel: 'AddN',
    example: fc
      .tuple(shapeArb(), fc.integer({ min: 2, max: 4 }))
      .map(([shape, count]) => ({ shapes: Array(count).fill(shape), run: (...all) => tf.addN([...all]) })),
  },
];
