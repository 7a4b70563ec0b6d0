/** Attribute coverage by hand, its bounds, and why a classifier's false positives do not count as captured. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import type { Labels } from '../../src/datasets/dataset.ts';
import { attributeCoverageValues, attributeShares } from '../../src/metrics/attribute-coverage.ts';
import type { ScorerOutput, ScorerOutputs } from '../../src/metrics/evaluation-inputs.ts';
import { inputs, points, truth } from './inputs.ts';

const labels: Labels = { kind: 'attributes', names: ['smiling', 'hat', 'glasses', 'bald'] };

/** All of them look alike: at one place of the features. */
const scorerOutput = (probabilities: Points, place = 0): ScorerOutput => ({
  features: points(...Array.from({ length: probabilities.count }, () => [place])),
  probabilities,
});

/** Of `count` pictures the first few have each attribute: as many as `having` says. */
const pictures = (count: number, ...having: number[]): ScorerOutput =>
  scorerOutput(
    points(...Array.from({ length: count }, (_, i) => having.map((pictures) => (i < pictures ? 0.9 : 0.2)))),
  );

const inInputs = (scored: Omit<ScorerOutputs, 'labels'>) =>
  inputs({ dataset: truth({}), scored: { labels, ...scored } });

describe('by hand', () => {
  // of 16 real examples 8 smile, 4 have a hat, 1 has glasses, none is bald
  const real = pictures(16, 8, 4, 1, 0);

  test('a quarter of the real share captures, the bound included; what the data lacks is no mode', () => {
    // of 8 samples that takes 1 smile, ½ a hat, ⅛ glasses
    const captured = (...having: number[]) =>
      attributeCoverageValues(inInputs({ real, generated: pictures(8, ...having) })).modesCaptured;
    expect(captured(1, 1, 1, 0)).toBe(3);
    expect(captured(1, 1, 1, 8)).toBe(3);
    expect(captured(0, 1, 1, 0)).toBe(2);
    expect(captured(8, 0, 0, 8)).toBe(1);
    expect(captured(0, 0, 0, 0)).toBe(0);
  });

  test('every column', () => {
    expect(
      attributeCoverageValues(
        inInputs({
          real,
          generated: pictures(8, 8, 0, 1, 1),
          reconstructed: pictures(16, 2, 0, 0, 16),
          secondReal: pictures(8, 5, 2, 0, 0),
        }),
      ),
    ).toEqual({
      modesCaptured: 2,
      modesReconstructed: 1,
      modesCapturedReal: 2,
      // |1 − ½| + |0 − ¼| + |⅛ − 1/16| + |⅛ − 0|, and |⅝ − ½| + |¼ − ¼| + |0 − 1/16| + 0
      attributeGap: 0.9375 / 4,
      attributeGapReal: 0.1875 / 4,
    });
  });

  test('columns stand only where there is something to judge', () => {
    const columns = (scored: ScorerOutputs) =>
      Object.keys(attributeCoverageValues(inputs({ dataset: truth({}), scored })));
    expect(columns({ labels, real })).toEqual([]);
    expect(columns({ labels, real, secondReal: real })).toEqual(['modesCapturedReal', 'attributeGapReal']);
    expect(columns({ labels, real, generated: real })).toEqual(['modesCaptured', 'attributeGap']);
    expect(columns({ labels: { kind: 'classes', heads: [['a', 'b', 'c', 'd']] }, real, generated: real })).toEqual([]);
    const features = { features: points([1, 2]) };
    expect(columns({ labels, real: features, generated: features })).toEqual([]);
    expect(attributeCoverageValues(inputs({ dataset: truth({}) }))).toEqual({});
    expect(attributeShares(inputs({ dataset: truth({}) }))).toEqual([]);
  });

  test('one half is not there; a probability that is not finite is no attribute, and its picture counts', () => {
    const rows = scorerOutput(
      points(
        [0.5, 0.51, Number.NaN, 1],
        [0.5, 0.51, 0.9, Number.POSITIVE_INFINITY],
        [0.5, 0.49, 0.9, Number.NEGATIVE_INFINITY],
        [0.5, 0.49, Number.NaN, 0],
      ),
    );
    expect(attributeShares(inInputs({ real: rows })).map(({ real }) => real)).toEqual([0, 0.5, 0.5, 0.25]);
  });

  test('shares for a report: a row an attribute', () => {
    expect(attributeShares(inInputs({ real, generated: pictures(8, 2, 0, 0, 1) }))).toEqual([
      { mode: 'smiling', real: 0.5, generated: 0.25 },
      { mode: 'hat', real: 0.25, generated: 0 },
      { mode: 'glasses', real: 0.0625, generated: 0 },
      { mode: 'bald', real: 0, generated: 0.125 },
    ]);
    expect(attributeShares(inInputs({ real, reconstructed: real }))[2]).toEqual({
      mode: 'glasses',
      real: 0.0625,
      reconstructed: 0.0625,
    });
  });

  test('probabilities of another scorer are our own fault', () => {
    expect(() => attributeCoverageValues(inInputs({ real: scorerOutput(points([0.1, 0.9])) }))).toThrow(
      'internal: expected 4 probabilities a picture, got 2',
    );
  });
});

