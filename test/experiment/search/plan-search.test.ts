import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { isTuned, tunedPreset, untunedPreset } from '../../../src/catalogue/preset-names.ts';
import { checkExperiment } from '../../../src/experiment/check-experiment.ts';
import type { Experiment } from '../../../src/experiment/define.ts';
import { planTrials } from '../../../src/experiment/plan.ts';
import { planSearch } from '../../../src/experiment/search/plan-search.ts';
import { planTuned } from '../../../src/experiment/search/plan-tuned.ts';
import { between, choice, logUniform } from '../../../src/modebench.ts';
import { valueAt } from '../../../src/schema/paths.ts';
import { sampleExperiment } from '../sample.ts';

const experiment: Experiment = {
  ...sampleExperiment,
  search: { 'training.optimiser.rate': logUniform(1e-4, 1e-2), 'critic.steps': choice(1, 2, 5) },
};

interface Change {
  readonly seeds?: string;
  readonly methods?: string;
  readonly set?: readonly string[];
  readonly space?: readonly string[];
  readonly seed?: number;
}
const search = (draws: number, { seeds = '100..100', methods, set = [], space = [], seed = 0 }: Change = {}) =>
  planSearch(experiment, { seeds, methods, set, sweep: [] }, { draws, seed, space });
const drawsOf = (plan: ReturnType<typeof search>, method: string) =>
  plan.search?.methods.find((one) => one.method === method)?.draws ?? [];

describe('the draws of a search', () => {
  it('are as many for every method, on every seed, and come draw by draw', () => {
    const { trials } = search(3, { seeds: '100,101', methods: 'gan,bigan-pgp' });
    expect(trials).toHaveLength(3 * 2 * 2);
    expect(trials.slice(0, 5).map(({ spec }) => `${spec.method} ${spec.seed}`)).toEqual([
      ...['gan 100', 'gan 101', 'bigan-pgp 100', 'bigan-pgp 101', 'gan 100'],
    ]);
  });

  it('depend on search seed, method and number alone: more draws, methods, seeds and paths leave them as they are', () => {
    const few = drawsOf(search(2, { methods: 'bigan-pgp' }), 'bigan-pgp');
    const many = drawsOf(search(9, { seeds: '100..103' }), 'bigan-pgp');
    expect(many.slice(0, 2).map(({ settings }) => settings)).toEqual(few.map(({ settings }) => settings));
    expect(many[1]?.hashes[0]).toBe(few[1]?.hashes[0]);
    const wider = drawsOf(search(2, { space: ['training.batch=16,32'] }), 'bigan-pgp');
    for (const [at, { settings }] of few.entries()) expect(wider[at]?.settings).toMatchObject(settings);
    const other = drawsOf(search(2, { seed: 1 }), 'bigan-pgp');
    expect(other[0]?.settings).not.toEqual(few[0]?.settings);
    expect(drawsOf(search(2), 'gan')[0]?.settings).not.toEqual(drawsOf(search(2), 'bigan')[0]?.settings);
  });

  it('have what the experiment declares, a method’s own settings, and what the command line says instead', () => {
    const of = (method: string, change?: Change) => Object.keys(drawsOf(search(1, change), method)[0]?.settings ?? {});
    expect(of('gan')).toEqual(['critic.steps', 'training.optimiser.rate']);
    expect(of('wgan')).toContain('critic.clip');
    expect(of('bigan-pgp')).toContain('penalty.weight');
    expect(of('gan', { set: ['critic.steps=2'] })).toEqual(['training.optimiser.rate']);
    const drawn = drawsOf(search(20, { space: ['training.optimiser.rate=0.1..0.2'] }), 'gan');
    const rates = drawn.map(({ settings }) => Number(settings['training.optimiser.rate']));
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0.1);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.2);
  });

  it('fill their ranges as declared: each third of a log-uniform one has a third of the draws', () => {
    const rates = drawsOf(search(600, { methods: 'gan' }), 'gan').map(({ settings }) =>
      Math.log10(Number(settings['training.optimiser.rate'])),
    );
    for (const third of [0, 1, 2]) {
      const low = -4 + (2 * third) / 3;
      const count = rates.filter((rate) => rate >= low && rate < low + 2 / 3).length;
      expect(Math.abs(count / 600 - 1 / 3)).toBeLessThan(0.06); // three standard errors
    }
  });

  it('are in the specs, which are of an experiment of their own and not those of the experiment', () => {
    const { experiment: own, trials, varied } = search(2, { methods: 'gan' });
    expect(own.name).toBe('sample-search');
    expect(varied).toEqual(['critic.steps', 'training.optimiser.rate']);
    const [draw] = drawsOf(search(2, { methods: 'gan' }), 'gan');
    expect(trials[0]?.hash).toBe(draw?.hashes[0]);
    for (const [path, text] of Object.entries(draw?.settings ?? {}))
      expect(valueAt(trials[0]?.spec ?? {}, path)).toBe(Number(text));
  });
});

