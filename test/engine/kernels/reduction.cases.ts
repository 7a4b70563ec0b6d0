import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { type Example, type KernelCase, onOne, shapeArb } from './kernel-case.ts';

type Reduce = (x: tf.Tensor, axes?: number[], keepDims?: boolean) => tf.Tensor;

/** Any axes of any shape, some said from the end, kept or not; all where none are said. */
const reducing = (run: Reduce): fc.Arbitrary<Example> =>
  fc
    .tuple(
      shapeArb(1, 4),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([shape, chosen, all, fromEnd, keepDims]) => {
      const axes = shape.map((_, axis) => axis).filter((axis) => chosen[axis]);
      const said = fromEnd ? axes.map((axis) => axis - shape.length) : axes;
      return { shapes: [shape], run: (x) => run(x, all || said.length === 0 ? undefined : said, keepDims) };
    });

export const reductionCases: readonly KernelCase[] = [
  { kernel: 'Sum', example: reducing(tf.sum) },
  { kernel: 'Mean', example: reducing(tf.mean) },
  { kernel: 'Max', example: reducing(tf.max) },
  { kernel: 'Min', example: reducing(tf.min) },
  { kernel: 'Prod', example: reducing(tf.prod), noGradient: 'by Cumprod in tfjs, which has no rule here: unused' },
  { kernel: 'Softmax', example: onOne((x) => tf.softmax(x), 1) },
];
