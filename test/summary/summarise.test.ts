import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/summary/summarise.ts';
import { recordOf, specOf } from '../cli/records.ts';

describe('summarise', () => {
  it('gives mean, standard error and range over seeds, worked out by hand', () => {
    const records = [20, 22, 24].map((modes, seed) => recordOf(specOf('bigan', seed), { modesCaptured: modes }));
    const [row] = summarise(records, []);
    expect(row?.metrics.modesCaptured).toMatchObject({
      mean: 22,
      standardError: expect.closeTo(2 / Math.sqrt(3), 12), // s = 2 with n - 1
      min: 20,
      max: 24,
      seeds: 3,
    });
  });

  it('keeps diverged and failed trials out of the statistics and counts them', () => {
    const records = [
      recordOf(specOf('gan', 0), { modesCaptured: 10 }),
      recordOf(specOf('gan', 1), { modesCaptured: 1 }, { status: 'diverged' }),
      recordOf(specOf('gan', 2), {}, { status: 'failed' }),
    ];
    expect(summarise(records, [])).toMatchObject([
      {
        done: 1,
        diverged: 1,
        failed: 1,
        metrics: { modesCaptured: { mean: 10, standardError: Number.NaN, seeds: 1 } },
      },
    ]);
  });

  it('leaves values out that are not defined, and says over how many seeds a mean is', () => {
    const records = [0.5, Number.NaN].map((value, seed) => recordOf(specOf('gan', seed), { reverseKL: value }));
    expect(summarise(records, [])[0]?.metrics.reverseKL).toMatchObject({ mean: 0.5, seeds: 1 });
  });

  it('has a row for each swept value, and one for a method without the swept setting', () => {
    const pgp = (weight: number) => specOf('bigan-pgp', 0, { penalty: { weight, form: 'squared' } });
    const records = [recordOf(specOf('bigan', 0), {}), recordOf(pgp(0.1), {}), recordOf(pgp(10), {})];
    const rows = summarise(records, ['penalty.weight']);
    expect(rows.map(({ method, varied }) => [method, varied])).toEqual([
      ['bigan', {}],
      ['bigan-pgp', { 'penalty.weight': 0.1 }],
      ['bigan-pgp', { 'penalty.weight': 10 }],
    ]);
  });

  it('counts of the time of a stack each trial’s share', () => {
    const stacked = { wallSeconds: 16, stack: 8 };
    const records = [recordOf(specOf('gan', 0), {}, stacked), recordOf(specOf('gan', 1), {}, { wallSeconds: 6 })];
    expect(summarise(records, [])[0]?.secondsATrial).toBe(4); // of 2 and 6
  });

  it('puts the rows of a method together whatever the order of seeds', () => {
    const records = [0, 1].flatMap((seed) => [recordOf(specOf('gan', seed), {}), recordOf(specOf('bigan', seed), {})]);
    expect(summarise(records, []).map(({ method, done }) => [method, done])).toEqual([
      ['gan', 2],
      ['bigan', 2],
    ]);
  });
});
