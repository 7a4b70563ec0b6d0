/** Draws points from a generator: a trial's own, with the latents of its evaluation, or an ONNX file of any program. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { preparedSetOf } from '../../catalogue/truth.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { priorCard, samplePrior } from '../../priors/prior.ts';
import type { Prior } from '../../priors/prior-kind.ts';
import { openGenerator, openTrainedModel, type TrainedModel } from '../trained-model.ts';
import type { PointSource } from './score-points.ts';

/** What `--latent` says: a law, and how many numbers z has. */
export interface Latent {
  readonly typed: string;
  readonly prior: Prior;
}

/** `uniform:2` on [−1, 1), `uniform:2:0:1` on [0, 1), `normal:64`. Throws UsageError for anything else. */
export function parseLatent(typed: string): Latent {
  const [, law, size, low = '-1', high = '1'] =
    /^(uniform|normal):(\d{1,6})(?::(-?[\d.]+):(-?[\d.]+))?$/.exec(typed) ?? [];
  const dim = Number(size);
  const isRange = law === 'normal' ? !typed.includes(':', 'normal:'.length) : Number(low) < Number(high);
  if (law === undefined || !(dim > 0) || !isRange)
    throw new UsageError(`--latent: expected uniform:2, uniform:2:0:1 or normal:64, got '${typed}'`);
  const prior: Prior =
    law === 'normal' ? { kind: 'normal', dim, std: 1 } : { kind: 'uniform', dim, low: Number(low), high: Number(high) };
  return { typed, prior };
}

/**
 * @param path an ONNX file, or a trial's folder.
 * @throws UsageError of one line where there is no generator, or its z is not as `latent` says.
 */
export async function openModel(path: string, latent: Latent | undefined): Promise<TrainedModel> {
  const home = basename(path) === 'generator.onnx' ? join(path, '..') : path;
  if (statsOf(join(home, 'trial.json'))) {
    if (latent) throw new UsageError('--latent: for an ONNX file alone; this trial says what its prior is');
    return openTrainedModel(home);
  }
  return openGenerator(path, (dim) => {
    if (latent === undefined) return { kind: 'normal', dim, std: 1 };
    if (latent.prior.dim === dim) return latent.prior;
    throw new UsageError(`--latent: expected z of ${dim} numbers, as ${basename(path)} takes, got ${latent.typed}`);
  });
}

/** Whether what a model makes are points; pictures are scored otherwise. */
export const makesPoints = ({ record, shape }: TrainedModel): boolean =>
  record ? preparedSetOf(record.spec.data) === undefined : shape.length < 3;

/** So many of its points. */
export async function drawFrom(
  model: TrainedModel,
  path: string,
  count: number,
  seed: number,
  latent: Latent | undefined,
): Promise<PointSource> {
  const { prior, record } = model;
  const values = samplePrior(prior, stream(seed, 'evaluation', 1), count);
  const points = await model.generate({ values, count, dim: prior.dim });
  const law = priorCard(prior).text(prior);
  const isGuess = record === undefined && latent === undefined;
  return {
    name: model.name,
    path,
    says: `${countText(count)} points, z ${law}`,
    points,
    sha256: createHash('sha256').update(points.values).digest('hex'),
    notes: isGuess
      ? [`z is taken to be ${law}; if it was trained on another law, say so with --latent uniform:${prior.dim}`]
      : [],
  };
}
