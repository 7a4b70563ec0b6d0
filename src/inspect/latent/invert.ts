/** Finds latents z of given pictures by gradient descent through G. */
import { join } from 'node:path';
import { faultOf } from '../../base/one-line.ts';
import { joinPoints, type Points, pointAt, slicePoints, squaredDistance } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import { truthOf } from '../../catalogue/truth.ts';
import { readArtefact } from '../../disk/checksums.ts';
import { prepareAnywhere } from '../../engine/engines.ts';
import { priorCard, samplePrior } from '../../priors/prior.ts';
import { decodeCheckpoint } from '../../store/checkpoint.ts';
import type { TrialRecord } from '../../store/record.ts';
import { modelFor } from '../../trial/model-for.ts';
import type { TrainedModel } from '../trained-model.ts';
import { type FeatureNet, inversionStep } from './inversion-step.ts';
import { blockOf, boundsOf } from './latents.ts';

export const startNames = ['random', 'encoder'] as const;
export type StartName = (typeof startNames)[number];

export interface InversionRequest {
  readonly starts: readonly StartName[];
  readonly iterations: number;
  /** Adam's rate at the start; it falls to 0 along half a cosine. */
  readonly rate: number;
  readonly seed: number;
  readonly features?: { readonly net: FeatureNet; readonly weight: number };
}

/** The inversions of all pictures from one kind of start. */
export interface Inversion {
  readonly start: StartName;
  readonly from: Points;
  /** For each picture the best latent of all iterations. */
  readonly found: Points;
  /** The errors there, one a picture: mean squared error of the pixels, relative squared distance of the features. */
  readonly least: { readonly pixel: Float32Array; readonly feature?: Float32Array };
  /** The same by iteration, 0 … iterations. */
  readonly pixel: readonly Float32Array[];
  readonly feature?: readonly Float32Array[];
}

/** Draws of the prior, for each class of a split one, of which the nearest is a picture's random start. */
export const drawsForStart = 16;

/**
 * Inverts all `targets` (`[count, dim]`, data units) from all starts at once. Pictures are independent: each gets the result
 * that it would get alone, up to rounding. `found` is never worse than the start.
 *
 * @throws UsageError where the trial's networks are not there or not its own.
 */
export async function invert(model: TrainedModel, targets: Points, request: InversionRequest): Promise<Inversion[]> {
  const { record } = model;
  if (!record) throw new Error(`internal: ${model.name} has no trial to take gradients of`);
  const { spec } = record;
  const { starts, iterations, rate, seed, features } = request;
  const froms: Points[] = [];
  for (const start of starts) froms.push(await startsOf(start, model, targets, seed));
  const from = joinPoints(froms);
  const count = from.count;
  const { fn, signature, initialState } = inversionStep({
    model: await modelFor(spec, builtIn, model.shape),
    players: await playersOf(model.folder, record),
    scale: truthOf(spec.data).scale,
    prior: spec.latent,
    count,
    rate,
    ...(features && { features }),
  });
  const step = await prepareAnywhere(fn, signature);
  step.load(initialState(from.values));
  const x = joinPoints(starts.map(() => targets)).values;
  const free = priorCard(spec.latent).blocks(spec.latent) > 1 ? { free: freeNumbers(model, from) } : {};
  const best = new Best(from, features?.weight ?? 0);
  const curves = { pixel: [] as Float32Array[], feature: [] as Float32Array[] };
  for (let iteration = 0; iteration <= iterations; iteration++) {
    const pace = Float32Array.of(0.5 + 0.5 * Math.cos((Math.PI * iteration) / Math.max(1, iterations)));
    const { at, pixel, feature } = await step.run({ x, pace, ...free });
    if (!at || !pixel) throw new Error('internal: a step of an inversion lacks its outputs');
    curves.pixel.push(pixel.slice());
    if (feature) curves.feature.push(feature.slice());
    best.offer(at, pixel, feature);
  }
  await step.dispose();
  return starts.map((start, index) => {
    const [first, last] = [index * targets.count, (index + 1) * targets.count];
    const part = (curve: readonly Float32Array[]) => curve.map((errors) => errors.subarray(first, last));
    return {
      start,
      from: froms[index] as Points, // one for each start
      found: slicePoints({ ...from, values: best.z }, first, targets.count),
      least: {
        pixel: best.pixel.subarray(first, last),
        ...(features && { feature: best.feature.subarray(first, last) }),
      },
      pixel: part(curves.pixel),
      ...(features && { feature: part(curves.feature) }),
    };
  });
}

