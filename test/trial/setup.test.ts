import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { Clock } from '../../src/trial/clock.ts';
import { evaluatedWeights } from '../../src/trial/probe.ts';
import { commonRun, setUpTrial, stepsPerRun } from '../../src/trial/setup.ts';
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

it('trials of one seed are held against the same real examples, drawn once; others against others', async () => {
  const realOf = async (spec: ResolvedSpec) => {
    const setup = await setUpTrial(spec, { engine: 'tfjs', device: 'cpu', catalogue: builtIn, data: '' }, new Clock());
    return (await setup.evaluator.inputs(evaluatedWeights(setup.initialState).players)).real;
  };
  const first = await realOf(smallSpec('gan'));
  expect(await realOf(smallSpec('bigan'))).toBe(first);
  const { evaluation, data } = smallSpec('gan');
  const others: readonly [seed: number, Partial<ResolvedSpec>][] = [
    [1, {}],
    [0, { evaluation: { ...evaluation, samples: evaluation.samples + 1 } }],
    [0, { data: { ...data, scale: 3 } }],
    [0, { measures: [] }],
  ];
  for (const [seed, changes] of others) expect(await realOf(smallSpec('gan', seed, changes))).not.toBe(first);
  expect(await realOf(smallSpec('gan'))).toEqual(first);
});
