/** Mixtures with a weight, σ or covariance of their own per mode: factors, samples, metrics in their scale, and refusals. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { dataSide } from '../../../src/datasets/data-side.ts';
import { type Gaussian, gaussianModes, spreadAlong } from '../../../src/datasets/gaussian-modes.ts';
import { gaussianMixture } from '../../../src/datasets/toy/gaussian-mixture.ts';
import { mixture } from '../../../src/datasets/toy/mixture.ts';
import { modeCoverageValues } from '../../../src/metrics/mode-coverage.ts';
import { modeReach, modeShares } from '../../../src/metrics/numerics/mode-share.ts';
import { highQualityCeiling, nearestModes } from '../../../src/metrics/numerics/nearest-modes.ts';
import { decodeTruth, encodeTruth, truthSchema } from '../../../src/store/stored-truth.ts';
import { inputs, points } from '../../metrics/inputs.ts';
import { makeDataset } from '../../support/datasets.ts';

const covariance = [
  [0.5, 0.3, -0.1],
  [0.3, 0.4, 0.05],
  [-0.1, 0.05, 0.2],
];
const centre = [1, -1, 2];

/** By the schema, as a trial has it. */
function made(settings: Parameters<typeof gaussianMixture>[0]) {
  const section = gaussianMixture.settings.parse(gaussianMixture(settings));
  return makeDataset(section);
}

function modesOf(settings: Parameters<typeof gaussianMixture>[0]) {
  const { modes } = made(settings);
  if (modes === undefined) throw new Error('a mixture must say its modes');
  return modes;
}

const place = (index: number) => `modes.${index}`;

describe('one mode with a covariance, against NumPy 2.4.6', () => {
  // C = np.array(covariance); L = np.linalg.cholesky(C); d = x − centre; d @ np.linalg.inv(C) @ d
  const modes = modesOf({ modes: [{ centre, covariance }] });

  test('its factor', () => {
    const numpy = [Math.SQRT1_2, 0, 0, 0.42426406871192845, 0.46904157598234303, 0];
    numpy.push(-0.1414213562373095, 0.2345207879911714, 0.35355339059327384);
    for (const [at, value] of numpy.entries()) expect(modes.factors?.[at]).toBeCloseTo(value, 14);
  });

  test('squared Mahalanobis distances', () => {
    const { squaredDistance } = nearestModes(points([1.5, -0.5, 2.25], [0, 0, 0], [1, 2, 3]), modes);
    for (const [at, value] of [1.1818181818181817, 85.63636363636363, 42.9090909090909].entries())
      expect(squaredDistance[at]).toBeCloseTo(value, 10);
  });

  test('a point is centre + L·n', () => {
    const normals = [0.5, -1.25, 2];
    const drawn = mixture(modes, 1).sample({ uniform: () => 0, below: () => 0, normal: () => normals.shift() ?? 0 }, 1);
    for (const [at, value] of [1.3535533905932737, -1.3741699356219645, 2.3432451180789284].entries())
      expect(drawn[at]).toBeCloseTo(value, 6);
  });

  test('σ along the axes, and the root of the mean variance', () => {
    for (const [axis, value] of [Math.SQRT1_2, 0.6324555320336759, 0.4472135954999579].entries())
      expect(spreadAlong(modes, 0, axis)).toBeCloseTo(value, 14);
    const two = modesOf({
      modes: [
        { centre, covariance },
        { centre: [0, 0, 0], weight: 3, std: 0.2 },
      ],
    });
    expect(two.std).toBeCloseTo(0.3488074922742725, 14); // np.sqrt((.25·tr C + .75·3·.04)/3)
    expect([...two.weights]).toEqual([0.25, 0.75]);
  });

  test('100,000 samples have its mean and covariance', () => {
    const count = 100_000;
    const values = mixture(modes, 1).sample(stream(0, 'data'), count);
    const mean = [0, 1, 2].map((axis) => sumOver(count, (i) => Number(values[3 * i + axis])) / count);
    for (const a of [0, 1, 2]) {
      expect(Math.abs(Number(mean[a]) - Number(centre[a]))).toBeLessThan(0.01);
      for (const b of [0, 1, 2]) {
        const product = (i: number) =>
          (Number(values[3 * i + a]) - Number(mean[a])) * (Number(values[3 * i + b]) - Number(mean[b]));
        expect(Math.abs(sumOver(count, product) / count - Number(covariance[a]?.[b]))).toBeLessThan(0.012);
      }
    }
  });
});

const sumOver = (count: number, term: (index: number) => number): number => {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += term(index);
  return sum;
};

/** A covariance A Aᵀ + ε of random A, never flat. */
const anyCovariance = (dim: number) =>
  fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: dim * dim, maxLength: dim * dim }).map((a) =>
    Array.from({ length: dim }, (_, row) =>
      Array.from({ length: dim }, (_, column) => {
        const [low, high] = [Math.min(row, column), Math.max(row, column)]; // in one order, so that it is symmetric to the bit
        const product = sumOver(dim, (at) => Number(a[low * dim + at]) * Number(a[high * dim + at]));
        return product + (row === column ? 0.01 : 0);
      }),
    ),
  );

