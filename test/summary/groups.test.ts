import { describe, expect, it } from 'vitest';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { pathText, valueText } from '../../src/summary/spec-text.ts';
import { dataOf, specOf, trialOf } from '../report/sample-store.ts';

const pgp = (seed: number, weight: number) => specOf('bigan-pgp', seed, { penalty: { weight, form: 'squared' } });
const short = (seed: number, method: 'gan' | 'bigan') => {
  const spec = specOf(method, seed);
  return { ...spec, training: { ...spec.training, steps: 200 } };
};

describe('groups', () => {
  it('hold the trials that differ in their seed alone, seeds ascending', async () => {
    const data = await dataOf([2, 0, 1].map((seed) => trialOf(specOf('gan', seed), 9)));
    expect(data.groups.map(({ label, trials }) => [label, trials.map(({ seed }) => seed)])).toEqual([
      ['gan', [0, 1, 2]],
    ]);
    expect(data.swept).toEqual([]);
  });

  it('are told apart by what was swept, ascending, whatever the command line called it', async () => {
    const varied = { varied: ['penalty.weight'] };
    const data = await dataOf([
      trialOf(specOf('bigan', 0), 9),
      ...[10, 0.1].map((weight) => trialOf(pgp(0, weight), 9, varied)),
      trialOf(pgp(0, 1), 9),
      trialOf(pgp(1, 1), 9, varied),
    ]);
    expect(data.swept).toEqual(['penalty.weight']);
    expect(data.groups.map(({ label }) => label)).toEqual([
      'bigan',
      'bigan-pgp λ 0.1',
      'bigan-pgp λ 1',
      'bigan-pgp λ 10',
    ]);
    expect(data.groups[2]?.trials).toHaveLength(2);
    expect(data.groups[2]?.settings).toEqual({ 'penalty.weight': 1 });
    expect(data.groups[0]?.settings).toEqual({});
  });

  it('of tuned settings compare every method in its own, though they have no setting in common', async () => {
    const tuned = (method: 'gan' | 'bigan', batch: number) => {
      const spec = specOf(method, 0);
      return { ...spec, training: { ...spec.training, batch } };
    };
    const varied = { preset: 'tuned', varied: ['training.batch'] };
    const data = await dataOf([trialOf(tuned('gan', 16), 9, varied), trialOf(tuned('bigan', 32), 9, varied)]);
    expect(data.mainOf.get('tuned')?.map(({ method }) => method)).toEqual(['gan', 'bigan']);
  });

  it('keep presets apart and say so', async () => {
    const data = await dataOf([
      trialOf(specOf('gan', 0), 9),
      trialOf(short(0, 'gan'), 2, { preset: 'smoke' }),
      trialOf(short(0, 'bigan'), 2, { preset: 'smoke' }),
    ]);
    expect(data.groups.map(({ label }) => label)).toEqual(['gan', 'gan (smoke)', 'bigan (smoke)']);
    expect(data.swept).toEqual([]);
  });

  it('are called by what was set, not by what follows from it, and as declared where several values would tell', async () => {
    const longer = (steps: number, average: number) => {
      const spec = specOf('gan', 0);
      const training = { ...spec.training, steps, average };
      return { ...spec, training, evaluation: { ...spec.evaluation, every: steps / 20 } };
    };
    const labelsOf = async (...trials: Parameters<typeof dataOf>[0]) =>
      (await dataOf(trials)).groups.map(({ label }) => label);
    const set = (...varied: string[]) => ({ varied });
    const declared = trialOf(specOf('gan', 0), 9);
    const steps = trialOf(longer(16_000, 0.998), 9, set('training.steps'));
    const both = trialOf(longer(16_000, 0.9), 9, set('training.steps', 'training.average'));
    expect(await labelsOf(declared, steps)).toEqual(['gan steps 8000', 'gan steps 16000']);
    expect(await labelsOf(declared, steps, both)).toEqual([
      'gan (declared)',
      'gan average 0.9 steps 16000',
      'gan average 0.998 steps 16000',
    ]);
    // Two that nobody set anything for, as where the experiment's file changed between them: only the values tell them apart.
    expect(await labelsOf(declared, trialOf(longer(16_000, 0.998), 9))).toEqual([
      'gan every 400 steps 8000',
      'gan every 800 steps 16000',
    ]);
  });

  it('find what an edited experiment changed between two runs', async () => {
    const data = await dataOf([trialOf(specOf('gan', 0), 9), trialOf(short(1, 'gan'), 2)]);
    expect(data.swept).toEqual(['training.steps']);
    expect(data.groups.map(({ label }) => label)).toEqual(['gan steps 200', 'gan steps 8000']);
  });
});

describe('the groups to compare', () => {
  it('are of one setting: never methods of different budgets side by side', async () => {
    const data = await dataOf([
      ...[0, 1, 2].map((seed) => trialOf(short(seed, 'gan'), 2, { varied: ['training.steps'] })),
      ...(['gan', 'bigan'] as const).map((method) => trialOf(specOf(method, 0), 9)),
    ]);
    expect(data.main.map(({ method, spec }) => [method, spec.training.steps])).toEqual([
      ['gan', 8000],
      ['bigan', 8000],
    ]);
  });

  it('are measured alike: one measure more sets nobody apart, another setting of a measure does', async () => {
    const measured = (method: 'gan' | 'bigan', ...more: ResolvedSpec['measures']) => {
      const spec = specOf(method, 0);
      return { ...spec, measures: [...spec.measures, ...more] };
    };
    const bins = (count: number) => ({ kind: 'ndb', bins: count });
    const methodsCompared = async (...specs: ResolvedSpec[]) =>
      (await dataOf(specs.map((spec) => trialOf(spec, 9)))).main.map(({ method }) => method);
    expect(await methodsCompared(measured('gan'), measured('bigan', bins(20)))).toEqual(['gan', 'bigan']);
    expect(await methodsCompared(measured('gan', bins(10)), measured('bigan', bins(20)))).toHaveLength(1);
  });

  it('show a guided method beside the others, though the terms of its guide are its own', async () => {
    const guided = (variety: number) => specOf('guided', 0, { guidance: { classification: 1, variety } });
    const data = await dataOf([
      trialOf(specOf('gan', 0), 9),
      trialOf(guided(1), 9),
      ...[0, 2].map((variety) => trialOf(guided(variety), 9, { varied: ['guidance.variety'] })),
    ]);
    expect(data.main.map(({ method }) => method)).toEqual(['gan', 'guided']);
    expect(data.main[1]?.settings).toEqual({ 'guidance.variety': 1 });
  });

  it('show a swept method as it was run without the sweep', async () => {
    const data = await dataOf([
      ...[0, 1].map((seed) => trialOf(pgp(seed, 10), 9, { varied: ['penalty.weight'] })),
      trialOf(pgp(0, 1), 9),
    ]);
    expect(data.main.map(({ label }) => label)).toEqual(['bigan-pgp λ 1']);
  });

  it('know which trials are of the experiment as declared', async () => {
    const data = await dataOf([trialOf(pgp(0, 1), 9), trialOf(pgp(0, 10), 9, { varied: ['penalty.weight'] })]);
    expect(data.groups.map(({ asDeclared }) => asDeclared)).toEqual([true, false]);
  });
});

it('calls settings as people do', () => {
  expect(pathText('penalty.weight')).toBe('λ');
  expect(pathText('training.batch')).toBe('batch');
  expect(pathText('a.weight', ['a.weight', 'b.weight'])).toBe('a.weight');
  expect(valueText([64, 64])).toBe('[64,64]');
  expect(valueText('relu')).toBe('relu');
});
