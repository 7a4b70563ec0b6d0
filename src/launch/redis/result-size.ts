/** Bounds what a trial can leave by its spec: who writes to the queue's Redis may put there what unpacks to any size. */
import { builtIn } from '../../catalogue/catalogue.ts';
import { catalogueFor } from '../../experiment/load.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';

/** Bytes of tables and pictures that do not grow with the spec. */
export const usualBytes = 16 * 2 ** 20;
/** Copies of a weight: in exported networks, in a checkpoint with averages and moments. */
const copies = 12;
/** Pictures in sheets. */
const pictures = 1_024;
/** Bytes of a row of history.csv, and of a number in any file. */
const [rowBytes, numberBytes] = [16_384, 32];

/** @param dataRoot where prepared sets of pictures lie. Loads tensors. */
export async function mostBytes({ spec, code, film }: PlannedTrial, dataRoot: string): Promise<number> {
  const catalogue = code === undefined ? builtIn : await catalogueFor({ spec, code });
  const { modelFor } = await import('../../trial/model-for.ts');
  const { shape } = catalogue.data(spec.data).open(spec.data, dataRoot);
  const model = await modelFor(spec, catalogue, shape);
  const weights = model.evaluationSize + model.nets.discriminator.layout.size;
  const size = shape.reduce((product, length) => product * length, 1) + spec.latent.dim;
  const examples = shape.length === 3 ? pictures : 4 * spec.evaluation.samples;
  const frames = (film?.frames ?? 0) * (1_024 * size + 8_192);
  const rows = spec.training.steps / spec.evaluation.every;
  return usualBytes + copies * 4 * weights + rowBytes * rows + numberBytes * (examples * size + frames);
}