describe('properties', () => {
  test('L Lᵀ is the covariance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }).chain(anyCovariance), (matrix) => {
        const dim = matrix.length;
        const { factors } = gaussianModes(
          [
            { centre: Array(dim).fill(0), weight: 1, covariance: matrix },
            { centre: Array(dim).fill(9), weight: 1, std: 1 },
          ],
          dim,
          place,
        );
        for (let a = 0; a < dim; a++)
          for (let b = 0; b < dim; b++) {
            const product = sumOver(dim, (at) => Number(factors?.[a * dim + at]) * Number(factors?.[b * dim + at]));
            expect(product).toBeCloseTo(Number(matrix[a]?.[b]), 9);
          }
      }),
    );
  });

  test('a covariance σ²·1 measures as the σ does, and weights are relative', () => {
    const gaussians = (shape: (std: number) => { std: number } | { covariance: number[][] }): Gaussian[] =>
      [0.1, 0.1].map((std, mode) => ({ centre: [4 * mode, 0], weight: 3, ...shape(std) }));
    const plain = gaussianModes(
      gaussians((std) => ({ std })),
      2,
      place,
    );
    const square = gaussianModes(
      gaussians((std) => ({
        covariance: [
          [std ** 2, 0],
          [0, std ** 2],
        ],
      })),
      2,
      place,
    );
    expect(plain.factors).toBeUndefined();
    expect(square.factors).toBeDefined();
    expect([...plain.weights]).toEqual([0.5, 0.5]);
    const generated = { values: mixture(plain, 1).sample(stream(1, 'data'), 2000), count: 2000, dim: 2 };
    const values = (modes: typeof plain) => modeCoverageValues(inputs({ dataset: mixture(modes, 1), generated }));
    for (const [name, value] of Object.entries(values(plain)))
      expect(values(square)[name]).toBeCloseTo(Number(value), 9);
    expect([...modeShares(generated, square)]).toEqual([...modeShares(generated, plain)]);
  });
});

describe('metrics in each mode’s scale', () => {
  const settings = {
    modes: [
      { centre: [0, 0, 0], weight: 4, std: 0.05 },
      { centre: [4, 0, 0], weight: 1, covariance },
    ],
  };

  test('a perfect sampler captures all modes, has the share of 3 dimensions and σ ratio 1', () => {
    const dataset = made(settings);
    const count = 20_000;
    const generated = { values: dataset.sample(stream(2, 'data'), count), count, dim: 3 };
    const values = modeCoverageValues(inputs({ dataset, generated }));
    expect(values).toMatchObject({ modesCaptured: 2, modesWellCaptured: 2 });
    expect(Math.abs(Number(values.highQuality) - highQualityCeiling(3))).toBeLessThan(0.004);
    expect(Math.abs(Number(values.sigmaRatio) - 1)).toBeLessThan(0.01);
    expect(Number(values.reverseKL)).toBeLessThan(1e-3);
  });

  test('a point that is nearer to a narrow mode’s centre belongs to the wide one around it', () => {
    const { index } = nearestModes(points([1.5, 0, 0], [0.1, 0, 0]), modesOf(settings));
    expect([...index]).toEqual([1, 0]);
  });

  test('reach: half the way in its own σ, 3 at least', () => {
    const [narrow, wide] = modeReach(
      modesOf({
        modes: [
          { centre: [0], std: 0.1 },
          { centre: [10], std: 5 },
        ],
      }),
    );
    expect(narrow).toBeCloseTo(50, 10);
    expect(wide).toBe(3);
  });

  test('where the data lie', () => {
    const { low, high } = dataSide(made(settings), 0, 3);
    expect(low).toBeCloseTo(-0.15, 12);
    expect(high).toBeCloseTo(4 + 3 * Math.SQRT1_2, 12);
  });

  test('a store keeps the factors', () => {
    const { dim, scale, modes } = made(settings);
    const truth = { dim, scale, ...(modes && { modes }) };
    expect(decodeTruth(truthSchema.parse(JSON.parse(JSON.stringify(encodeTruth(truth)))))).toEqual(truth);
  });
});

describe('what is refused', () => {
  const at = [0, 0];
  test.each<[string, Parameters<typeof gaussianMixture>[0], RegExp]>([
    [
      'neither σ nor covariance',
      { modes: [{ centre: at }] },
      /^data\.modes\.0: expected std or covariance, or data\.std/,
    ],
    [
      'both',
      {
        modes: [
          {
            centre: at,
            std: 1,
            covariance: [
              [1, 0],
              [0, 1],
            ],
          },
        ],
      },
      /^data\.modes\.0: expected either std or covariance, got both$/,
    ],
    [
      'two dimensions',
      { modes: [{ centre: at }, { centre: [1] }], std: 1 },
      /^data\.modes\.1\.centre: expected 2 coordinates, .* got 1$/,
    ],
    [
      'one place twice',
      { modes: [{ centre: at }, { centre: [0, 0] }], std: 1 },
      /^data\.modes\.1: expected places that differ, \[0, 0\] is that of data\.modes\.0 too$/,
    ],
    [
      'no square',
      { modes: [{ centre: at, covariance: [[1, 0]] }] },
      /^data\.modes\.0\.covariance: expected 2 × 2 numbers, got 1 × 2$/,
    ],
    [
      'not symmetric',
      {
        modes: [
          {
            centre: at,
            covariance: [
              [1, 0.5],
              [0.4, 1],
            ],
          },
        ],
      },
      /^data\.modes\.0\.covariance: expected a symmetric matrix, got 0\.4 at 1\.0 and 0\.5 at 0\.1$/,
    ],
    [
      'indefinite',
      {
        modes: [
          {
            centre: at,
            covariance: [
              [1, 2],
              [2, 1],
            ],
          },
        ],
      },
      /^data\.modes\.0\.covariance: expected a positive definite matrix/,
    ],
    [
      'flat',
      {
        modes: [
          {
            centre: at,
            covariance: [
              [1, 1],
              [1, 1],
            ],
          },
        ],
      },
      /^data\.modes\.0\.covariance: expected a positive definite matrix/,
    ],
  ])('%s', (_, settings, message) => {
    const section = gaussianMixture.settings.parse(gaussianMixture(settings));
    const checking = () => builtIn.data(section).check(section);
    expect(checking).toThrow(UsageError);
    expect(checking).toThrow(message);
  });
});
