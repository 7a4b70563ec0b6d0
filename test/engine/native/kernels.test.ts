/** Every kernel in machine code is what tfjs computes, and what the interpreter of its plan computes, to the byte. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { checkPlan } from '../../../src/engine/native/plan/check.ts';
import { makePlan } from '../../../src/engine/native/plan/make-plan.ts';
import { noNative } from '../../support/native.ts';
import { distance, distinctNumbers, runEager } from '../harness.ts';
import { convolutionCases } from '../kernels/convolution.cases.ts';
import { elementwiseCases } from '../kernels/elementwise.cases.ts';
import { type KernelCase, named } from '../kernels/kernel-case.ts';
import { matmulCases } from '../kernels/matmul.cases.ts';
import { reductionCases } from '../kernels/reduction.cases.ts';
import { shapingCases } from '../kernels/shaping.cases.ts';
import { resultsOf, runInterpreter, runMachine, startOf } from './run-plan.ts';

const cases = [...elementwiseCases, ...matmulCases, ...reductionCases, ...shapingCases, ...convolutionCases];

/** float32 sums of a hundred products, and functions within 3 units in the last place. */
const tolerance = 2e-6;

const compare = ({ example, range }: KernelCase, runs: number): void =>
  fc.assert(
    fc.property(example, fc.nat(), (drawn, seed) => {
      const { fn, shapes } = named(drawn);
      const plan = makePlan(optimise(trace(fn, shapes)), []);
      checkPlan(plan);
      const inputs = distinctNumbers(shapes, seed, range);
      const interpreted = resultsOf(plan.outputs, runInterpreter(plan, startOf(plan, inputs)));
      expect(resultsOf(plan.outputs, runMachine(plan, startOf(plan, inputs)))).toEqual(interpreted);
      expect(distance(interpreted, runEager(fn, shapes, inputs))).toBeLessThan(tolerance);
    }),
    // Numbers are compared within tolerances: the draws are the same on every run.
    { numRuns: runs, seed: 20 },
  );

/** What is refused, by its name: no program of a trial has it. */
const refused: Readonly<Record<string, string>> = {
  Cast: 'Cast of integers',
  Pow: 'Pow by what is no number of halves',
  BatchMatMul: 'a product of several matrices at once',
  Prod: 'Prod',
};

function causeOf(run: () => void): unknown {
  try {
    run();
    return 'nothing is refused';
  } catch (error) {
    return (error as Error).cause;
  }
}

describe.skipIf(noNative)(`a kernel in machine code${noNative}`, () => {
  it.each(cases.map((one) => [one.kernel, one] as const))('%s', (kernel, one) => {
    const what = refused[kernel];
    if (what === undefined) compare(one, kernel.startsWith('Conv') ? 40 : 8);
    else {
      const message = `engine native: ${what} is not covered; --engine onnx has it`;
      expect(causeOf(() => compare(one, 8))).toEqual(expect.objectContaining({ message }));
    }
  });

  it.each([-1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 5.5])('Pow by %d', (exponent) => {
    const example = fc.constant({ shapes: [[7]], run: (x: tf.Tensor) => tf.pow(x, exponent) });
    compare({ kernel: 'Pow', example, range: [0.5, 3] }, 2);
  });
});
