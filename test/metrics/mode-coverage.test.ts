/** Mode coverage by hand, on a perfect sampler, and its bounds for any input. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modeCoverageValues } from '../../src/metrics/mode-coverage.ts';
import { makeDataset } from '../support/datasets.ts';
import { inputs, modesAt, perfect, points, truth } from './inputs.ts';

/** Four modes on a line, σ 0.1: within 0.3 is of high quality. */
const dataset = truth({ modes: modesAt([[0], [2], [4], [6]], 0.1, [0.1, 0.2, 0.3, 0.4]) });
const measure = (...samples: number[]) =>
  modeCoverageValues(inputs({ dataset, generated: points(...samples.map((x) => [x])) }));

describe('by hand', () => {
  // 8 samples: two of high quality at mode 0, one each at modes 1 and 2, none at mode 3; 2.5, 9 and 5 are too far, NaN never counts
  const values = measure(0.1, -0.2, 2.25, 4, 2.5, 9, 5, Number.NaN);

  test('modesCaptured and highQuality', () => {
    expect(values).toMatchObject({ modesCaptured: 3, highQuality: 4 / 8 });
  });

  test('reverseKL and jensenShannon of (½, ¼, ¼, 0) against (0.1, 0.2, 0.3, 0.4)', () => {
    // scipy.stats.entropy(p, q) and scipy.spatial.distance.jensenshannon(p, q)**2, SciPy 1.17
    expect(values.reverseKL).toBeCloseTo(0.814924454847114, 14);
    expect(values.jensenShannon).toBeCloseTo(0.21393492258457503, 14);
  });

  test('sigmaRatio: only the mode with two samples has a width', () => {
    // s² = (0.15² + 0.15²)/1 = 0.045; kept of the variance at 3σ in 1-D: χ²₃/χ²₁ = 0.9733369246625414; ν = 1
    const expected = Math.sqrt(0.045 / 0.9733369246625414) / (1 - 1 / 4 + 1 / 32) / 0.1;
    expect(values.sigmaRatio).toBeCloseTo(expected, 5);
  });

  test('modesWellCaptured: a quarter of a mode’s share of all samples, the bound itself included', () => {
    // of 20 samples the modes expect 2, 4, 6, 8, so need 0.5, 1, 1.5, 2
    const filler = Array(15).fill(1);
    expect(measure(0, 2, 4, 6, 6, ...filler)).toMatchObject({ modesCaptured: 4, modesWellCaptured: 3 });
    expect(measure(0, 2, 4, 4, 6, ...filler)).toMatchObject({ modesCaptured: 4, modesWellCaptured: 3 });
    expect(measure(0, 2, 4, 4, 6, 6, ...filler.slice(1))).toMatchObject({ modesWellCaptured: 4 });
  });

  test('one mode alone: KL is −ln of its weight', () => {
    expect(measure(6, 6.1, 5.9).reverseKL).toBeCloseTo(-Math.log(0.4), 14);
  });

  test('without a high-quality sample the histogram has no divergence and no width, and nothing is captured', () => {
    expect(measure(1, 3, Number.NaN)).toEqual({
      modesCaptured: 0,
      modesWellCaptured: 0,
      highQuality: 0,
      reverseKL: Number.NaN,
      jensenShannon: Number.NaN,
      sigmaRatio: Number.NaN,
    });
  });

  test('modesReconstructed counts the modes that G(E(x)) reaches, by the same rule', () => {
    const reconstructed = points([0], [0.25], [2.4], [6], [Number.NaN]);
    expect(modeCoverageValues(inputs({ dataset, reconstructed }))).toEqual({ modesReconstructed: 2 });
    expect(modeCoverageValues(inputs({ dataset, reconstructed, generated: points([4]) }))).toMatchObject({
      modesCaptured: 1,
      modesReconstructed: 2,
    });
  });

  test('data without modes has no columns', () => {
    expect(modeCoverageValues(inputs({ dataset: truth({}), generated: points([1, 2]) }))).toEqual({});
  });
});

