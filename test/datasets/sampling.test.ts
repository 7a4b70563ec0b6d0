/** What the data sets draw: the law within statistical bounds on fixed seeds, and the same numbers for the same stream. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../src/base/random.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import { nearestModes } from '../../src/metrics/numerics/nearest-modes.ts';
import type { Section as DataSpec } from '../../src/schema/kind.ts';
import { makeDataset } from '../support/datasets.ts';

const names = ['grid', 'heavy', 'rings', 'line', 'clusters', 'roll', 'mixture'] as const;
const sets: Record<(typeof names)[number], Exclude<DataSpec, { kind: 'images' }>> = {
  grid: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 },
  heavy: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0.9, scale: 1 },
  rings: { kind: 'gaussian-rings', modes: 8, radii: [1, 2], std: 0.01, scale: 4 },
  line: { kind: 'gaussian-line', centres: [-5, -0.5, 0, 0.5, 5], std: 0.01, scale: 1 },
  clusters: {
    kind: 'gaussian-clusters',
    centres: [
      [-3, 1],
      [0, 0.5],
      [2, -4],
    ],
    std: 0.3,
    scale: 0.5,
  },
  mixture: {
    kind: 'gaussian-mixture',
    modes: [
      { centre: [0, 0, 0], weight: 3, std: 0.1 },
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
    scale: 0.5,
  },
  roll: { kind: 'swiss-roll', turns: 1.5, inner: 0.5, outer: 2, std: 0.02, scale: 1 },
};

describe.each(names)('%s', (name) => {
  const dataset = makeDataset(sets[name]);

  test('the same stream gives the same bytes, another step gives others', () => {
    const draw = (step: number) => dataset.sample(stream(3, 'data', step), 100);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('samples go to the start of a given buffer, the rest of which stays', () => {
    const buffer = new Float32Array(10 * dataset.dim + 3).fill(-77);
    const drawn = dataset.sample(stream(3, 'data'), 10, buffer);
    expect(drawn).toBe(buffer);
    expect(buffer.slice(0, 10 * dataset.dim)).toEqual(dataset.sample(stream(3, 'data'), 10));
    expect(Array.from(buffer.slice(-3))).toEqual([-77, -77, -77]);
  });

  test('a buffer that is too small is our fault, not a silent loss', () => {
    expect(() => dataset.sample(stream(3, 'data'), 10, new Float32Array(10 * dataset.dim - 1))).toThrow(/^internal:/);
  });

  test('the scale is handed on and changes no sample', () => {
    expect(dataset.scale).toBe(sets[name].scale);
  });
});

/** Counts, means and variances of the samples that are nearest to each mode. */
function perMode(dataset: Dataset, count: number) {
  const { modes } = dataset;
  if (modes === undefined) throw new Error('not a mixture');
  const values = dataset.sample(stream(0, 'data'), count);
  const { index } = nearestModes({ values, count, dim: dataset.dim }, modes);
  const stats = Array.from({ length: modes.count }, () => ({ n: 0, sums: new Float64Array(dataset.dim), squares: 0 }));
  index.forEach((m, i) => {
    const mode = stats[m];
    if (mode === undefined) throw new Error('sample without a mode');
    mode.n++;
    for (let d = 0; d < dataset.dim; d++) {
      const offset = Number(values[i * dataset.dim + d]) - Number(modes.centres[m * dataset.dim + d]);
      mode.sums[d] = Number(mode.sums[d]) + offset;
      mode.squares += offset ** 2;
    }
  });
  return { modes, stats };
}

test.each(['grid', 'heavy', 'rings', 'line'] as const)(
  '%s: shares, centres and widths of the modes within 5 standard errors of 200,000 samples',
  (name) => {
    const count = 200_000;
    const dataset = makeDataset(sets[name]);
    const { modes, stats } = perMode(dataset, count);
    stats.forEach(({ n, sums, squares }, m) => {
      const weight = Number(modes.weights[m]);
      expect(Math.abs(n / count - weight)).toBeLessThan(5 * Math.sqrt((weight * (1 - weight)) / count));
      for (const sum of sums) expect(Math.abs(sum / n)).toBeLessThan((5 * modes.std) / Math.sqrt(n));
      const values = n * dataset.dim;
      expect(Math.abs(squares / values / modes.std ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / values));
    });
  },
);

test('neither equal nor unequal weights ever pick a mode that is not there, at the ends of the uniform draw either', () => {
  for (const name of ['grid', 'heavy'] as const) {
    for (const u of [0, 1 - 2 ** -32]) {
      const random = { uniform: () => u, normal: () => 0, below: (n: number) => Math.floor(u * n) };
      const [x, y] = makeDataset(sets[name]).sample(random, 1);
      expect([x, y]).toEqual(u === 0 ? [-4, -4] : [4, 4]);
    }
  }
});
