import { describe, expect, it } from 'vitest';
import type { Labels } from '../../src/datasets/dataset.ts';
import { correctShare, outputCount, targetsOf, toProbabilities } from '../../src/scorers/label-outputs.ts';

/** Two heads, of two and of three values. */
const heads: Labels = {
  kind: 'classes',
  heads: [
    ['a', 'b'],
    ['x', 'y', 'z'],
  ],
};
const attributes: Labels = { kind: 'attributes', names: ['hat', 'glasses', 'beard'] };

it('a head has an output a value, attributes one each', () => {
  expect([outputCount(heads), outputCount(attributes)]).toEqual([5, 3]);
});

it('targets are a one in every head’s block, or the attributes themselves', () => {
  expect([...targetsOf(heads, Uint8Array.of(1, 0, 0, 2))]).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 0, 1]);
  expect([...targetsOf(attributes, Uint8Array.of(1, 0, 1, 0, 0, 1))]).toEqual([1, 0, 1, 0, 0, 1]);
});

describe('the share of right answers', () => {
  it('counts heads, by their largest logit', () => {
    const logits = Float32Array.of(2, 1, -1, 0, -3, -5, -4, 9, 0, 10);
    // Says a and y, then b and z.
    expect(correctShare(heads, logits, Uint8Array.of(0, 1, 1, 2))).toBe(1);
    expect(correctShare(heads, logits, Uint8Array.of(0, 0, 1, 2))).toBe(0.75);
    expect(correctShare(heads, logits, Uint8Array.of(1, 0, 0, 0))).toBe(0);
  });

  it('counts attributes, there where their logit is above 0', () => {
    const logits = Float32Array.of(2, -1, 0, -2, 5, 1);
    expect(correctShare(attributes, logits, Uint8Array.of(1, 0, 0, 0, 1, 1))).toBe(1);
    expect(correctShare(attributes, logits, Uint8Array.of(1, 0, 1, 0, 1, 0))).toBeCloseTo(4 / 6, 12);
  });
});

describe('probabilities', () => {
  it('of classes add up to 1 in every head', () => {
    const ln = Math.log;
    const found = toProbabilities(heads, Float32Array.of(ln(1), ln(3), ln(2), ln(5), ln(3), 7, 7, -1, -1, -1));
    const third = 1 / 3;
    [0.25, 0.75, 0.2, 0.5, 0.3, 0.5, 0.5, third, third, third].forEach((value, index) => {
      expect(found[index]).toBeCloseTo(value, 6);
    });
  });

  it('of classes are finite however large the logits', () => {
    expect([...toProbabilities(heads, Float32Array.of(1e30, 0, -1e30, 0, 0))]).toEqual([1, 0, 0, 0.5, 0.5]);
  });

  it('of attributes are each between 0 and 1', () => {
    const found = toProbabilities(attributes, Float32Array.of(0, Math.log(3), -200));
    [0.5, 0.75, 0].forEach((value, index) => void expect(found[index]).toBeCloseTo(value, 6));
  });
});
