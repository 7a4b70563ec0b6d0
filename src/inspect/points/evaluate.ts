/** Computes what a trial's row has for points of any origin, and what a perfect sampler of as many points gets. */
import { countText } from '../../base/number-words.ts';
import { firstPoints, type Points, pickPoints } from '../../base/points.ts';
import { shuffle, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { EvaluationInputs, Values } from '../../metrics/evaluation-inputs.ts';
import { highQualityCounts, nearestModes } from '../../metrics/numerics/nearest-modes.ts';
import { minimalInputs } from '../score/minimal-inputs.ts';
import { fixed } from '../score/settings.ts';
import type { Reference } from './reference.ts';

/** Of a metric over perfect samples. */
export interface Range {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A mode, and what it got. */
export interface ModeShare {
  readonly centre: readonly number[];
  /** Its true share of the mass. */
  readonly weight: number;
  /** Share of all samples that lie within 3σ of it. */
  readonly share: number;
}

export interface PointScores {
  readonly values: Values;
  readonly perfect: Readonly<Record<string, Range>>;
  /** Empty where the data have no modes. */
  readonly modes: readonly ModeShare[];
}

/** Samples of a perfect sampler: fewer of many points. */
const perfectSamples = (count: number): number => Math.max(5, Math.min(20, Math.round(100_000 / count)));

/** As many of the points as are wanted, drawn without repetition; all of them in their order where there are no more. */
export function drawPoints(points: Points, wanted: number, seed: number): Points {
  if (points.count <= wanted) return points;
  const order = Int32Array.from({ length: points.count }, (_, index) => index);
  shuffle(order, stream(seed, 'evaluation', 3));
  return pickPoints(points, order.subarray(0, wanted));
}

/** By number of points: what a perfect sampler gets is the same for every file of that size. */
export type PerfectScores = Map<number, Readonly<Record<string, Range>>>;

/** @param known filled here, for further files. */
export function scorePoints(points: Points, reference: Reference, seed: number, known: PerfectScores): PointScores {
  const { dataset } = reference;
  const { count } = points;
  const real = realPoints(dataset, count, seed);
  const values = valuesOf(points, real, reference, seed);
  const perfect = known.get(count) ?? perfectScores(count, real, reference, seed);
  known.set(count, perfect);
  return { values, perfect, modes: sharesOf(points, dataset) };
}

function perfectScores(count: number, real: Points, reference: Reference, seed: number): Record<string, Range> {
  const { dataset } = reference;
  const draws = Array.from({ length: perfectSamples(count) }, (_, draw) => {
    const values = dataset.sample(stream(seed, 'evaluation', 100 + draw), count);
    return valuesOf({ values, count, dim: dataset.dim }, real, reference, seed);
  });
  return Object.fromEntries(
    Object.keys(draws[0] ?? {}).map((name) => {
      const found = draws.map((values) => values[name] ?? Number.NaN);
      const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
      return [name, { mean, low: Math.min(...found), high: Math.max(...found) }];
    }),
  );
}

/** Of samples alone. */
export function inputsOf(generated: Points, real: Points, { dataset }: Reference, seed: number): EvaluationInputs {
  return { ...minimalInputs(dataset, real, seed), generated };
}

function valuesOf(generated: Points, real: Points, reference: Reference, seed: number): Values {
  const { measures, catalogue } = reference;
  const inputs = inputsOf(generated, real, reference, seed);
  const few = {
    ...inputs,
    real: firstPoints(real, fixed.mostPaired),
    generated: firstPoints(generated, fixed.mostPaired),
  };
  const values = measures.map((metric) => {
    const card = catalogue.metric(metric);
    return card.compute(metric, card.pairwise ? few : inputs);
  });
  return Object.assign({}, ...values);
}

/** Those that a trial of this seed is evaluated on. */
export function realPoints(dataset: Dataset, count: number, seed: number): Points {
  const random = stream(seed, 'evaluation', 0);
  const values = dataset.shuffled?.(random).take(count) ?? dataset.sample(random, count);
  return { values, count, dim: dataset.dim };
}

function sharesOf(points: Points, { modes }: Dataset): ModeShare[] {
  if (modes === undefined) return [];
  const { centres, weights, dim } = modes;
  const counts = highQualityCounts(nearestModes(points, modes), modes);
  return Array.from(counts, (found, mode) => ({
    centre: [...centres.subarray(mode * dim, (mode + 1) * dim)],
    weight: weights[mode] as number,
    share: found / points.count,
  }));
}

/** @throws UsageError where points have other dimensions than the data, with what the shape suggests. */
export function checkDimensions(points: Points, { dataset: { dim }, name }: Reference, path: string): void {
  if (points.dim === dim) return;
  const hint =
    points.count === dim
      ? `; are its axes swapped? it is read as ${points.count} points of ${countText(points.dim)} numbers`
      : '';
  throw new UsageError(
    `${path}: expected points of ${dim} numbers, as ${name} has, got ${countText(points.dim)}${hint}`,
  );
}
