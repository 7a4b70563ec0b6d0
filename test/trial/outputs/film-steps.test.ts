import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filmSteps } from '../../../src/trial/outputs/film-steps.ts';

it('has the first step, the last, and more of them early', () => {
  expect(filmSteps(800, 5, 8)).toEqual([0, 48, 200, 448, 800]);
});

it('is one frame a run where the training is shorter than the film', () => {
  expect(filmSteps(24, 60, 8)).toEqual([0, 8, 16, 24]);
});

it('rises from 0 to the end in multiples of a run, in at most as many frames as asked for', () => {
  const count = fc.integer({ min: 1, max: 1_000 });
  fc.assert(
    fc.property(
      count,
      fc.integer({ min: 2, max: 200 }),
      fc.integer({ min: 1, max: 8 }),
      (runs, frames, stepsPerRun) => {
        const steps = filmSteps(runs * stepsPerRun, frames, stepsPerRun);
        expect(steps[0]).toBe(0);
        expect(steps.at(-1)).toBe(runs * stepsPerRun);
        expect(steps.length).toBeLessThanOrEqual(frames);
        steps.forEach((step, index) => {
          expect(step % stepsPerRun).toBe(0);
          if (index > 0) expect(step).toBeGreaterThan(steps[index - 1] ?? Number.NaN);
        });
      },
    ),
  );
});
