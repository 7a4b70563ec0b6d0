/** Programs vmapped along a leading axis: each slice computes what its program computes by itself. */
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Shapes, type Tensors, trace } from '../../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import { type Graph, sizeOf } from '../../../src/engine/graph/graph.ts';
import { printGraph } from '../../../src/engine/graph/print.ts';
import { optimise } from '../../../src/engine/lower/compile.ts';
import { batchingRules } from '../../../src/engine/vmap/batching-rules.ts';
import { structureOf } from '../../../src/engine/vmap/structure.ts';
import { unbatchable, vmapGraphs } from '../../../src/engine/vmap/vmap-graphs.ts';
import { distance, distinctNumbers, type Results, runKernels } from '../harness.ts';
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
async function farthest(graphs: readonly Graph[], inputs: readonly Arrays[]): Promise<number> {
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
  for (const { kernel, example, range } of [...elementwiseCases, ...matmulCases, ...reductionCases, ...shapingCases]) {
    it(`${kernel} computes in each slice what it computes alone`, () =>
      fc.assert(
        fc.asyncProperty(example, async ({ run, shapes: list }) => {
          const shapes = Object.fromEntries(list.map((shape, index) => [`x${index}`, shape]));
          const fn = (inputs: Tensors): Tensors => {
            const results = run(...(Object.values(inputs) as Parameters<typeof run>)); // as many as the case has shapes
            return Object.fromEntries([results].flat().map((result, index) => [`y${index}`, result]));
          };
          const graph = optimise(trace(fn, shapes));
          if (unbatchable(graph) !== undefined) return;
          for (const { op } of graph.nodes) met.add(op);
          expect(await farthest([graph, graph], numbersFor(shapes, 2, range))).toBeLessThan(2e-6);
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

  it('was met above', () => expect(Object.keys(batchingRules).filter((kernel) => !met.has(kernel))).toEqual([]));
});

describe('programs that differ in their numbers', () => {
  const shapes: Shapes = { x: [4, 3], w: [3, 2] };
  const program = (rate: number, bound: number): Graph =>
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
