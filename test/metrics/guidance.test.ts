/** Whether a guided generator keeps to its classes, and how varied they are: every figure by hand. */
import { describe, expect, it } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import type { EvaluationInputs, ScorerOutput } from '../../src/metrics/evaluation-inputs.ts';
import { guidanceValues, spread } from '../../src/metrics/guidance.ts';
import { inputs, modesAt, points, truth } from './inputs.ts';

/** Two modes on a line, at 0 and 10. */
const dataset = truth({ modes: modesAt([[0], [10]], 1) });
/** Latents of two blocks of two numbers: the class of each. */
const latents = (...classes: number[]): Points =>
  points(...classes.map((c) => (c === 0 ? [0.3, 0, 0, 0] : [0, 0, -0.1, 0.9])));

describe('with data whose modes are known', () => {
  const real = points([-1], [1], [9], [11]); // s = √2 in both
  const of = (parts: Partial<EvaluationInputs>) => guidanceValues(inputs({ dataset, real, ...parts }));

  it('samples of the class that their latent means are counted by the nearest mode', () => {
    const generated = points([0], [1], [9], [4.9]);
    expect(of({ generated, latents: latents(0, 0, 1, 1) }).intendedClass).toBe(0.75);
    expect(of({ generated, latents: latents(1, 1, 0, 0) }).intendedClass).toBe(0.25);
  });

  it('variety is the standard deviation within classes as a share of the data’s, averaged over classes', () => {
    // Class 0: −½, ½: √½, half of √2. Class 1: 8, 10, 12: 2, √2 of √2.
    const generated = points([-0.5], [0.5], [8], [10], [12]);
    expect(of({ generated, latents: latents(0, 0, 1, 1, 1) }).classVariety).toBeCloseTo((0.5 + Math.SQRT2) / 2, 6);
    // As varied as the data.
    expect(of({ generated: real, latents: latents(0, 0, 1, 1) }).classVariety).toBe(1);
    // One point a class.
    expect(of({ generated: points([0], [0], [10], [10]), latents: latents(0, 0, 1, 1) }).classVariety).toBe(0);
  });

  it('leaves out classes with fewer than two samples; without any variety is not defined', () => {
    expect(of({ generated: points([-0.5], [0.5], [10]), latents: latents(0, 0, 1) }).classVariety).toBeCloseTo(0.5, 6);
    const single = of({ generated: points([0], [10]), latents: latents(0, 1) });
    expect(single.classVariety).toBeNaN();
    expect(single.intendedClass).toBe(1);
  });

  it('means no class where latents are not split', () => {
    const generated = points([0], [10]);
    expect(of({ generated, latents: points([0.1, 0.2], [0.3, 0.4]) }).intendedClass).toBeNaN();
    expect(of({ generated, latents: points([0.1, 0, 0], [0, 0, 1]) }).intendedClass).toBeNaN(); // 3 numbers, 2 classes
    // Two blocks filled.
    expect(of({ generated, latents: points([1, 0, 0, 1], [1, 0, 0, 0]) }).intendedClass).toBeNaN();
  });

  it('is nothing where nothing was generated, or the data has no modes', () => {
    expect(of({})).toEqual({});
    expect(guidanceValues(inputs({ dataset: truth({}, 1), real, generated: real }))).toEqual({});
  });
});

describe('with a scorer', () => {
  const scorerOutput = (features: Points, ...classes: number[]): ScorerOutput => ({
    features,
    probabilities: points(...classes.map((c) => [0, 1, 2].map((other) => (other === c ? 0.6 : 0.2)))),
  });
  const split = (...classes: number[]) =>
    points(...classes.map((c) => [0, 1, 2].map((block) => (block === c ? 0.5 : 0))));
  const labels = { kind: 'classes' as const, heads: [['a', 'b', 'c']] };
  const picture = points([0], [0]);

  it('classes are its most probable ones, and variety is that of its features', () => {
    // Features of the data: class 0 (0, 0), (2, 4): √2 and 2√2, mean 3/√2; class 2 (0, 0), (1, 1): √½.
    const real = scorerOutput(points([0, 0], [2, 4], [0, 0], [1, 1]), 0, 0, 2, 2);
    // Samples: class 0 (0, 0), (1, 1): √½, a third; class 1 alone; class 2 (0, 0), (0, 2): √2 and 0, mean √½, all of it.
    const generated = scorerOutput(points([0, 0], [1, 1], [5, 5], [0, 0], [0, 2]), 0, 0, 1, 2, 2);
    const scored = { labels, real, generated };
    const given = inputs({
      dataset: truth({}, 1),
      real: picture,
      generated: picture,
      latents: split(0, 1, 1, 2, 0),
      scored,
    });
    const values = guidanceValues(given);
    expect(Object.keys(values)).toEqual(['intendedClass', 'classVariety']);
    expect(values.intendedClass).toBeCloseTo(3 / 5, 12); // also where fewer pictures were kept than scored
    expect(values.classVariety).toBeCloseTo((1 / 3 + 1) / 2, 6);
  });

  it('samples that cannot be read are of no class', () => {
    const real = scorerOutput(points([0], [1]), 0, 0);
    const generated = {
      features: points([0], [1], [Number.NaN]),
      probabilities: points([0.6, 0.2, 0.2], [0.6, 0.2, 0.2], [Number.NaN, Number.NaN, Number.NaN]),
    };
    const scored = { labels, real, generated };
    const given = { dataset: truth({}, 1), real: picture, generated: picture, latents: split(0, 0, 0), scored };
    const { intendedClass, classVariety } = guidanceValues(inputs(given));
    expect(intendedClass).toBeCloseTo(2 / 3, 12);
    expect(classVariety).toBeCloseTo(1, 12);
  });

  it('is nothing where only the data was scored', () => {
    const scored = { labels, real: scorerOutput(points([0], [1]), 0, 0) };
    expect(guidanceValues(inputs({ dataset: truth({}, 1), real: picture, scored }))).toEqual({});
  });
});

it('spread is the deviation in each dimension with Bessel’s correction, averaged; also far from 0', () => {
  const features = points([1e4, 0], [1e4 + 2, 0], [3, 3]);
  expect([...spread({ classes: Int32Array.of(0, 0, 1), features }, 3)]).toEqual([
    Math.SQRT2 / 2,
    Number.NaN,
    Number.NaN,
  ]);
});
