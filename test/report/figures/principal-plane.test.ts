/** Points of more than two dimensions are seen along their first two principal axes: by hand, against NumPy, and in the figures. */
import { describe, expect, test } from 'vitest';
import { planeView } from '../../../src/report/figures/principal-plane.ts';
import { reconstructionsFigure } from '../../../src/report/figures/reconstructions.ts';
import { samplesFigure } from '../../../src/report/figures/samples.ts';
import { samplesBySeedFigure } from '../../../src/report/figures/samples-by-seed.ts';
import type { ReportTrial, Table } from '../../../src/report/report-data.ts';
import { reportOf, ring, trialOf } from './example-data.ts';

const layout = { width: 800 };

const table = (rows: readonly (readonly number[])[]): Table => ({
  count: rows.length,
  numbers: Object.fromEntries(
    (rows[0] ?? []).map((_, axis) => [`x${axis}`, Float64Array.from(rows, (row) => row[axis] ?? Number.NaN)]),
  ),
  texts: { set: rows.map(() => 'real') },
});

const trialWith = (samples: Table): ReportTrial => ({ ...trialOf({ method: 'gan' }), samples });

// x0 varies most, then x2, x1 hardly; no two are correlated.
const rows = [
  [5, 1, 0],
  [-5, 1, 0],
  [0, 1, 2],
  [0, 1, -2],
  [0, 1.1, 0],
  [0, 0.9, 0],
];

test('by hand: axes x0 and x2, their share of the variance', () => {
  const view = planeView({ dim: 3, scale: 1 }, [trialWith(table(rows))]);
  const seen = view?.see(table(rows));
  for (const [row, [x, , z]] of rows.entries()) {
    expect(seen?.numbers.x0?.[row]).toBeCloseTo(Number(x), 12);
    expect(seen?.numbers.x1?.[row]).toBeCloseTo(Number(z), 12);
  }
  expect(view?.truth.box?.map(({ low, high }) => [low, high].map(Math.round))).toEqual([
    [-5, 5],
    [-2, 2],
  ]);
  expect(view?.caption).toBe(
    ' The data have 3 dimensions: seen along their first two principal axes (100 % of the variance of real points).',
  );
});

describe('modes', () => {
  const seenModes = (factors?: number[]) =>
    planeView(
      {
        dim: 3,
        scale: 1,
        modes: {
          centres: Float64Array.of(1, 2, 3),
          count: 1,
          dim: 3,
          std: 0.5,
          weights: Float64Array.of(1),
          ...(factors && { factors: Float64Array.from(factors) }),
        },
      },
      [trialWith(table(rows))],
    )?.truth.modes;

  test('isotropic ones keep their σ', () => {
    const modes = seenModes();
    expect(modes).toMatchObject({ dim: 2, std: 0.5, count: 1 });
    expect(modes?.factors).toBeUndefined();
    expect([...(modes?.centres ?? [])].map((value) => value.toFixed(9))).toEqual(['1.000000000', '3.000000000']);
  });

  test('others cast a shadow: the rows and columns 0 and 2 of the covariance', () => {
    // np.linalg.cholesky of [[0.5, 0.3, -0.1], [0.3, 0.4, 0.05], [-0.1, 0.05, 0.2]], NumPy 2.4.6
    const [a = 0, zero, b = 0, c = 0] =
      seenModes([
        Math.SQRT1_2,
        0,
        0,
        0.42426406871192845,
        0.46904157598234303,
        0,
        -0.1414213562373095,
        0.2345207879911714,
        0.35355339059327384,
      ])?.factors ?? [];
    expect(zero).toBe(0);
    expect([a * a, a * b, b * b + c * c].map((value) => value.toFixed(9))).toEqual([
      '0.500000000',
      '-0.100000000',
      '0.200000000',
    ]);
  });
});

test('two dimensions are seen as they are, one not at all, and nothing is guessed without real points', () => {
  const samples = table([[1, 2]]);
  expect(planeView({ dim: 2, scale: 1 }, [])?.see(samples)).toBe(samples);
  expect(planeView({ dim: 2, scale: 1 }, [])?.caption).toBe('');
  expect(planeView({ dim: 1, scale: 1 }, [trialWith(samples)])).toBeUndefined();
  expect(planeView({ dim: 3, scale: 1 }, [trialWith(samples)])).toBeUndefined();
});

describe('figures', () => {
  const data = {
    kind: 'gaussian-mixture',
    modes: [
      { centre: [0, 0, 0], weight: 1, std: 0.1 },
      {
        centre: [2, 0, 1],
        weight: 1,
        covariance: [
          [0.04, 0.03, 0],
          [0.03, 0.04, 0],
          [0, 0, 0.01],
        ],
      },
    ],
    scale: 1,
  };
  const report = reportOf([
    { method: 'bigan', data },
    { method: 'bigan', seed: 1, data },
  ]);

  test.each([
    ['samples', samplesFigure],
    ['samples-by-seed', samplesBySeedFigure],
    ['reconstructions', reconstructionsFigure],
  ])('%s of three dimensions say what they show', (name, figure) => {
    const drawn = figure(report, layout);
    expect(drawn).toMatchObject({ name, note: expect.stringContaining('The data have 3 dimensions: seen along') });
    expect(JSON.stringify(drawn?.spec)).not.toMatch(/NaN|null,null/);
  });

  test('of two say nothing', () => {
    expect(samplesFigure(reportOf([{ method: 'gan', data: ring }]), layout)?.note).not.toContain('dimensions');
  });
});
