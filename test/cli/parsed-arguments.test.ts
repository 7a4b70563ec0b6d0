/** What is typed after options of `latent`, as values or refused by name. */
import { describe, expect, it } from 'vitest';
import { wholeNumber } from '../../src/base/whole-number.ts';
import { indicesOf, listOf, numberFrom, oneOf } from '../../src/cli/parsed-arguments.ts';

describe('typed values', () => {
  it('are read, or usual where nothing was typed', () => {
    expect(wholeNumber('steps', '7', 10, [2, 60])).toBe(7);
    expect(wholeNumber('steps', undefined, 10, [2, 60])).toBe(10);
    expect(numberFrom('rate', '1e-2', 1, true)).toBe(0.01);
    expect(numberFrom('features', '0', 1, false)).toBe(0);
    expect(oneOf('path', 'linear', ['linear', 'spherical'])).toBe('linear');
    expect(listOf('between', 'a.png, b.png')).toEqual(['a.png', 'b.png']);
    expect(indicesOf('dimensions', '3,0, 12')).toEqual([3, 0, 12]);
  });

  it.each<[() => unknown, string]>([
    [() => wholeNumber('steps', '1', 10, [2, 60]), "--steps: expected a whole number from 2 to 60, got '1'"],
    [() => wholeNumber('steps', '2.5', 10, [2, 60]), "--steps: expected a whole number from 2 to 60, got '2.5'"],
    [() => wholeNumber('seed', '-1', 0, [0, 9]), "--seed: expected a whole number from 0 to 9, got '-1'"],
    [() => numberFrom('rate', '0', 1, true), "--rate: expected a number above 0, got '0'"],
    [() => numberFrom('rate', 'fast', 1, true), "--rate: expected a number above 0, got 'fast'"],
    [() => numberFrom('features', '-1', 1, false), "--features: expected a number from 0, got '-1'"],
    [() => numberFrom('features', ' ', 1, false), "--features: expected a number from 0, got ' '"],
    [
      () => oneOf('path', 'linar', ['linear', 'spherical']),
      "--path: expected linear or spherical, got 'linar'; did you mean 'linear'?",
    ],
    [() => listOf('between', 'a.png,'), "--between: expected words separated by commas, got 'a.png,'"],
    [() => indicesOf('dimensions', '1,1'), "--dimensions: expected different whole numbers as in 0,1,2, got '1'"],
    [() => indicesOf('dimensions', '0,-1'), "--dimensions: expected different whole numbers as in 0,1,2, got '-1'"],
  ])('are refused in one line: %s', (read, message) => {
    expect(read).toThrow(message);
  });
});
