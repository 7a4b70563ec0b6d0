/** Builds evaluation inputs where there is no trial: pictures alone. */

import { noPoints, type Points } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';

/** Of a source alone. Only a trial has a prior, and no score looks at it. */
export function minimalInputs(dataset: Dataset, real: Points, seed: number): EvaluationInputs {
  return {
    dataset,
    real,
    latents: noPoints(1),
    priorCdf: () => Number.NaN,
    random: () => stream(seed, 'projection'),
  };
}
