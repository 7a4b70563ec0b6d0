import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkGraph } from '../../../src/engine/graph/check.ts';
import { GraphBuilder } from '../../../src/engine/graph/graph.ts';
import type { OnnxGraph, OnnxOps } from '../../../src/engine/graph/onnx-operators.ts';
import { splitInStages } from '../../../src/engine/passes/split-in-stages.ts';
import { printGraph } from '../graph/print.ts';
import { normalNumbers, runOnnx } from '../harness.ts';

/** Of WebGPU's devices. */
const mostPieces = 7;

/** A matrix of three rows, split along its second axis. */
function splitting(lengths: readonly number[]): OnnxGraph {
  const builder = new GraphBuilder<OnnxOps>();
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const x = builder.input('x', { shape: [3, total], dtype: 'float32' });
  const sizes = builder.constant({ shape: [lengths.length], dtype: 'int64' }, lengths);
  const types = lengths.map((length) => ({ shape: [3, length], dtype: 'float32' as const }));
  const pieces = builder.node('Split', [x, sizes], { axis: 1 }, types);
  return builder.finish(pieces.map((piece, at) => [`piece${at}`, piece]));
}

it('splits in two stages where one would have too many pieces', () => {
  expect(printGraph(splitInStages(splitting([1, 2, 3, 4, 5, 6, 7, 8, 9]), mostPieces))).toMatchInlineSnapshot(`
    "input  %0 x: float32[3,45]
    const  %1: int64[9] = [1, 2, 3, 4, 5, 6, 7, 8, … 9 numbers]
    const  %2: int64[2] = [28, 17]
    const  %3: int64[7] = [1, 2, 3, 4, 5, 6, 7]
    const  %4: int64[2] = [8, 9]
    %5: float32[3,28], %6: float32[3,17] = Split(%0, %2, axis=1)
    %7: float32[3,1], %8: float32[3,2], %9: float32[3,3], %10: float32[3,4], %11: float32[3,5], %12: float32[3,6], %13: float32[3,7] = Split(%5, %3, axis=1)
    %14: float32[3,8], %15: float32[3,9] = Split(%6, %4, axis=1)
    return piece0 = %7
    return piece1 = %8
    return piece2 = %9
    return piece3 = %10
    return piece4 = %11
    return piece5 = %12
    return piece6 = %13
    return piece7 = %14
    return piece8 = %15"
  `);
});

it('leaves a short one alone', () => {
  const graph = splitting([1, 2, 3]);
  expect(printGraph(splitInStages(graph, mostPieces))).toBe(printGraph(graph));
});

it('yields the same pieces for any number of them, none of its splits too long', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 120 }), async (lengths) => {
      const graph = splitting(lengths);
      const staged = splitInStages(graph, mostPieces);
      checkGraph(staged, 'in stages');
      for (const { outputs } of staged.nodes) expect(outputs.length).toBeLessThanOrEqual(Math.max(2, mostPieces));
      const x = normalNumbers({ x: graph.inputs.get('x')?.shape ?? [] }, 3);
      expect(await runOnnx(staged, x)).toEqual(await runOnnx(graph, x));
    }),
    { numRuns: 20 },
  );
});
