import { describe, expect, it } from 'vitest';
import { columnInfo } from '../../src/summary/column-info.ts';
import { difference, improvement, isClear, Statistic, turned } from '../../src/summary/statistics.ts';
import { groupRow } from '../../src/summary/summarise.ts';
import { dataOf, recordOf, specOf, trialOf } from '../report/sample-store.ts';

describe('statistics of one group', () => {
  // SciPy 1.x: stats.sem, stats.trim_mean(x, 0.25); NumPy: percentiles 2.5 and 97.5 of the interquartile means of 400,000
  // resamples of the same five values (np.random.default_rng(1)).
  it('are those of SciPy and NumPy', () => {
    const found = new Statistic([21, 25, 23, 24, 18]);
    expect(found).toMatchObject({ min: 18, max: 25, seeds: 5 });
    expect(found.mean).toBeCloseTo(22.2, 12);
    expect(found.standardError).toBeCloseTo(1.2409673645990855, 12);
    expect(found.iqm).toBeCloseTo(22.666666666666668, 12);
    expect(Math.abs(found.interval.low - 19)).toBeLessThan(0.4);
    expect(Math.abs(found.interval.high - 24.666667)).toBeLessThan(0.4);
  });

  it('do not resample what cannot vary', () => {
    expect(new Statistic([25, 25, 25]).interval).toEqual({ low: 25, high: 25 });
    expect(new Statistic([7])).toMatchObject({ mean: 7, standardError: Number.NaN, seeds: 1 });
  });

  it('say of how many seeds they are, and take what is not defined for the worst', () => {
    const found = new Statistic([0.8, Number.NaN, 0.1], 4);
    expect(found).toMatchObject({ min: 0.1, max: 0.8, seeds: 2, of: 4, isWhole: false });
    expect(found.mean).toBeCloseTo(0.45, 12);
    expect(found.worst({ better: 'less' })).toBeNaN();
    expect(found.worst({ better: 'more' })).toBeNaN();
    expect(new Statistic([0.8, 0.1], 3).worst({ better: 'less' })).toBe(0.8); // an older trial without the metric
    expect(new Statistic([Number.NaN])).toMatchObject({ mean: Number.NaN, max: Number.NaN, seeds: 0, of: 1 });
  });

  it('leave out trials that are not done, and count them', async () => {
    const data = await dataOf([
      trialOf(specOf('bigan', 0), 10),
      trialOf(specOf('bigan', 1), 20, { status: 'diverged', reason: 'lossD is not finite at step 4' }),
      recordOf(specOf('bigan', 2), {}, { status: 'failed', reason: 'killed' }),
    ]);
    const row = groupRow(data.groups[0] as (typeof data.groups)[number]);
    expect(row).toMatchObject({ seeds: 3, done: 1, diverged: 1, failed: 1 });
    expect(row.metrics.modesCaptured).toMatchObject({ mean: 10, seeds: 1 });
  });
});

describe('method against method', () => {
  const ours = [0.1, 0.2, 0.4];
  const theirs = [0.2, 0.5, 0.6, 0.3];
  const both = () =>
    dataOf([
      ...ours.map((reverseKL, seed) => recordOf(specOf('bigan-pgp', seed), { reverseKL })),
      ...theirs.map((reverseKL, seed) => recordOf(specOf('bigan', seed), { reverseKL })),
    ]);

  // SciPy: stats.mannwhitneyu(theirs, ours).statistic / 12, for less is better.
  it('knows where less is better', async () => {
    const [bigan, pgp] = (await both()).groups;
    if (!bigan || !pgp) throw new Error('two groups');
    const info = columnInfo('reverseKL');
    expect(improvement(pgp, bigan, info).probability).toBeCloseTo(0.7916666666666666, 12);
    expect(improvement(bigan, pgp, info).probability).toBeCloseTo(1 - 0.7916666666666666, 12);
    const there = improvement(bigan, pgp, info);
    const { probability, interval } = turned(improvement(pgp, bigan, info));
    expect(probability).toBeCloseTo(there.probability, 12);
    expect(interval.low).toBe(0);
    expect(Math.abs(interval.high - there.interval.high)).toBeLessThan(0.05);
    // NumPy: percentiles of 100,000 resamples of both sides.
    const { low, high } = improvement(pgp, bigan, info).interval;
    expect(Math.abs(low - 0.3333)).toBeLessThan(0.05);
    expect(high).toBe(1);
  });

  it('takes differences on the seeds that both have', async () => {
    const [bigan, pgp] = (await both()).groups;
    if (!bigan || !pgp) throw new Error('two groups');
    const found = difference(pgp, bigan, columnInfo('reverseKL'));
    expect(found.seeds).toEqual([0, 1, 2]);
    expect(found.mean).toBeCloseTo((0.1 - 0.2 + (0.2 - 0.5) + (0.4 - 0.6)) / 3, 12);
  });

  it('ranks what is not defined last, and pairs no seed with it', async () => {
    const values = { 'bigan-pgp': [0.1, Number.NaN, Number.NaN], bigan: [0.9, 0.9, Number.NaN] } as const;
    const data = await dataOf(
      (['bigan-pgp', 'bigan'] as const).flatMap((method) =>
        values[method].map((reverseKL, seed) => recordOf(specOf(method, seed), { reverseKL })),
      ),
    );
    const [bigan, pgp] = data.groups;
    if (!bigan || !pgp) throw new Error('two groups');
    const info = columnInfo('reverseKL');
    // of nine pairs of runs 0.1 wins three, and two undefined ones tie twice
    expect(improvement(pgp, bigan, info).probability).toBeCloseTo((3 + 2 * 0.5) / 9, 12);
    expect(difference(pgp, bigan, info)).toMatchObject({ mean: expect.closeTo(-0.8, 12), seeds: [0], of: 3 });
    expect(difference(pgp, bigan, columnInfo('fid'))).toMatchObject({ seeds: [], of: 0 });
  });

  it('is clear from five pairs on', async () => {
    const clearOf = async (seeds: number) => {
      const data = await dataOf(
        Array.from({ length: seeds }, (_, seed) => [
          recordOf(specOf('bigan', seed), { reverseKL: 1 + 0.01 * seed }),
          recordOf(specOf('bigan-pgp', seed), { reverseKL: 0.1 }),
        ]).flat(),
      );
      const [bigan, pgp] = data.groups;
      if (!bigan || !pgp) throw new Error('two groups');
      return isClear(difference(pgp, bigan, columnInfo('reverseKL')));
    };
    expect([await clearOf(2), await clearOf(4), await clearOf(5)]).toEqual([false, false, true]);
  });

  it('says nothing of a method that has no value', async () => {
    const data = await dataOf([
      recordOf(specOf('bigan', 0), {}, { status: 'failed' }),
      recordOf(specOf('bigan-pgp', 0), { reverseKL: 1 }),
    ]);
    const [bigan, pgp] = data.groups;
    if (!bigan || !pgp) throw new Error('two groups');
    expect(improvement(pgp, bigan, columnInfo('reverseKL')).probability).toBeNaN();
    expect(difference(pgp, bigan, columnInfo('reverseKL'))).toMatchObject({ mean: Number.NaN, seeds: [] });
  });
});
