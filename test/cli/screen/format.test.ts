import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { none } from '../../../src/base/number-words.ts';
import { clip, decimal, duration, wrap } from '../../../src/cli/screen/format.ts';

describe('duration', () => {
  it.each([
    [0.04, '0.0s'],
    [9.4, '9.4s'],
    [41.2, '41s'],
    [185, '3m 05s'],
    [7620, '2h 07m'],
    [7199.9, '2h 00m'],
    [Number.NaN, none],
    [Number.POSITIVE_INFINITY, none],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('decimal', () => {
  it('drops decimals of large numbers and shows what is not defined as a dash', () => {
    expect([0.1234, 12.345, 123.45, 12345.6, Number.NaN].map((value) => decimal(value, 2))).toEqual([
      '0.12',
      '12.35',
      '123.5',
      '12346',
      none,
    ]);
  });
});

describe('words', () => {
  it('clips with an ellipsis', () => {
    expect([clip('abcdef', 6), clip('abcdef', 4)]).toEqual(['abcdef', 'abc…']);
  });

  it('wraps without losing a word, and never wider than asked where words allow', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (text, width) => {
        const lines = wrap(text.join(' '), width).split('\n');
        expect(lines.join(' ')).toBe(text.join(' '));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }),
    );
  });
});
