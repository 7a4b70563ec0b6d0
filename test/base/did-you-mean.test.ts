import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearestName } from '../../src/base/did-you-mean.ts';

describe('nearestName', () => {
  it('finds the name behind slips of one or two letters', () => {
    expect(nearestName('bigan-pgq', ['gan', 'bigan', 'bigan-pgp'])).toBe('bigan-pgp');
    expect(nearestName('trainnig.steps', ['training.steps', 'training.batch'])).toBe('training.steps');
    expect(nearestName('GRID25', ['grid25', 'ring8'])).toBe('grid25');
  });

  it('stays silent where nothing is near', () => {
    expect(nearestName('zebra', ['gan', 'bigan-pgp'])).toBeUndefined();
    expect(didYouMean('zebra', ['gan'])).toBe('');
    expect(didYouMean('ring', ['ring8'])).toBe("; did you mean 'ring8'?");
  });
});

describe('editDistance', () => {
  it('counts insertions, deletions, substitutions and swaps of neighbours (worked by hand)', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is symmetric, is 0 for equal words alone, and never exceeds the longer word', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
