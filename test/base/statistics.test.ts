/** Statistics over seeds against SciPy and against bootstrap distributions that were enumerated in full. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  interquartileMean,
  mean,
  min,
  pairedDifference,
  probabilityOfImprovement,
  probabilityOfImprovementInterval,
  standardError,
  stratifiedBootstrapInterval,
} from '../../src/base/statistics.ts';

const scores = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
const five = [1, 2, 4, 8, 16];
const three = [0, 10, 20];

describe('points', () => {
  test('mean, min and standard error; scipy.stats.sem gives 0.7135060680126758', () => {
    expect(mean(scores)).toBe(4);
    expect(min(scores)).toBe(1);
    expect(standardError(scores)).toBeCloseTo(0.7135060680126758, 14);
    expect(standardError([2, 4])).toBe(1);
  });

  // scipy.stats.trim_mean(scores[:n], 0.25), SciPy 1.17
  test.each([
    [1, 3],
    [2, 2],
    [3, 2.6666666666666665],
    [4, 2],
    [5, 2.6666666666666665],
    [8, 3.5],
    [11, 3.857142857142857],
  ])('interquartile mean of the first %i', (n, expected) => {
    expect(interquartileMean(scores.slice(0, n))).toBeCloseTo(expected, 14);
  });

  test('what is not defined is NaN, and NaN is never averaged away', () => {
    expect([mean([]), min([]), standardError([]), standardError([1]), interquartileMean([])]).toEqual(
      Array(5).fill(Number.NaN),
    );
    const broken = [1, Number.NaN, 2, 3, 4];
    expect([mean(broken), min(broken), standardError(broken), interquartileMean(broken)]).toEqual(
      Array(4).fill(Number.NaN),
    );
    expect(stratifiedBootstrapInterval([broken], mean, { resamples: 100 })).toEqual({
      low: Number.NaN,
      high: Number.NaN,
    });
    expect(probabilityOfImprovement([1, Number.NaN], [0])).toBeNaN();
  });

  test('the input is left in its order', () => {
    const values = [3, 1, 2];
    interquartileMean(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('stratified bootstrap', () => {
  test('one group: all 3,125 resamples of five scores put the mean between 2 and 11.4 at 95 %', () => {
    // numpy.percentile over itertools.product; scipy.stats.bootstrap (percentile, 200,000) says the same
    const { low, high } = stratifiedBootstrapInterval([five], mean);
    expect(Math.abs(low - 2)).toBeLessThan(0.25);
    expect(Math.abs(high - 11.4)).toBeLessThan(0.25);
  });

  test('two groups are redrawn each within itself: all 3,125 × 27 resamples give 3.25 to 12.25', () => {
    const { low, high } = stratifiedBootstrapInterval([five, three], mean);
    expect(Math.abs(low - 3.25)).toBeLessThan(0.3);
    expect(Math.abs(high - 12.25)).toBeLessThan(0.3);
    // groups that do not vary within themselves leave nothing to chance, which pooling them would
    expect(
      stratifiedBootstrapInterval(
        [
          [1, 1],
          [9, 9],
        ],
        mean,
        { resamples: 200 },
      ),
    ).toEqual({ low: 5, high: 5 });
  });

  test('the seed decides; more confidence is wider', () => {
    const at = (seed: number, confidence = 0.95) =>
      stratifiedBootstrapInterval([scores], interquartileMean, { seed, confidence, resamples: 500 });
    expect(at(1)).toEqual(at(1));
    expect([at(2), at(3), at(4)]).not.toEqual([at(1), at(1), at(1)]);
    expect(at(1, 0.99).low).toBeLessThan(at(1, 0.8).low);
    expect(at(1, 0.99).high).toBeGreaterThan(at(1, 0.8).high);
  });

  test('an interval lies within the scores and shifts with them', () => {
    const score = fc.integer({ min: -99, max: 99 });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 8 }), score, (values, shift) => {
        const { low, high } = stratifiedBootstrapInterval([values], mean, { resamples: 50 });
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        expect(low).toBeLessThanOrEqual(high);
        const shifted = stratifiedBootstrapInterval([values.map((value) => value + shift)], mean, { resamples: 50 });
        expect(shifted.low).toBeCloseTo(low + shift, 9);
      }),
      { numRuns: 50 },
    );
  });
});

describe('comparisons', () => {
  const ours = [3, 5, 7, 7, 9];
  const theirs = [2, 5, 6, 8];

  test('probability of improvement is scipy.stats.mannwhitneyu’s U over n·m, 0.625; the other way round the rest', () => {
    expect(probabilityOfImprovement(ours, theirs)).toBe(0.625);
    expect(probabilityOfImprovement(theirs, ours)).toBe(0.375);
    expect(probabilityOfImprovement(ours, ours)).toBe(0.5);
  });

  test('its interval: all 3,125 × 256 resamples give 0.2 to 1', () => {
    const { low, high } = probabilityOfImprovementInterval(ours, theirs);
    expect(Math.abs(low - 0.2)).toBeLessThan(0.051); // one step of the distribution
    expect(Math.abs(high - 1)).toBeLessThan(0.051);
  });

  test('paired difference: common seeds alone, in their order, with an interval about the mean', () => {
    const a = new Map([
      [3, 10],
      [0, 5],
      [1, 7],
      [9, 100],
      [4, Number.NaN],
    ]);
    const b = new Map([
      [0, 4],
      [1, 5],
      [3, 7],
      [4, 1],
      [8, -100],
    ]);
    const { mean: difference, seeds, low, high } = pairedDifference(a, b);
    expect(difference).toBe(2);
    expect(seeds).toEqual([0, 1, 3]);
    // 27 resamples of (1, 2, 3): the mean is 1 or 3 with 1/27 each, so the 2.5 % tails end there
    expect([low, high]).toEqual([1, 3]);
    const reversed = (map: Map<number, number>) => new Map([...map].reverse());
    expect(pairedDifference(reversed(a), reversed(b))).toEqual({ mean: 2, seeds: [0, 1, 3], low, high });
  });

  test('no common seed, no difference', () => {
    expect(pairedDifference(new Map([[0, 1]]), new Map([[1, 1]]), { resamples: 10 })).toEqual({
      mean: Number.NaN,
      seeds: [],
      low: Number.NaN,
      high: Number.NaN,
    });
  });
});
