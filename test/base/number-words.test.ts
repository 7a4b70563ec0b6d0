import { expect, it } from 'vitest';
import { countText, listed, plural, significant } from '../../src/base/number-words.ts';

it('counts in the singular and the plural', () => {
  expect([plural(1, 'trial'), plural(1200, 'trial')]).toEqual(['1 trial', '1,200 trials']);
  expect(countText(8000)).toBe('8,000');
});

it('lists words as a sentence does', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});

it('rounds to significant digits', () => {
  expect([0.123456, 1234.56, Number.NaN].map((value) => significant(value, 2))).toEqual([0.12, 1200, Number.NaN]);
});
