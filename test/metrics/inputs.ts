/** Evaluation inputs for the tests of metrics: written out by hand, or drawn from a perfect sampler. */

import type { Points } from '../../src/base/points.ts';
import { stream } from '../../src/base/random.ts';
import type { Dataset, Modes } from '../../src/datasets/dataset.ts';
import type { EvaluationInputs } from '../../src/metrics/evaluation-inputs.ts';
import { priorCdf, samplePrior } from '../../src/priors/prior.ts';

/** Rows of one length as points. */
export function points(...rows: number[][]): Points {
  return { values: Float32Array.from(rows.flat()), count: rows.length, dim: rows[0]?.length ?? 0 };
}

/** A data set that is never drawn from: for metrics that look at its truth alone. */
export function truth(known: { modes?: Modes; curve?: Dataset['curve'] }, dim = known.modes?.dim ?? 2): Dataset {
  return {
    shape: [dim],
    dim,
    scale: 1,
    sample: () => {
      throw new Error('this data set only knows its truth');
    },
    ...(known.modes === undefined ? {} : { modes: known.modes }),
    ...(known.curve === undefined ? {} : { curve: known.curve }),
  };
}

export function modesAt(centres: number[][], std: number, weights?: number[]): Modes {
  const count = centres.length;
  return {
    centres: Float64Array.from(centres.flat()),
    count,
    dim: centres[0]?.length ?? 0,
    std,
    weights: Float64Array.from(weights ?? centres.map(() => 1 / count)),
  };
}

const uniform = { kind: 'uniform', dim: 2, low: -1, high: 1 } as const;

/** EvaluationInputs with the given parts; the rest is empty or absent. */
export function inputs(parts: Partial<EvaluationInputs> & { dataset: Dataset }): EvaluationInputs {
  return {
    real: points(),
    latents: points(),
    priorCdf: priorCdf(uniform),
    random: () => stream(0, 'projection'),
    ...parts,
  };
}

/** What a perfect sampler leaves: `generated` are fresh draws of the data itself. */
export function perfect(dataset: Dataset, count: number, seed = 0): EvaluationInputs {
  const draw = (step: number): Points => ({
    values: dataset.sample(stream(seed, 'evaluation', step), count),
    count,
    dim: dataset.dim,
  });
  const latents = { values: samplePrior(uniform, stream(seed, 'latent'), count), count, dim: uniform.dim };
  return inputs({ dataset, real: draw(0), generated: draw(1), latents });
}
