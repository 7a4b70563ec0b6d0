/** The cards of metrics against what they compute, also for a model that has collapsed to NaN. */
import { describe, expect, test } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import { stream } from '../../src/base/random.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { Labels } from '../../src/datasets/dataset.ts';
import type { EvaluationInputs, ScorerOutput } from '../../src/metrics/evaluation-inputs.ts';
import { columnNames, defineMetric } from '../../src/metrics/metric-kind.ts';
import type { Section as MetricSpec } from '../../src/schema/kind.ts';
import { makeDataset } from '../support/datasets.ts';
import { inputs, perfect, points } from './inputs.ts';

/** Of points. */
const specs: MetricSpec[] = [
  { kind: 'mode-coverage' },
  { kind: 'mode-balance' },
  { kind: 'sliced-wasserstein', projections: 10 },
  { kind: 'reconstruction' },
  { kind: 'latent-uniformity' },
  { kind: 'latent-separation' },
  { kind: 'curve-coverage', bins: 20 },
];
/** Of pictures. */
const pictureSpecs: MetricSpec[] = [
  { kind: 'class-coverage' },
  { kind: 'attribute-coverage' },
  { kind: 'guidance' },
  { kind: 'foreground', threshold: 0.2, cells: 2 },
  { kind: 'ssim' },
  { kind: 'inception-score', splits: 2 },
  { kind: 'frechet' },
  { kind: 'kernel', subsets: 4, size: 10 },
  { kind: 'prdc', neighbours: 3 },
  { kind: 'ndb', bins: 4 },
  { kind: 'birthday' },
];
const grid = makeDataset({ kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.05, heavy: 0.5, scale: 1 });
const roll = makeDataset({ kind: 'swiss-roll', turns: 1, inner: 0.5, outer: 2, std: 0.05, scale: 1 });

/** A grid with modes, or a roll with a curve, and a model whose every output is `fill` (or the data itself). */
function inputsFor(spec: MetricSpec, fill?: number) {
  const drawn = perfect(spec.kind === 'curve-coverage' ? roll : grid, 200);
  const outputs = fill === undefined ? drawn.real : { ...drawn.real, values: drawn.real.values.map(() => fill) };
  return { ...drawn, generated: outputs, reconstructed: outputs, encoded: outputs, reencoded: outputs };
}

test('the catalogue has every kind of the spec once, in its order', () => {
  const kinds = builtIn.cards.metrics.map(({ kind }) => kind);
  expect([...specs, ...pictureSpecs].map(({ kind }) => kind)).toEqual(kinds);
});

test.each([
  ['of points', ['class-coverage', 'attribute-coverage']],
  ['of pictures with classes', ['mode-coverage', 'attribute-coverage']],
  ['of pictures with attributes', ['mode-coverage', 'class-coverage']],
])('no two metrics %s write the same column', (_, others) => {
  const columns = builtIn.cards.metrics.filter(({ kind }) => !others.includes(kind)).flatMap(columnNames);
  expect(new Set(columns).size).toBe(columns.length);
});

test.each(specs)('$kind writes the columns that it declares, in that order', (spec) => {
  const entry = builtIn.metric(spec);
  expect(Object.keys(builtIn.metric(spec).compute(spec, inputsFor(spec)))).toEqual(columnNames(entry));
  expect(entry.description).toMatch(/\S/);
});

test.each(specs)('$kind of data against itself: numbers all', (spec) => {
  for (const value of Object.values(builtIn.metric(spec).compute(spec, inputsFor(spec)))) expect(value).not.toBeNaN();
});

