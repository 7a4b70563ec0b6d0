import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { KernelCase } from './kernel-case.ts';

const side = fc.integer({ min: 1, max: 4 });

export const matmulCases: readonly KernelCase[] = [
  {
    kernel: 'BatchMatMul',
    // Matrices and stacks of them, either side read transposed or not.
    example: fc
      .tuple(side, side, side, fc.boolean(), fc.boolean(), fc.option(fc.integer({ min: 1, max: 2 })))
      .map(([rows, inner, columns, transposeA, transposeB, stack]) => {
        const stacked = (shape: number[]) => (stack === null ? shape : [stack, ...shape]);
        return {
          shapes: [
            stacked(transposeA ? [inner, rows] : [rows, inner]),
            stacked(transposeB ? [columns, inner] : [inner, columns]),
          ],
          run: (a, b) => tf.matMul(a, b, transposeA, transposeB),
        };
      }),
  },
];
