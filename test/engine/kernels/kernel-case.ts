/** The three tests of every kernel, over a table of cases: shape rule, compiled ≡ eager, gradient ≡ central differences. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shapes, type TensorFunction, trace } from '../../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import type { AnyGraph, Shape } from '../../../src/engine/graph/graph.ts';
import type { ConvolutionForm } from '../../../src/engine/kernels/onnx-builder.ts';
import type { KernelGraph } from '../../../src/engine/kernels/registry.ts';
import { lower } from '../../../src/engine/lower/lower.ts';
import { distance, distinctNumbers, runEager, runOnnx, uniform } from '../harness.ts';

type Tensors = readonly [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

/** One drawn example of a kernel: shapes of its tensors, and what is done with them. */
export interface Example {
  readonly shapes: readonly Shape[];
  /** As many tensors as shapes; the rest is not there. Its results are float32. */
  readonly run: (...tensors: Tensors) => tf.Tensor | tf.Tensor[];
}

export interface KernelCase {
  readonly kernel: string;
  readonly example: fc.Arbitrary<Example>;
  /** Where the numbers come from; [−2, 2] unless said. */
  readonly range?: readonly [number, number];
  /** Where tfjs's gradient takes less than its kernel (no broadcasting, say): the examples for the gradient alone. */
  readonly smooth?: fc.Arbitrary<Example>;
  /** Why no gradient flows through it. */
  readonly noGradient?: string;
}

const runs = 4;
/** float32 sums of a hundred products. */
const tolerance = 2e-6;
/** Step of the central differences: far below the spacing of the numbers, far above their rounding. */
const h = 4e-3;

/** @param convolutions how they are to be written; ONNX's own operators unless said. */
export function testKernels(cases: readonly KernelCase[], convolutions?: ConvolutionForm): void {
  const inOnnx = (graph: KernelGraph, inputs: Arrays) => runOnnx(lower(graph, convolutions), inputs);
  for (const one of cases) {
    describe([one.kernel, convolutions].filter(Boolean).join(' as '), () => {
      const property = (examples: KernelCase['example'], check: (example: Named, seed: number) => Promise<void>) =>
        fc.assert(
          fc.asyncProperty(examples, fc.nat(), (example, seed) => check(named(example), seed)),
          // Numbers are compared within tolerances: the draws are the same on every run.
          { numRuns: runs, seed: 20 },
        );

      it('computes in onnxruntime what tfjs computes, in the shape that its rule says', () =>
        property(one.example, async ({ fn, shapes }, seed) => {
          const graph = trace(fn, shapes);
          expect(graph.nodes.map(({ op }) => op)).toContain(one.kernel);
          const inputs = distinctNumbers(shapes, seed, one.range);
          const expected = runEager(fn, shapes, inputs);
          expect(shapesOf(graph)).toEqual(Object.values(expected).map(({ shape }) => [...shape]));
          expect(distance(await inOnnx(graph, inputs), expected)).toBeLessThan(tolerance);
        }));

      if (one.noGradient === undefined) {
        it('has the gradient that central differences have', () =>
          property(one.smooth ?? one.example, async ({ fn, shapes }, seed) => {
            const inputs = distinctNumbers(shapes, seed, one.range);
            const weighted = weightedSum(fn, seed);
            const gradients = await inOnnx(trace(gradientOf(weighted), shapes), inputs);
            const along = signs(shapes, seed);
            const slope = Object.entries(gradients).reduce(
              (sum, [name, { numbers }]) => sum + dot(numbers, along[name]),
              0,
            );
            const value = (step: number) =>
              runEager((x) => ({ y: weighted(x) }), shapes, moved(inputs, along, step)).y?.numbers[0] ?? Number.NaN;
            const expected = (value(h) - value(-h)) / (2 * h);
            expect(Math.abs(slope - expected)).toBeLessThan(3e-3 * Math.max(1, Math.abs(expected)));
          }));
      }
    });
  }
}

interface Named {
  readonly fn: TensorFunction;
  readonly shapes: Shapes;
}

/** As a function of inputs by name, for the tracer. */
export function named({ run, shapes }: Example): Named {
  return {
    shapes: Object.fromEntries(shapes.map((shape, index) => [`x${index}`, shape])),
    fn: (inputs) => {
      // As many as the case has shapes; a case asks for no more.
      const results = run(...(Object.values(inputs) as unknown as Tensors));
      return Object.fromEntries([results].flat().map((result, index) => [`y${index}`, result]));
    },
  };
}

const shapesOf = ({ outputs }: AnyGraph) => [...outputs.values()].map(({ shape }) => [...shape]);

/** Σ w · y over all outputs, w between 0.5 and 1.5. */
const weightedSum =
  (fn: TensorFunction, seed: number) =>
  (inputs: Readonly<Record<string, tf.Tensor>>): tf.Scalar => {
    const random = uniform(seed + 1);
    return tf.addN(
      Object.values(fn(inputs)).map((y) => {
        const weights = Float32Array.from({ length: y.size }, () => 0.5 + random());
        return tf.sum<tf.Scalar>(tf.mul(y, tf.tensor(weights, y.shape)));
      }),
    );
  };

const gradientOf =
  (value: (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Scalar): TensorFunction =>
  (inputs) => {
    const names = Object.keys(inputs);
    const ofList = (...list: tf.Tensor[]) => value(Object.fromEntries(list.map((x, index) => [names[index], x])));
    const gradients = tf.grads(ofList)(Object.values(inputs));
    return Object.fromEntries(gradients.map((gradient, index) => [names[index] ?? '', gradient]));
  };

/** A direction: every number goes up or down. */
function signs(shapes: Shapes, seed: number): Arrays {
  const random = uniform(seed + 2);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => (random() < 0.5 ? -1 : 1)),
    ]),
  );
}

const moved = (inputs: Arrays, along: Arrays, step: number): Arrays =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, numbers]) => [
      name,
      numbers.map((number, index) => number + step * (along[name]?.[index] ?? 0)),
    ]),
  );

const dot = (a: Float32Array, b: Float32Array | undefined): number =>
  a.reduce((sum, number, index) => sum + number * (b?.[index] ?? Number.NaN), 0);

/** A shape of the given ranks with short sides. */
export const shapeArb = (minRank = 0, maxRank = 3): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: minRank, maxLength: maxRank });

/** Shapes that broadcast together: some sides of each are 1, some lead sides are left out. */
export const broadcastArb = (count: number): fc.Arbitrary<number[][]> =>
  shapeArb(0, 3).chain((whole) =>
    fc.tuple(
      ...Array.from({ length: count }, () =>
        fc
          .tuple(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.nat(whole.length))
          .map(([ones, left]) => whole.map((size, axis) => (ones[axis] ? 1 : size)).slice(left)),
      ),
    ),
  );

/** A case of one tensor of any shape. */
export const onOne = (run: (x: tf.Tensor) => tf.Tensor, minRank = 0): fc.Arbitrary<Example> =>
  shapeArb(minRank).map((shape) => ({ shapes: [shape], run }));

/** A case of two tensors under broadcasting. */
export const onTwo = (run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): fc.Arbitrary<Example> =>
  broadcastArb(2).map((shapes) => ({ shapes, run }));