describe('a perfect sampler', () => {
  test.each([
    [
      'gaussian-grid, 2-D',
      makeDataset({ kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 }),
      0.9888910034617577,
    ],
    [
      'heavy grid, 2-D',
      makeDataset({ kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0.9, scale: 1 }),
      0.9888910034617577,
    ],
    ['line, 1-D', makeDataset({ kind: 'gaussian-line', centres: [-5, 0, 5], std: 0.1, scale: 1 }), 0.9973002039367398],
  ])('%s: every mode, the ceiling of quality, no divergence, width 1', (_, dataset, ceiling) => {
    const count = 200_000;
    const modes = Number(dataset.modes?.count);
    const values = modeCoverageValues(perfect(dataset, count));
    expect(values).toMatchObject({ modesCaptured: modes, modesWellCaptured: modes });
    expect(Math.abs(Number(values.highQuality) - ceiling)).toBeLessThan(
      4 * Math.sqrt((ceiling * (1 - ceiling)) / count),
    );
    // 2n·KL is about χ² with modes − 1 degrees of freedom: mean modes − 1, deviation √(2(modes − 1))
    const freedom = modes - 1;
    expect(2 * count * Number(values.reverseKL)).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom) + 5);
    expect(values.jensenShannon).toBeLessThan(Number(values.reverseKL));
    expect(Math.abs(Number(values.sigmaRatio) - 1)).toBeLessThan(0.012); // minor modes of the heavy grid have 833 samples
  });

  test('the width is right from few samples a mode too: 100 modes with 5 samples each, mean of 60 runs', () => {
    const dataset = makeDataset({ kind: 'gaussian-grid', side: 10, spacing: 2, std: 0.05, heavy: 0, scale: 1 });
    const ratios = Array.from({ length: 60 }, (_, seed) =>
      Number(modeCoverageValues(perfect(dataset, 500, seed)).sigmaRatio),
    );
    // about 0.035 a run, so 0.0045 for the mean; uncorrected it would be 0.93
    expect(Math.abs(ratios.reduce((sum, ratio) => sum + ratio, 0) / 60 - 1)).toBeLessThan(0.02);
  });

  test('a sampler of half the width, and one that fills the 3σ disc evenly', () => {
    const narrow = makeDataset({ kind: 'gaussian-grid', side: 2, spacing: 2, std: 0.05, heavy: 0, scale: 1 });
    const { generated } = perfect(narrow, 20_000);
    const wide = modesAt(
      [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ],
      0.1,
    );
    const ratio = modeCoverageValues(
      inputs({ dataset: truth({ modes: wide }), ...(generated && { generated }) }),
    ).sigmaRatio;
    // the narrow one is cut at 6 of its σ, that is not at all, yet corrected for a cut at 3
    expect(ratio).toBeCloseTo(0.5 / Math.sqrt(0.9389005190396673 / 0.9888910034617577), 2);

    const rows: number[][] = [];
    for (let x = -0.3; x <= 0.3; x += 0.005) for (let y = -0.3; y <= 0.3; y += 0.005) rows.push([1 + x, 1 + y]);
    expect(
      modeCoverageValues(inputs({ dataset: truth({ modes: wide }), generated: points(...rows) })).sigmaRatio,
    ).toBeCloseTo(1.54, 2);
  });
});

test('any samples, NaN and infinities among them: bounds hold and the order does not matter', () => {
  const anything = fc.oneof(fc.float(), fc.float({ min: -1, max: 7, noNaN: true }), fc.constantFrom(0, 2, 4, 6));
  const shuffled = fc
    .array(anything, { minLength: 1, maxLength: 40 })
    .chain((samples) => fc.tuple(fc.constant(samples), fc.shuffledSubarray(samples, { minLength: samples.length })));
  fc.assert(
    fc.property(shuffled, ([samples, permuted]) => {
      const values = measure(...samples);
      const again = measure(...permuted);
      for (const [column, value] of Object.entries(values))
        if (Number.isNaN(value)) expect(again[column]).toBeNaN();
        else expect(again[column]).toBeCloseTo(value, 9);
      const {
        modesCaptured = -1,
        modesWellCaptured = -1,
        highQuality = -1,
        reverseKL = -1,
        jensenShannon = -1,
      } = values;
      expect(modesWellCaptured).toBeGreaterThanOrEqual(0);
      expect(modesWellCaptured).toBeLessThanOrEqual(modesCaptured);
      expect(modesCaptured).toBeLessThanOrEqual(4);
      expect(highQuality).toBeGreaterThanOrEqual(0);
      expect(highQuality).toBeLessThanOrEqual(samples.filter(Number.isFinite).length / samples.length);
      expect(Number.isNaN(reverseKL)).toBe(modesCaptured === 0);
      if (modesCaptured === 0) return;
      expect(reverseKL).toBeGreaterThanOrEqual(0);
      expect(reverseKL).toBeLessThanOrEqual(-Math.log(0.1) + 1e-12);
      expect(jensenShannon).toBeGreaterThanOrEqual(0);
      expect(jensenShannon).toBeLessThanOrEqual(Math.LN2 + 1e-12);
    }),
  );
});
