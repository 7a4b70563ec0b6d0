import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnInfo } from '../../src/schema/column-info.ts';
import { bestCurve, expectedBest, importances } from '../../src/summary/search-statistics.ts';

const modes: ColumnInfo = { name: 'modes', title: 'modes', unit: 'count', digits: 1, better: 'more' };

describe('the expected best of k draws', () => {
  it('is the mean of one, and that of every pair for two', () => {
    const values = [1, 4, 4, 9, 12];
    const pairs = values.flatMap((a) => values.map((b) => Math.max(a, b)));
    const [one, two] = expectedBest(values);
    expect(one).toBeCloseTo(6, 12);
    expect(two).toBeCloseTo(pairs.reduce((sum, value) => sum + value, 0) / 25, 12);
  });

  it('never falls with more draws and never passes the best', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const curve = expectedBest(sorted);
        for (const [at, value] of curve.entries()) {
          expect(value).toBeGreaterThanOrEqual((curve[at - 1] ?? 0) - 1e-9);
          expect(value).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1e-9);
        }
      }),
    );
  });

  it('has a band around it that is a line where all draws are alike, and what is not defined counts as nothing', () => {
    const alike = bestCurve(
      Array.from({ length: 5 }, () => ({ values: { modes: 7 } })),
      modes,
    );
    for (const { low, high, expected } of alike) {
      for (const value of [low, high, expected]) expect(value).toBeCloseTo(7, 9);
    }
    const curve = bestCurve([{ values: { modes: 10 } }, { values: { modes: Number.NaN } }], modes);
    expect(curve.map(({ draws, expected }) => [draws, expected])).toEqual([
      [1, 5],
      [2, 7.5],
    ]);
    expect(curve[0]).toMatchObject({ low: 0, high: 10 });
  });
});

describe('the importance of a setting', () => {
  /** Best first: the rate decides, the batch does nothing, the kind is always the same. */
  const ranked = Array.from({ length: 16 }, (_, at) => ({
    settings: { rate: String(1 - at / 100), batch: String([1, 2, 2, 1][at % 4]), kind: 'adam' },
  }));

  it('is high where the order of the draws goes with it, with the way it goes', () => {
    const found = new Map(importances(ranked).map((one) => [one.path, one]));
    expect([...found.keys()]).toEqual(['batch', 'rate']);
    expect(found.get('rate')?.share).toBeGreaterThan(0.8);
    expect(found.get('rate')?.correlation).toBeCloseTo(1, 12);
    expect(found.get('rate')?.p).toBeLessThan(0.01);
    expect(found.get('batch')?.share).toBeCloseTo(0, 12);
    expect(found.get('batch')?.byChance).toBeCloseTo(1 / 15, 12);
    expect(found.get('batch')?.p).toBe(1);
  });

  it('is not told of fewer than four draws', () => {
    expect(importances(ranked.slice(0, 3))).toEqual([]);
  });
});