it.each<[change: Change, message: string]>([
  [{ seeds: '3' }, '--search: seed 0 is kept for claims; a search takes seeds from 100 on'],
  [{ seeds: '100,7' }, '--search: seed 7 is kept for claims'],
  [{ space: ['training.optimiser.rat=1..2'] }, "the spec has no 'training.optimiser.rat'; did you mean"],
  [{ space: ['training.batch=5..1'] }, '--search-space training.batch: expected a range that goes up, got'],
  [{ space: ['penalty.weight=log:0..1'] }, 'expected a range that goes up from above 0, got'],
  [{ space: ['penalty.weight=1..x'] }, 'expected log:low..high, low..high or values between commas, got'],
  [{ space: ['training.batch=1.2..1.4'] }, '--search: draw 0 of gan: training.batch: expected'],
  [{ space: ['a=1,2', 'a=1,2'] }, '--search-space: a is given twice'],
])('%j is refused', (change, message) => {
  expect(() => search(1, change)).toThrow(UsageError);
  expect(() => search(1, change)).toThrow(message);
});

describe('a space', () => {
  const checked = (declared: unknown) => checkExperiment({ ...author, search: declared }, 'sample', 'sample.ts').search;
  const { name: _, catalogue: __, ...author } = sampleExperiment;

  it('is checked where it is declared', () => {
    const space = { 'penalty.weight': between(0, 1), 'nets.hidden': choice([8], [8, 8]) };
    expect(checked(space)).toEqual(space);
    expect(() => checked({ 'penalty.wait': between(0, 1) })).toThrow('sample.ts: search: the spec has no');
    expect(() => checked({ 'penalty.weight': between(1, 0) })).toThrow('expected a range that goes up');
    expect(() => checked({ 'penalty.weight': between(-1, 1) })).toThrow('sample.ts: search: penalty.weight: expected');
    expect(() => checked({ 'penalty.weight': 3 })).toThrow('sample.ts: search');
    expect(() => checkExperiment({ ...author, searchFor: 'modes' }, 'sample', 'sample.ts')).toThrow(
      'searchFor: expected a column that judges (modesCaptured, modesWellCaptured',
    );
  });

  it('leaves names of tuned trials to them', () => {
    const presets = { 'quick-tuned': {} };
    expect(() => checkExperiment({ ...author, presets }, 'sample', 'sample.ts')).toThrow('records of --tuned');
  });
});

describe('tuned trials', () => {
  const settings = new Map([['gan', [{ path: 'training.optimiser.rate', text: '0.005' }]]]);
  const tuned = (seeds: string, preset?: string) =>
    planTuned(experiment, { seeds, preset, set: [], sweep: [] }, { settings, searched: [100, 101], note: 'of 16' });

  it('are the experiment’s own, in the setting that was found, under a preset of their own', () => {
    const { trials, experiment: own, varied } = tuned('2');
    expect([own.name, varied]).toEqual(['sample', ['training.optimiser.rate']]);
    expect(trials.map(({ id, preset }) => [id.slice(0, 6), preset])).toEqual([
      ['gan-s0', 'tuned'],
      ['gan-s1', 'tuned'],
    ]);
    const set = ['training.optimiser.rate=0.005'];
    const [same] = planTrials(experiment, { seeds: '1', methods: 'gan', set, sweep: [] }).trials;
    expect(trials[0]?.hash).toBe(same?.hash);
    expect(tuned('1', 'smoke').trials[0]?.preset).toBe('smoke-tuned');
  });

  it.each(['default', 'quick'])('of the preset %s tell by their own preset’s name which one it was', (preset) => {
    expect(isTuned(preset)).toBe(false);
    expect(isTuned(tunedPreset(preset))).toBe(true);
    expect(untunedPreset(tunedPreset(preset))).toBe(preset);
    expect(untunedPreset(preset)).toBe(preset);
  });

  it('never meet the seeds of a search', () => {
    expect(() => tuned('99..102')).toThrow('--tuned: the settings were chosen on seed 100, which can claim nothing');
  });
});