test.each(specs)('$kind does not crash where every output is NaN or infinite, and claims nothing good', (spec) => {
  const best = new Set([
    'modesCaptured',
    'modesWellCaptured',
    'minorModesCaptured',
    'minorModesWellCaptured',
    'leastShare',
    'highQuality',
    'modesReconstructed',
    'latentPurity',
    'nearCurve',
    'curveCovered',
  ]);
  for (const fill of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    for (const [column, value] of Object.entries(builtIn.metric(spec).compute(spec, inputsFor(spec, fill))))
      if (best.has(column)) expect(value).toBe(0);
      else if (column === 'modesAndRestKL')
        expect(value).toBeGreaterThan(4.4); // −ln of what lies outside of 3σ
      else expect(Number.isNaN(value) || value === 1 || value === Number.POSITIVE_INFINITY).toBe(true); // KS reaches 1
});

describe('metrics of pictures', () => {
  const count = 60;
  const shape = [12, 12, 1];
  const draw = (index: number, dim: number, law: 'uniform' | 'normal') => {
    const random = stream(5, 'evaluation', index);
    return {
      values: Float32Array.from({ length: count * dim }, () =>
        law === 'normal' ? random.normal() : 2 * random.uniform() - 1,
      ),
      count,
      dim,
    };
  };
  const labelsFor = ({ kind }: MetricSpec): Labels =>
    kind === 'attribute-coverage'
      ? { kind: 'attributes', names: ['a', 'b', 'c'] }
      : { kind: 'classes', heads: [['a', 'b', 'c']] };
  /** Features of any kind, and probabilities of a, b and c in turns. */
  const scorerOutput = (index: number): ScorerOutput => ({
    features: draw(10 + index, 4, 'normal'),
    probabilities: points(
      ...Array.from({ length: count }, (_, at) => [0, 1, 2].map((c) => (c === (at + index) % 3 ? 0.8 : 0.1))),
    ),
  });

  /** A model that gives other pictures of the data's law, with or without its judge. */
  function pictures(spec: MetricSpec, changes: Partial<EvaluationInputs> = {}): EvaluationInputs {
    const dataset = { ...grid, shape, dim: 144, scale: 1 };
    const { modes: _, labelled: __, ...data } = dataset;
    return inputs({
      dataset: data,
      real: draw(0, 144, 'uniform'),
      secondReal: draw(1, 144, 'uniform'),
      generated: draw(2, 144, 'uniform'),
      reconstructed: draw(3, 144, 'uniform'),
      latents: points(...Array.from({ length: count }, (_, at) => [0, 1, 2].map((c) => (c === at % 3 ? 0.5 : 0)))),
      scored: {
        labels: labelsFor(spec),
        real: scorerOutput(0),
        secondReal: scorerOutput(1),
        generated: scorerOutput(2),
        reconstructed: scorerOutput(3),
      },
      ...changes,
    });
  }

  test.each(pictureSpecs)('$kind writes the columns that it declares, in that order, all of them numbers', (spec) => {
    const entry = builtIn.metric(spec);
    const values = builtIn.metric(spec).compute(spec, pictures(spec));
    expect(Object.keys(values)).toEqual(columnNames(entry));
    for (const value of Object.values(values)) expect(value).not.toBeNaN();
    expect(entry.description).toMatch(/\S/);
  });

  test.each(pictureSpecs)('$kind of a method without a generator says nothing of one', (spec) => {
    const { generated: _, reconstructed: __, scored, ...rest } = pictures(spec);
    const { labels, real, secondReal } = scored ?? {};
    if (!labels || !real || !secondReal) throw new Error('these inputs have scorer outputs');
    const values = builtIn.metric(spec).compute(spec, { ...rest, scored: { labels, real, secondReal } });
    for (const column of Object.keys(values)) expect(column).toMatch(/Real$/);
  });

  test.each(pictureSpecs)('$kind does not crash where every picture is NaN, and claims nothing good', (spec) => {
    const none = ({ values, ...rest }: Points): Points => ({ ...rest, values: values.map(() => Number.NaN) });
    const blind = ({ features, probabilities }: ScorerOutput): ScorerOutput => ({
      features: none(features),
      ...(probabilities && { probabilities: none(probabilities) }),
    });
    const given = pictures(spec);
    const { scored, generated, reconstructed } = given;
    if (!scored?.generated || !scored.reconstructed || !generated || !reconstructed) throw new Error('it has them all');
    const collapsed = builtIn.metric(spec).compute(spec, {
      ...given,
      generated: none(generated),
      reconstructed: none(reconstructed),
      scored: { ...scored, generated: blind(scored.generated), reconstructed: blind(scored.reconstructed) },
    });
    const healthy = builtIn.metric(spec).compute(spec, given);
    expect(Object.keys(collapsed)).toEqual(Object.keys(healthy));
    for (const [column, value] of Object.entries(collapsed)) {
      if (column.endsWith('Real')) expect(value).toBe(healthy[column]);
      else if (best.has(column)) expect(Number.isNaN(value) || value === 0).toBe(true);
    }
  });

  /** The higher the better. */
  const best = new Set([
    'modesCaptured',
    'modesReconstructed',
    'intendedClass',
    'classVariety',
    'cellsCovered',
    'ssim',
    'inceptionScore',
    'precision',
    'recall',
    'density',
    'coverage',
    'birthdaySupport',
  ]);
});

test('values that a metric does not declare are refused', () => {
  const slip = defineMetric({
    kind: 'slip',
    description: 'made up',
    columns: [{ name: 'spread', title: 'spread', unit: 'number', digits: 2, real: true }],
    compute: () => ({ spread: 1, spreadReal: 1, spraed: 2 }),
  });
  expect(() => slip.compute({ kind: 'slip' }, inputsFor({ kind: 'mode-coverage' }))).toThrow(
    "metric slip: expected values of its columns (spread, spreadReal), got 'spraed'",
  );
});
