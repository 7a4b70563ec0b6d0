import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { type Plan, type PlanRequest, planTrials } from '../../src/experiment/plan.ts';
import { valueAt } from '../../src/schema/paths.ts';
import { sampleExperiment } from './sample.ts';

const plan = (request: Partial<PlanRequest> = {}): Plan =>
  planTrials(sampleExperiment, { seeds: '1', set: [], sweep: [], ...request });
const summary = ({ trials }: Plan): string[] => trials.map(({ spec }) => `${spec.method} ${spec.seed}`);
const weights = ({ trials }: Plan) => trials.map(({ spec }) => [spec.method, valueAt(spec, 'penalty.weight')]);

it('names the methods that have a section where no method of the experiment does', () => {
  const experiment = { ...sampleExperiment, methods: ['gan', 'bigan'] } as const;
  expect(() => planTrials(experiment, { seeds: '1', set: [], sweep: [], lambda: '1' })).toThrow(
    'penalty.weight: no method of sample has it (a penalty is part of wgan-gp, bigan-pgp, dragan)',
  );
});

describe('planTrials', () => {
  it('goes seed by seed through the methods, in the experiment’s order', () => {
    expect(summary(plan({ seeds: '7,3', methods: 'bigan-pgp,gan' }))).toEqual([
      'gan 7',
      'bigan-pgp 7',
      'gan 3',
      'bigan-pgp 3',
    ]);
    expect(plan({ seeds: '5' }).trials).toHaveLength(30);
    expect(plan().preset).toBe('default');
  });

  it('gives every trial an identity of its own that does not depend on the plan around it', () => {
    const all = plan({ seeds: '5' });
    expect(new Set(all.trials.map(({ id }) => id)).size).toBe(30);
    const [alone] = plan({ seeds: '3..3', methods: 'bigan' }).trials;
    expect(all.trials.find(({ id }) => id === alone?.id)?.hash).toBe(alone?.hash);
  });

  it('sweeps the grid of all values, the last path fastest', () => {
    const swept = plan({ methods: 'bigan-pgp', sweep: ['training.batch=8,16', 'penalty.weight=0,1'] });
    expect(swept.trials.map(({ spec }) => [spec.training.batch, valueAt(spec, 'penalty.weight')])).toEqual([
      [8, 0],
      [8, 1],
      [16, 0],
      [16, 1],
    ]);
    expect(swept.varied).toEqual(['training.batch', 'penalty.weight']);
    expect(swept.trials[0]?.varied).toEqual(['training.batch', 'penalty.weight']);
  });

  it('runs a method once a seed where it lacks what is swept, and says so', () => {
    const swept = plan({ methods: 'gan,bigan,bigan-pgp', lambda: '0,0.1' });
    expect(weights(swept)).toEqual([
      ['gan', undefined],
      ['bigan', undefined],
      ['bigan-pgp', 0],
      ['bigan-pgp', 0.1],
    ]);
    expect(swept.trials.map(({ varied }) => varied)).toEqual([[], [], ['penalty.weight'], ['penalty.weight']]);
    expect(swept.notes).toEqual(['gan, bigan do not have penalty.weight and run once a seed']);
    expect(plan({ methods: 'gan,bigan-pgp', set: ['penalty.weight=2'] }).notes).toEqual([
      'gan does not have penalty.weight and stays as it is',
    ]);
  });

  it('plans a trial once that the sweep names twice', () => {
    expect(plan({ methods: 'bigan-pgp', sweep: ['penalty.weight=1,1.0,2'] }).trials).toHaveLength(2);
  });

  it('sweeps kinds together with what only one of them has', () => {
    const swept = plan({
      methods: 'gan',
      sweep: ['training.optimiser.kind=adam,rmsprop'],
      set: ['training.optimiser.decay=0.9'],
    });
    expect(swept.trials.map(({ spec }) => spec.training.optimiser.kind)).toEqual(['adam', 'rmsprop']);
  });

  it('takes the methods of the preset, and those asked for before them', () => {
    expect(summary(plan({ preset: 'narrow' }))).toEqual(['bigan 0', 'bigan-pgp 0']);
    expect(summary(plan({ preset: 'narrow', methods: 'gan' }))).toEqual(['gan 0']);
    expect(plan({ preset: 'narrow' }).trials[0]?.preset).toBe('narrow');
  });

  it.each<[string, Partial<PlanRequest>]>([
    ["there is no method 'bigan-pgq'; did you mean 'bigan-pgp'?", { methods: 'bigan-pgq' }],
    ['sample does not declare the method encoder-only', { methods: 'encoder-only' }],
    ['there is no method', { methods: '' }],
    ["has no preset 'smokee'; did you mean 'smoke'?", { preset: 'smokee' }],
    ['penalty.weight is given twice', { lambda: '1', sweep: ['penalty.weight=2'] }],
    ['training.steps is given twice', { set: ['training.steps=1', 'training.steps=2'] }],
    ['penalty.weight: gan without it; with it: wgan-gp, bigan-pgp', { methods: 'gan', lambda: '1' }],
    ["did you mean 'penalty.weight'?", { set: ['penalty.wieght=1'] }],
    ['trials; at most 100000', { seeds: '90000' }],
    ['--lambda penalty.weight: expected values', { lambda: '1,' }],
    ['penalty.weight: expected at least 0, got -1', { lambda: '-1' }],
    ["penalty.weight: expected a number, got 'a'", { sweep: ['penalty.weight=a'] }],
    ['--seeds', { seeds: 'x' }],
    ["did you mean 'penalty.weight'?", { methods: 'gan', set: ['penalty.wieght=1'] }],
  ])('refuses: %s', (says, request) => {
    expect(() => plan(request)).toThrow(UsageError);
    expect(() => plan(request)).toThrow(says);
  });
});
