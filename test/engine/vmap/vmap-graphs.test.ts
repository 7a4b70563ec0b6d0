/** Programs vmapped along a leading axis: each slice computes what its program computes by itself. */
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shapes, type Tensors, trace } from '../../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import { sizeOf } from '../../../src/engine/graph/graph.ts';
import { type KernelGraph, kernels } from '../../../src/engine/kernels/registry.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { batchingRules } from '../../../src/engine/vmap/batching-rules.ts';
import { structureOf } from '../../../src/engine/vmap/structure.ts';
import { unbatchable, vmapGraphs } from '../../../src/engine/vmap/vmap-graphs.ts';
import { printGraph } from '../graph/print.ts';
import { distance, distinctNumbers, type Results, runKernels } from '../harness.ts';
import { convolutionCases } from '../kernels/convolution.cases.ts';
import { elementwiseCases } from '../kernels/elementwise.cases.ts';
import { matmulCases } from '../kernels/matmul.cases.ts';
import { reductionCases } from '../kernels/reduction.cases.ts';
import { shapingCases } from '../kernels/shaping.cases.ts';

/** One program's slice of the results, as the program by itself gives them. */
function sliceOf(results: Results, at: number): Results {
  return Object.fromEntries(
    Object.entries(results).map(([name, { shape, numbers }]) => {
      const own = shape.slice(1);
      return [name, { shape: own, numbers: numbers.slice(at * sizeOf(own), (at + 1) * sizeOf(own)) }];
    }),
  );
}

/** The inputs of every program one after another. */
const joined = (all: readonly Arrays[]): Arrays =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => [
      name,
      Float32Array.from(all.flatMap((own) => Array.from(own[name] ?? []))),
    ]),
  );

/** The largest difference of any slice from its program by itself. */
async function farthest(graphs: readonly KernelGraph[], inputs: readonly Arrays[]): Promise<number> {
  const vmapped = await runKernels(vmapGraphs(graphs), joined(inputs));
  const distances: number[] = [];
  for (const [at, graph] of graphs.entries()) {
    distances.push(distance(sliceOf(vmapped, at), await runKernels(graph, inputs[at] ?? {})));
  }
  return Math.max(...distances);
}

/** Different numbers for each of `count` programs. */
const numbersFor = (shapes: Shapes, count: number, range?: readonly [number, number]): Arrays[] =>
  Array.from({ length: count }, (_, at) => distinctNumbers(shapes, 7 + at, range));

const met = new Set<string>();

