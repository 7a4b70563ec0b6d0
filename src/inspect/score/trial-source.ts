/** Reads a trial as a source of pictures: G of the latents that its own evaluation uses, so that both give the same scores. */

import { chunks, type Points, slicePoints } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { sizeOf } from '../../engine/graph/graph.ts';
import { priorCard, samplePrior } from '../../priors/prior.ts';
import { canBecome, fitTo, resizeText } from '../../scorers/resize.ts';
import type { TrainedModel } from '../trained-model.ts';
import { atOnce } from './settings.ts';
import type { Part, Source } from './source.ts';

/**
 * @param shape of the data, `[height, width, channels]`; samples of another are brought to it.
 * @throws UsageError where their channels cannot be.
 */
export function trialSource(model: TrainedModel, shape: readonly number[], seed: number): Source {
  const { name, record, encode } = model;
  const [from = 1, to = 1] = [model.shape[2], shape[2]];
  if (!canBecome(from, to))
    throw new UsageError(`--against: its pictures have ${to} channels, those of ${name} ${from}`);
  const wanted = { shape, layout: 'nhwc', mean: [0.5], std: [0.5] } as const; // [−1, 1] stays [−1, 1]
  const resize = resizeText(model.shape, wanted);
  const dim = sizeOf(shape);

  async function partOf(latents: Points, first: number): Promise<Part> {
    const made = await model.generate(latents);
    const pictures =
      resize === 'none' ? made : { values: fitTo(made.values, model.shape, wanted), count: made.count, dim };
    return { pictures, ...(encode && { codes: { latents, reencoded: await encode(made, first) } }) };
  }

  return {
    kind: record ? 'trial' : 'generator',
    name,
    description: record
      ? `${record.spec.method} of ${record.spec.experiment}, seed ${record.spec.seed}`
      : `a generator, z ${priorCard(model.prior).text(model.prior)}`,
    async *parts(most) {
      const values = samplePrior(model.prior, stream(seed, 'evaluation', 1), most);
      const latents = { values, count: most, dim: model.prior.dim };
      for (const { first, count } of chunks(most, atOnce))
        yield await partOf(slicePoints(latents, first, count), first);
    },
    ...(encode &&
      resize === 'none' && { reconstruct: async (real, first) => model.generate(await encode(real, first)) }),
    afterwards: () => ({
      resize,
      notes: [
        ...(encode && resize !== 'none' ? ['reconstructions: none, the trial sees pictures of another size'] : []),
        ...(model.encoderNote === undefined ? [] : [model.encoderNote]),
      ],
    }),
  };
}