test('what a classifier sees by mistake in one sample of a hundred captures no attribute that a tenth of the data has', () => {
  const real = pictures(1_000, 480, 100, 100, 100);
  const mistaken = pictures(1_000, 480, 10, 10, 10);
  expect(attributeCoverageValues(inInputs({ real, generated: mistaken }))).toMatchObject({ modesCaptured: 1 });
});

test('a picture that does not look like the data has nothing, however sure the classifier is', () => {
  const real = pictures(100, 48, 10, 10, 10);
  const noise = scorerOutput(points(...Array.from({ length: 100 }, () => [1, 1, 1, 1])), 3);
  const columns = attributeCoverageValues(inInputs({ real, generated: noise, secondReal: real }));
  expect(columns).toMatchObject({ modesCaptured: 0, modesCapturedReal: 4 });
  expect(columns.attributeGap).toBeCloseTo((0.48 + 0.3) / 4, 12);
  expect(attributeShares(inInputs({ real, generated: noise })).map(({ generated }) => generated)).toEqual([0, 0, 0, 0]);
});

test('what is near an outlier alone does not look like the data, though the ball around it reaches there', () => {
  const along = (...places: number[]) => ({ features: points(...places.map((place) => [place])) });
  // 99 real examples a tenth apart and one far off: its fifth neighbour is 90.6 away, everybody else's at most half of one
  const ordinary = Array.from({ length: 99 }, (_, i) => i / 10);
  const hats = { probabilities: points(...Array.from({ length: 100 }, () => [0, 1, 0, 0])) };
  const real = { ...along(...ordinary, 100), ...hats };
  const hatsAmong = (...places: number[]) =>
    attributeShares(
      inInputs({
        real,
        generated: { ...along(...places), probabilities: points(...places.map(() => [0, 1, 0, 0])) },
      }),
    )[1]?.generated;
  expect(hatsAmong(60)).toBe(0);
  expect(hatsAmong(5, 60)).toBe(0.5);
  expect(hatsAmong(...ordinary, 100)).toBe(1);
});

test('any classifier: bounds hold; the data against itself has every mode and no gap', () => {
  const probability = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1, Number.NaN));
  const row = fc.array(probability, { minLength: 4, maxLength: 4 });
  const rows = fc.array(row, { minLength: 2, maxLength: 20 }).map((list) => scorerOutput(points(...list)));
  fc.assert(
    fc.property(rows, rows, (real, generated) => {
      const modes = attributeShares(inInputs({ real })).filter((mode) => mode.real > 0).length;
      const { modesCaptured = -1, attributeGap = -1 } = attributeCoverageValues(inInputs({ real, generated }));
      expect(modesCaptured).toBeGreaterThanOrEqual(0);
      expect(modesCaptured).toBeLessThanOrEqual(modes);
      expect(attributeGap).toBeGreaterThanOrEqual(0);
      expect(attributeGap).toBeLessThanOrEqual(1);
      expect(attributeCoverageValues(inInputs({ real, generated: real }))).toEqual({
        modesCaptured: modes,
        attributeGap: 0,
      });
    }),
  );
});