describe('every kernel with a rule', () => {
  const tables = [elementwiseCases, matmulCases, reductionCases, shapingCases, convolutionCases];
  for (const { kernel, example, range } of tables.flat()) {
    it(`${kernel} computes in each slice what it computes alone`, () =>
      fc.assert(
        fc.asyncProperty(example, async ({ run, shapes: list }) => {
          const shapes = Object.fromEntries(list.map((shape, index) => [`x${index}`, shape]));
          const fn = (inputs: Tensors): Tensors => {
            const results = run(...(Object.values(inputs) as Parameters<typeof run>)); // as many as the case has shapes
            return Object.fromEntries([results].flat().map((result, index) => [`y${index}`, result]));
          };
          // As traced too: the passes leave none of some kernels.
          for (const graph of [trace(fn, shapes), optimise(trace(fn, shapes))]) {
            const fault = unbatchable(graph);
            if (fault !== undefined) {
              expect(batchingRules[fault]).toMatchObject({ reason: expect.any(String) });
              return;
            }
            for (const { op } of graph.nodes) met.add(op);
            expect(await farthest([graph, graph], numbersFor(shapes, 2, range))).toBeLessThan(2e-6);
          }
        }),
        { numRuns: 3, seed: 20 },
      ));
  }

  it('BroadcastTo, which the passes make, does too', async () => {
    const shapes: Shapes = { x: [1, 3], row: [3] };
    const graph = optimise(
      trace(
        ({ x, row }) => ({ y: tf.tile(x as tf.Tensor, [4, 1]), z: tf.add(row as tf.Tensor, tf.zeros([4, 3])) }),
        shapes,
      ),
    );
    expect(graph.nodes.map(({ op }) => op)).toEqual(['BroadcastTo', 'BroadcastTo']);
    met.add('BroadcastTo');
    expect(await farthest([graph, graph], numbersFor(shapes, 2))).toBe(0);
  });

  it.each<[string, Shapes, (x: tf.Tensor, y: tf.Tensor) => tf.Tensor]>([
    ['Prelu', { x: [2, 3], y: [3] }, (_, y) => tf.prelu(fixed([2, 3]), y)],
    ['Prelu', { x: [2, 3], y: [3] }, (x) => tf.prelu(x, fixed([3]))],
    ['AddN', { x: [2, 3], y: [2, 3] }, (x) => tf.addN([fixed([2, 3]), x])],
    ['Pack', { x: [2, 3], y: [2, 3] }, (x, y) => tf.stack([fixed([2, 3]), x, y], 1)],
    ['Select', { x: [2, 3], y: [3] }, (x) => tf.where(tf.greater(fixed([2, 3]), 0), x, fixed([2, 3]))],
    [
      'FusedBatchNorm',
      { x: [1, 2, 2, 3], y: [3] },
      (_, y) => tf.batchNorm(fixed([1, 2, 2, 3]), fixed([3]), tf.abs(y), fixed([3]), y),
    ],
  ])('%s takes operands that are the same in every program beside its own', async (_, shapes, run) => {
    const graph = trace(({ x, y }) => ({ z: run(x as tf.Tensor, y as tf.Tensor), x: x as tf.Tensor }), shapes);
    expect(await farthest([graph, graph], numbersFor(shapes, 2))).toBeLessThan(2e-6);
  });

  it('Fill takes the number of each program', async () => {
    const filled = (number: number) =>
      trace(({ x }) => ({ x: x as tf.Tensor, y: tf.add(tf.fill([2, 3], number), x as tf.Tensor) }), { x: [3] });
    const graphs = [filled(0.5), filled(-2)];
    expect(graphs[0]?.nodes.map(({ op }) => op)).toContain('Fill');
    expect(await farthest(graphs, numbersFor({ x: [3] }, 2))).toBe(0);
  });

  it('is in the table, or the table does not compile', () => {
    const { Abs, ...others } = batchingRules;
    // @ts-expect-error Abs has no rule
    const table: typeof batchingRules = others;
    expect([Abs, Object.hasOwn(table, 'Abs')]).toEqual([expect.any(Function), false]);
  });

  it('was met above; all other kernels say why they have none', () => {
    const others = Object.entries(batchingRules).filter(([, rule]) => 'reason' in rule);
    expect(others.map(([kernel]) => kernel)).toEqual(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput']);
    expect(
      Object.keys(kernels).filter((kernel) => !met.has(kernel) && !others.some(([name]) => name === kernel)),
    ).toEqual([]);
  });
});

const fixed = (shape: number[]): tf.Tensor =>
  tf.tensor(
    Array.from({ length: sizeOf(shape) }, (_, at) => at - 2.5),
    shape,
  );

describe('programs that differ in their numbers', () => {
  const shapes: Shapes = { x: [4, 3], w: [3, 2] };
  const program = (rate: number, bound: number): KernelGraph =>
    optimise(
      trace(({ x, w }) => {
        const product = tf.matMul(x as tf.Tensor, w as tf.Tensor); // the shapes above have both
        const fixed = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
        return {
          y: tf.clipByValue(tf.add(tf.mul(product, rate), fixed), -bound, bound),
          shared: tf.matMul(fixed, fixed, true),
        };
      }, shapes),
    );

  it('share what is the same, and have a constant with a number a program for what is not', () => {
    expect(printGraph(vmapGraphs([program(0.5, 9), program(0.25, 9)]))).toMatchInlineSnapshot(`
      "input  %0 x: float32[2,4,3]
      input  %1 w: float32[2,3,2]
      const  %2: float32[2,1,1] = [0.5, 0.25]
      const  %3: float32[4,2] = [1, 2, 3, 4, 5, 6, 7, 8]
      %4: float32[2,4,2] = BatchMatMul(%0, %1, transposeA=false, transposeB=false)
      %5: float32[2,4,2] = Multiply(%4, %2)
      %6: float32[2,4,2] = Add(%5, %3)
      %7: float32[2,4,2] = ClipByValue(%6, clipValueMin=-9, clipValueMax=9)
      %8: float32[2,2] = BatchMatMul(%3, %3, transposeA=true, transposeB=false)
      %9: float32[2,2,2] = BroadcastTo(%8, shape=[2,2,2])
      return y = %7
      return shared = %9"
    `);
  });

  it('may differ in attributes that are such numbers', async () => {
    const graphs = [program(0.5, 1), program(0.25, 4), program(3, 2)];
    expect(new Set(graphs.map(structureOf)).size).toBe(1);
    expect(await farthest(graphs, numbersFor(shapes, 3))).toBeLessThan(1e-6);
    // Of what is the same in all programs, too.
    const bounded = [1, 2].map((bound) =>
      optimise(
        trace(
          ({ x }) => ({ x: tf.neg(x as tf.Tensor), y: tf.clipByValue(tf.relu(tf.tensor1d([0, 1, 2, 3])), 0, bound) }),
          { x: [2] },
        ),
      ),
    );
    expect(await farthest(bounded, numbersFor({ x: [2] }, 2))).toBe(0);
  });

  it('are not of one structure where a number changes the program', () => {
    const [half, one] = [program(0.5, 1), program(1, 1)];
    expect(structureOf(half)).not.toBe(structureOf(one));
    expect(structureOf(half)).not.toBe(
      structureOf(optimise(trace(({ x }) => ({ y: tf.relu(x as tf.Tensor) }), { x: [4, 3] }))),
    );
  });
});

it('does not let one slice touch another: NaN and infinities stay where they are', async () => {
  const shapes: Shapes = { x: [4, 3], w: [3, 3] };
  const graph = optimise(
    trace(({ x, w }) => {
      const hidden = tf.relu(tf.matMul(x as tf.Tensor, w as tf.Tensor));
      return { y: tf.div(hidden, tf.sqrt(tf.sum(tf.square(hidden)))), mean: tf.mean(hidden), rows: tf.sum(hidden, 0) };
    }, shapes),
  );
  const inputs = numbersFor(shapes, 3);
  const sound = await runKernels(vmapGraphs([graph, graph, graph]), joined(inputs));
  inputs[1]?.x?.fill(Number.NaN);
  inputs[1]?.w?.fill(Number.POSITIVE_INFINITY);
  const vmapped = await runKernels(vmapGraphs([graph, graph, graph]), joined(inputs));
  expect(sliceOf(vmapped, 1).y?.numbers.every(Number.isNaN)).toBe(true);
  for (const at of [0, 2]) expect(sliceOf(vmapped, at)).toEqual(sliceOf(sound, at));
});

it('names the kernel that cannot be batched', () => {
  const convolution = trace(({ x, w }) => ({ y: tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same') }), {
    x: [1, 4, 4, 1],
    w: [3, 3, 1, 1],
  });
  expect(unbatchable(convolution)).toBe('Conv2D');
});
