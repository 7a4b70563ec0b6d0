import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { parseSeeds } from '../../src/experiment/seeds.ts';

describe('parseSeeds', () => {
  it.each([
    ['5', [0, 1, 2, 3, 4]],
    ['1', [0]],
    ['7,9', [7, 9]],
    ['9, 7', [9, 7]],
    ['10..14', [10, 11, 12, 13, 14]],
    ['7..7', [7]],
    ['1,4..6', [1, 4, 5, 6]],
  ])('%s', (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds);
  });

  it.each([
    ['0', 'at least one seed'],
    ['', 'expected a count'],
    ['five', "got 'five'"],
    ['-1', 'whole numbers from 0'],
    ['1.5', 'whole numbers'],
    ['7,', 'expected a count'],
    ['1..', 'expected a count'],
    ['6..4', "did you mean '4..6'?"],
    ['1,1', 'seed 1 is named twice'],
    ['3,1..5', 'seed 3 is named twice'],
    ['100001', 'at most 100000'],
    ['0..100000', 'at most 100000'],
    ['0..99999,200000', 'at most 100000'],
    ['99999999999999999999', 'above'],
    ['1e3', 'expected a count'],
  ])('refuses %s in one line', (text, says) => {
    expect(() => parseSeeds(text)).toThrow(UsageError);
    expect(() => parseSeeds(text)).toThrow(says);
  });

  it('takes the largest plan that is allowed', () => {
    expect(parseSeeds('100000')).toHaveLength(100_000);
  });

  it('gives distinct whole numbers or one line of refusal, whatever it is fed', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789,.- e'), maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(digits, fc.string()), (text) => {
        try {
          const seeds = parseSeeds(text);
          expect(new Set(seeds).size).toBe(seeds.length);
          expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error)).not.toContain('\n');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads back every list of ranges that it could have been given', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 2, maxLength: 20 }), (seeds) => {
        expect(parseSeeds(seeds.join(','))).toEqual(seeds);
        expect(parseSeeds(seeds.map((seed) => `${seed}..${seed}`).join(','))).toEqual(seeds);
      }),
    );
  });
});
