/** Draws points from a generator: a trial's own, with the latents of its evaluation, or an ONNX file of any program. */
import { createHash } from 'node:crypto';
import { countText } from '../../base/number-words.ts';
import { stream } from '../../base/random.ts';
import { preparedSetOf } from '../../catalogue/truth.ts';
import { priorCard, samplePrior } from '../../priors/prior.ts';
import type { Latent } from '../generator-file.ts';
import type { TrainedModel } from '../trained-model.ts';
import type { PointSource } from './score-points.ts';

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
