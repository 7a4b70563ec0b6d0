import { describe, expect, it } from 'vitest';
import grid25 from '../../experiments/grid25.ts';
import { againCommand, nextCommands } from '../../src/cli/next.ts';
import type { Plan } from '../../src/experiment/plan.ts';
import { recordOf, specOf } from './records.ts';

const plan = (change: Partial<Plan> = {}): Plan => ({
  experiment: { name: 'grid25', ...grid25 },
  preset: 'default',
  varied: [],
  notes: [],
  trials: [0, 1, 2, 3, 4].map((seed) => recordOf(specOf('bigan-pgp', seed), {})),
  ...change,
});

describe('what to type next', () => {
  it('offers the report, more seeds, and the ablation where a method has a penalty', () => {
    expect(nextCommands(plan(), { experiment: 'grid25' })).toEqual([
      'npm run report -- grid25',
      'npm run exp -- grid25 --seeds 10',
      'npm run exp -- grid25 --methods bigan-pgp --lambda 0,0.1,1,10',
    ]);
  });

  it('leads from a smoke run to the real one, and from a sweep to more seeds', () => {
    expect(nextCommands(plan({ preset: 'smoke' }), { experiment: './my file.ts', store: 'here' })).toEqual([
      "npm run exp -- './my file.ts' --seeds 5 --store here",
      'npm run report -- grid25 --store here',
    ]);
    expect(nextCommands(plan({ varied: ['penalty.weight'] }), { experiment: 'grid25' })).toEqual([
      'npm run report -- grid25',
      'npm run exp -- grid25 --seeds 10',
    ]);
  });

  it('goes on with the same words, but does not forget a second time', () => {
    expect(againCommand(['grid25', '--fresh', '--set', 'nets.hidden=[8, 8]'])).toBe(
      "npm run exp -- grid25 --set 'nets.hidden=[8, 8]'",
    );
  });
});
