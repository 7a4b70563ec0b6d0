/** Ranks, by hand and in general. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanPlace, type Rank, ranksOf } from '../../../src/report/leaderboard/ranks.ts';

const worst = Number.NEGATIVE_INFINITY;

describe('ranks', () => {
  it('are places on common seeds, by the first part of the key that differs; equal keys share theirs', () => {
    const ranks = ranksOf([
      [
        [0, [25, 0.8]],
        [1, [25, 0.9]],
        [7, [1, 1]],
      ], // nobody else has seed 7
      [
        [0, [25, 0.9]],
        [1, [25, 0.9]],
      ],
      [
        [0, [24, 1]],
        [1, [worst, worst]],
      ],
    ]);
    expect(ranks.map((rank) => rank?.ranks)).toEqual([
      [2, 1.5],
      [1, 1.5],
      [3, 3],
    ]);
    expect(ranks.map((rank) => rank?.mean)).toEqual([1.75, 1.25, 3]);
    const [first, , last] = ranks as [Rank, Rank, Rank]; // one for each
    expect([first.low, first.high]).toEqual([1.5, 2]); // of two seeds, their range
    expect([last.low, last.high, last.among]).toEqual([3, 3, 3]);
  });

  it('are none where one method is alone or no seed is common', () => {
    expect(ranksOf([[[0, [1]]]])).toEqual([undefined]);
    expect(ranksOf([[[0, [1]]], [[1, [1]]]])).toEqual([undefined, undefined]);
    expect(ranksOf([])).toEqual([]);
  });

  it('sum to the same on every seed, whatever was reached', () => {
    const keys = fc.array(fc.tuple(fc.constantFrom(worst, 0, 1), fc.constantFrom(0, 1)), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(keys, (all) => {
        const ranks = ranksOf(all.map((key) => [[0, key]]));
        const sum = ranks.reduce((total, rank) => total + (rank?.mean ?? Number.NaN), 0);
        expect(sum).toBeCloseTo((all.length * (all.length + 1)) / 2);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the mean place', () => {
  it('is the share of the way from first to last, over all boards', () => {
    const [first, last] = ranksOf([[[0, [2]]], [[0, [1]]]]) as [Rank, Rank];
    expect(meanPlace([first])).toEqual({ mean: 0, low: 0, high: 0 });
    expect(meanPlace([first, last])).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
    expect(meanPlace([])).toBeUndefined();
  });
});
