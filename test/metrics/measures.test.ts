/** The catalogue against what the measures return, and what they return for a model that has collapsed to NaN. */
import { expect, test } from 'vitest';
import { makeDataset } from '../../src/datasets/make-dataset.ts';
import { measureCatalogue, measureNamed } from '../../src/metrics/measures.ts';
import { type MeasureSpec, measureSchema } from '../../src/spec/spec.ts';
import { perfect } from './evidence.ts';

const specs: MeasureSpec[] = [
  { kind: 'mode-coverage' },
  { kind: 'sliced-wasserstein', projections: 10 },
  { kind: 'reconstruction' },
  { kind: 'latent-uniformity' },
  { kind: 'latent-separation' },
  { kind: 'curve-coverage', bins: 20 },
];
const grid = makeDataset({ kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.05, heavy: 0, scale: 1 });
const roll = makeDataset({ kind: 'swiss-roll', turns: 1, inner: 0.5, outer: 2, std: 0.05, scale: 1 });

/** A grid with modes, or a roll with a curve, and a model whose every output is `fill` (or the data itself). */
function evidenceFor(spec: MeasureSpec, fill?: number) {
  const drawn = perfect(spec.kind === 'curve-coverage' ? roll : grid, 200);
  const outputs = fill === undefined ? drawn.real : { ...drawn.real, values: drawn.real.values.map(() => fill) };
  return { ...drawn, generated: outputs, reconstructed: outputs, encoded: outputs, reencoded: outputs };
}

test('the catalogue has every kind of the spec once, in its order', () => {
  const kinds = measureSchema.options.map((option) => option.shape.kind.value);
  expect(measureCatalogue.map(({ kind }) => kind)).toEqual(kinds);
  expect(specs.map(({ kind }) => kind)).toEqual(kinds);
  const columns = measureCatalogue.flatMap((entry) => entry.columns);
  expect(new Set(columns).size).toBe(columns.length);
});

test.each(specs)('$kind writes the columns that it declares, in that order', (spec) => {
  const entry = measureCatalogue.find(({ kind }) => kind === spec.kind);
  expect(Object.keys(measureNamed(spec)(evidenceFor(spec)))).toEqual(entry?.columns);
  expect(entry?.says).toMatch(/\S/);
});

test.each(specs)('$kind of data against itself: numbers all', (spec) => {
  for (const value of Object.values(measureNamed(spec)(evidenceFor(spec)))) expect(value).not.toBeNaN();
});

test.each(specs)('$kind does not crash where every output is NaN or infinite, and claims nothing good', (spec) => {
  const best = new Set([
    'modesCaptured',
    'modesWellCaptured',
    'highQuality',
    'modesReconstructed',
    'latentPurity',
    'nearCurve',
    'curveCovered',
  ]);
  for (const fill of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    for (const [column, value] of Object.entries(measureNamed(spec)(evidenceFor(spec, fill))))
      if (best.has(column)) expect(value).toBe(0);
      else expect(Number.isNaN(value) || value === 1 || value === Number.POSITIVE_INFINITY).toBe(true); // KS reaches 1
});
