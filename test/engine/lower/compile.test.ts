import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trace } from '../../../src/engine/capture/tracer.ts';
import { optimise, toOnnxGraph } from '../../../src/engine/lower/compile.ts';
import { lower } from '../../../src/engine/lower/lower.ts';
import { distance, normalNumbers, runEager, runKernels, runOnnx } from '../harness.ts';
import { programShapes, randomProgram } from '../programs.ts';

const anyProgram = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 12 }));
/** A fixed seed: numbers are compared within a tolerance. */
const options = { numRuns: 60, seed: 7 };

describe('random programs', () => {
  it('give the same numbers in tfjs, without passes and after them', () =>
    fc.assert(
      fc.asyncProperty(anyProgram, async ([seed, length]) => {
        const fn = randomProgram(seed, length);
        const inputs = normalNumbers(programShapes, seed);
        const expected = runEager(fn, programShapes, inputs);
        const graph = trace(fn, programShapes);
        expect(distance(await runOnnx(lower(graph), inputs), expected)).toBeLessThan(1e-5);
        expect(distance(await runKernels(optimise(graph), inputs), expected)).toBeLessThan(1e-5);
      }),
      options,
    ));

  it('are never longer after the passes, and the same program twice', () => {
    fc.assert(
      fc.property(anyProgram, ([seed, length]) => {
        const graph = trace(randomProgram(seed, length), programShapes);
        const once = optimise(graph);
        expect(toOnnxGraph(once).nodes.length).toBeLessThanOrEqual(lower(graph).nodes.length);
        expect(optimise(once).nodes.length).toBeLessThanOrEqual(once.nodes.length);
      }),
      options,
    );
  });
});
