import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonRun, stepsPerRun } from '../../src/trial/setup.ts';
import { smallSpec } from './specs.ts';

it('steps of one run divide both the trial and the way between evaluations', () => {
  const count = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(count, count, fc.integer({ min: 1, max: 10 }), (steps, every, critic) => {
      const { training } = smallSpec('gan');
      const settings = {
        training: { ...training, steps },
        evaluation: { every, samples: 1 },
        critic: { steps: critic, clip: 0 },
      };
      const result = stepsPerRun(settings, { small: true });
      expect(steps % result).toBe(0);
      expect(every % result).toBe(0);
      expect(result === 1 || result * critic <= 8).toBe(true);
      expect(stepsPerRun(settings, { small: false })).toBe(1);
      // Every method ends a run where films have their frames.
      const common = commonRun(settings);
      expect([common % result, steps % common, every % common]).toEqual([0, 0, 0]);
    }),
  );
});