/** The best latents so far, a row a picture, with their errors. */
class Best {
  readonly z: Float32Array;
  readonly pixel: Float32Array;
  readonly feature: Float32Array;
  readonly #sum: Float64Array;
  readonly #weight: number;

  constructor({ values, count }: Points, weight: number) {
    this.z = values.slice();
    this.pixel = new Float32Array(count).fill(Number.NaN);
    this.feature = this.pixel.slice();
    this.#sum = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.#weight = weight;
  }

  offer(z: Float32Array, pixel: Float32Array, feature?: Float32Array): void {
    const dim = z.length / pixel.length;
    for (const [index, error] of pixel.entries()) {
      const other = feature?.[index] ?? 0;
      const sum = error + this.#weight * other;
      if (!(sum < (this.#sum[index] as number))) continue;
      this.#sum[index] = sum;
      this.pixel[index] = error;
      this.feature[index] = other;
      this.z.set(z.subarray(index * dim, (index + 1) * dim), index * dim);
    }
  }
}

/** E(x) within the prior's bounds, or the nearest G(z) of some draws. */
async function startsOf(start: StartName, model: TrainedModel, targets: Points, seed: number): Promise<Points> {
  switch (start) {
    case 'encoder': {
      if (!model.encode) throw new Error(`internal: ${model.name} has no encoder`);
      const codes = await model.encode(targets);
      const bounds = boundsOf(model.prior);
      if (!bounds) return codes;
      return { ...codes, values: codes.values.map((value) => Math.min(bounds.high, Math.max(bounds.low, value))) };
    }
    case 'random':
      return nearestDraws(model, targets, seed);
    default:
      return start satisfies never;
  }
}

async function nearestDraws(model: TrainedModel, targets: Points, seed: number): Promise<Points> {
  const { prior } = model;
  const draws = drawsForStart * priorCard(prior).blocks(prior);
  const random = stream(seed, 'latent');
  const values = new Float32Array(targets.count * prior.dim);
  for (let index = 0; index < targets.count; index++) {
    const z = { values: samplePrior(prior, random, draws), count: draws, dim: prior.dim };
    const seen = await model.generate(z);
    let [nearest, least] = [0, Number.POSITIVE_INFINITY];
    for (let draw = 0; draw < draws; draw++) {
      const distance = squaredDistance(pointAt(seen, draw), pointAt(targets, index));
      if (distance < least) [nearest, least] = [draw, distance];
    }
    values.set(pointAt(z, nearest), index * prior.dim);
  }
  return { values, count: targets.count, dim: prior.dim };
}

/** 1 in the block of the start's class, which the inversion keeps. */
function freeNumbers({ prior }: TrainedModel, from: Points): Float32Array {
  const free = new Float32Array(from.count * from.dim);
  for (let index = 0; index < from.count; index++) {
    const { first, size } = blockOf(prior, pointAt(from, index));
    free.fill(1, index * from.dim + first, index * from.dim + first + size);
  }
  return free;
}

async function playersOf(folder: string, { hash }: TrialRecord): Promise<Float32Array> {
  const path = join(folder, 'networks');
  try {
    const { arrays, hash: of } = decodeCheckpoint(await readArtefact(folder, 'networks'));
    if (of !== hash) throw new Error('the networks are of another trial');
    if (!arrays.players) throw new Error('it holds no generator');
    return arrays.players;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(faultOf(path, error));
  }
}
