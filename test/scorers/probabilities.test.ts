/** What is a probability, and what is none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Labels } from '../../src/datasets/dataset.ts';
import { toProbabilities } from '../../src/scorers/label-outputs.ts';
import { areProbabilities, impossibleRows } from '../../src/scorers/probabilities.ts';

const classes = (...sizes: number[]): Labels => ({
  kind: 'classes',
  heads: sizes.map((size) => Array.from({ length: size }, (_, value) => `${value}`)),
});
const attributes: Labels = { kind: 'attributes', names: ['hat', 'beard'] };
const rows = (...values: number[]) => Float32Array.of(...values);

describe('probabilities', () => {
  it('of every head add up to 1 and lie between 0 and 1; NaN is another matter', () => {
    const labels = classes(2, 3);
    const given = rows(0.5, 0.5, 0.2, 0.3, 0.5, 0.5, 0.6, 0, 0, 1, -1, 2, 0, 0, 1, Number.NaN, 0, 0, 0, 1);
    expect([...impossibleRows(labels, given)]).toEqual([0, 1, 1, 0]);
    expect([...impossibleRows(attributes, rows(0, 1, 0.5, 0.9, 1.2, 0, -0.2, 0))]).toEqual([0, 0, 1, 1]);
  });

  it('that a softmax or a sigmoid made are possible, whatever the logits', () => {
    const logits = fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(logits, { minLength: 1, maxLength: 8 }), (given) => {
        const made = toProbabilities(classes(2, 3), Float32Array.from(given.flat()));
        expect(impossibleRows(classes(2, 3), made)).not.toContain(1);
        const pairs = Float32Array.from(given.flatMap((row) => row.slice(0, 2)));
        expect(impossibleRows(attributes, toProbabilities(attributes, pairs))).not.toContain(1);
      }),
    );
  });
});

describe('logits', () => {
  it('are probabilities where all of many rows add up to 1, and not by chance', () => {
    const one = [0.25, 0.5, 0.25];
    expect(areProbabilities(classes(3), rows(...one, ...one, ...one))).toBe(true);
    expect(areProbabilities(classes(3), rows(...one))).toBe(false); // one row may
    expect(areProbabilities(classes(3), rows(...one, ...one, 0.2, 0.5, 0.2))).toBe(false);
    expect(areProbabilities(classes(3), rows(...one, ...one, 1, -1, 1))).toBe(false);
    expect(areProbabilities(attributes, rows(...Array<number>(20).fill(0.5)))).toBe(false); // nobody can tell
    expect(areProbabilities(classes(1), rows(...Array<number>(20).fill(1)))).toBe(false);
  });
});
