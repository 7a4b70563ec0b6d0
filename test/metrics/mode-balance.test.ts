/** Minor modes and the balance of modes: by hand, on a perfect sampler, and against draws. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { specHash } from '../../src/catalogue/identity.ts';
import { modeBalanceValues } from '../../src/metrics/mode-balance.ts';
import { modeCoverageValues } from '../../src/metrics/mode-coverage.ts';
import { expectedModes } from '../../src/metrics/numerics/expected-modes.ts';
import { specOf } from '../cli/records.ts';
import { makeDataset } from '../support/datasets.ts';
import { inputs, modesAt, perfect, points, truth } from './inputs.ts';

/** A heavy mode at 0 and two minor ones; σ 0.1: within 0.3 is of high quality. */
const dataset = truth({ modes: modesAt([[0], [2], [4]], 0.1, [0.8, 0.1, 0.1]) });
const measure = (...samples: number[]) =>
  modeBalanceValues(inputs({ dataset, generated: points(...samples.map((x) => [x])) }));
/** P(|n| > 3) of a standard normal n, by R 4.4. */
const outside = 0.002699796063260207;

describe('by hand', () => {
  // of 20 samples 14 at the heavy mode, 5 at one minor mode, none at the other, one at no mode
  const values = measure(...Array(14).fill(0.1), ...Array(5).fill(2), 9);

  test('minor modes are those of less than the mean weight', () => {
    expect(values).toMatchObject({ minorModesCaptured: 1, minorModesWellCaptured: 1, leastShare: 0 });
    expect(measure(...Array(40).fill(0), 2, 4, 4)).toMatchObject({ minorModesCaptured: 2, minorModesWellCaptured: 1 });
  });

  test('leastShare is that of the mode that gets least of its own', () => {
    expect(measure(0, 0, 0, 0, 2, 2, 2, 4, 4, 4).leastShare).toBeCloseTo(0.4 / 0.8, 12);
  });

  test('modesAndRestKL has one bin for all that is of no mode', () => {
    const inMode = 1 - outside;
    const expected =
      0.7 * Math.log(0.7 / (0.8 * inMode)) + 0.25 * Math.log(0.25 / (0.1 * inMode)) + 0.05 * Math.log(0.05 / outside);
    expect(values.modesAndRestKL).toBeCloseTo(expected, 6);
    expect(measure(9, Number.NaN).modesAndRestKL).toBeCloseTo(-Math.log(outside), 4);
  });

  test('effectiveModes: as many as are filled evenly, between them else, none without samples of high quality', () => {
    expect(measure(0, 2, 4, 9).effectiveModes).toBeCloseTo(3, 12);
    expect(values.effectiveModes).toBeCloseTo((19 / 14) ** (14 / 19) * (19 / 5) ** (5 / 19), 12);
    expect(measure(9)).toMatchObject({ minorModesCaptured: 0, leastShare: 0, effectiveModes: Number.NaN });
  });

  test('of equal modes none is minor, and no data without modes has columns', () => {
    const equal = truth({ modes: modesAt([[0], [2], [4]], 0.1, [1 / 3, 1 / 3, 1 / 3]) });
    expect(Object.keys(modeBalanceValues(inputs({ dataset: equal, generated: points([0]) })))).toEqual([
      ...['leastShare', 'modesAndRestKL', 'effectiveModes'],
    ]);
    expect(modeBalanceValues(inputs({ dataset: truth({}), generated: points([0]) }))).toEqual({});
  });
});

const heavy = { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0.9, scale: 1 } as const;

test('a perfect sampler keeps every minor mode, near its share and without divergence', () => {
  const values = modeBalanceValues(perfect(makeDataset(heavy), 100_000));
  expect(values).toMatchObject({ minorModesCaptured: 24, minorModesWellCaptured: 24 });
  expect(values.leastShare).toBeGreaterThan(0.8);
  expect(values.modesAndRestKL).toBeLessThan(1e-3);
  // exp of −0.9 ln 0.9 − 0.1 ln (0.1/24)
  expect(values.effectiveModes).toBeCloseTo(0.9 ** -0.9 * (0.1 / 24) ** -0.1, 1);
});

describe('what is expected of a perfect sampler', () => {
  const modes = makeDataset({ ...heavy, heavy: 0 }).modes;
  if (modes === undefined) throw new Error('a grid has modes');

  test('25 equal modes: 16 of 25 samples, all of 2,500', () => {
    const inMode = 1 - Math.exp(-4.5);
    expect(expectedModes(modes, 25, 'captured')).toBeCloseTo(25 * (1 - (1 - inMode / 25) ** 25), 10);
    expect(expectedModes(modes, 25, 'captured')).toBeCloseTo(15.9, 1);
    expect(expectedModes(modes, 2_500, 'captured')).toBeCloseTo(25, 6);
    expect(expectedModes(modes, 2_500, 'captured-minor')).toBe(0);
  });

  test('is what draws have, captured and well captured', () => {
    const unbalanced = makeDataset(heavy);
    const samples = 400; // a minor mode expects 1.7
    const draws = Array.from({ length: 200 }, (_, seed) => {
      const values = unbalanced.sample(stream(seed, 'evaluation', 1), samples);
      return modeCoverageValues(inputs({ dataset: unbalanced, generated: { values, count: samples, dim: 2 } }));
    });
    const { modes: own } = unbalanced;
    if (own === undefined) throw new Error('a grid has modes');
    for (const [column, counted] of [
      ['modesCaptured', 'captured'],
      ['modesWellCaptured', 'well-captured'],
    ] as const) {
      const mean = draws.reduce((sum, values) => sum + (values[column] ?? Number.NaN), 0) / draws.length;
      expect(Math.abs(mean - expectedModes(own, samples, counted))).toBeLessThan(0.5); // 4 standard errors
    }
  });
});

test('a trial is the same with and without it, and not so with another metric', () => {
  const spec = specOf('gan', 0);
  expect(specHash({ ...spec, measures: [...spec.measures, { kind: 'mode-balance' }] })).toBe(specHash(spec));
  expect(specHash({ ...spec, measures: [...spec.measures, { kind: 'birthday' }] })).not.toBe(specHash(spec));
});
