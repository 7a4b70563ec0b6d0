/** Whether a guided generator keeps to the class that its latent means, and how varied it is within one. */

import { type Points, pointAt } from '../base/points.ts';
import { mean } from '../base/statistics.ts';
import type { EvaluationInputs, ScorerOutput, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { nearestModes } from './numerics/nearest-modes.ts';

/** Classes of examples, and what is compared within one. */
interface Classified {
  readonly classes: Int32Array;
  readonly features: Points;
}

/**
 * - `intendedClass`: share of samples that are of the class which their latent's block stands for; NaN without such a latent.
 * - `classVariety`: standard deviation within a class, averaged over dimensions and over the classes that have two samples
 *   or more, as a share of the data's (1: as varied as the data; 0: one example a class).
 *
 * With a scorer of one head, classes are its most probable ones and distances those of its features; for data with known
 * modes, classes are the nearest modes and distances those of the data itself.
 */
export function guidanceValues(inputs: EvaluationInputs): Values {
  const [generated, real] = [classified(inputs, 'generated'), classified(inputs, 'real')];
  if (!generated || !real) return {};
  const classes = classCount(inputs);
  return {
    intendedClass: shareIntended(generated.classes, inputs.latents, classes),
    classVariety: mean(ratios(spread(generated, classes), spread(real, classes))),
  };
}

function classified(
  { dataset, scored, ...examples }: EvaluationInputs,
  which: 'generated' | 'real',
): Classified | undefined {
  if (scored) {
    const scorerOutput = scored[which];
    return scorerOutput && { classes: mostProbable(scorerOutput), features: scorerOutput.features };
  }
  const points = examples[which];
  if (!dataset.modes || !points) return undefined;
  return { classes: nearestModes(points, dataset.modes).index, features: points };
}

function classCount({ dataset, scored }: EvaluationInputs): number {
  return scored?.real.probabilities?.dim ?? dataset.modes?.count ?? 0;
}

/** −1 for an example that the scorer could not read. */
function mostProbable({ probabilities }: ScorerOutput): Int32Array {
  if (!probabilities) throw new Error('internal: guidance needs a scorer with classes');
  const { values, count, dim } = probabilities;
  return Int32Array.from({ length: count }, (_, example) => {
    const own = values.subarray(example * dim, (example + 1) * dim);
    if (!own.every(Number.isFinite)) return -1;
    let best = 0;
    for (let c = 1; c < dim; c++) if ((own[c] as number) > (own[best] as number)) best = c;
    return best;
  });
}

/** A latent means the class whose block is not 0. */
function shareIntended(classes: Int32Array, latents: Points, count: number): number {
  const block = latents.dim / count;
  if (!Number.isInteger(block) || latents.count < classes.length) return Number.NaN;
  let agree = 0;
  for (let example = 0; example < classes.length; example++) {
    const z = pointAt(latents, example);
    const filled = z.findIndex((value) => value !== 0);
    const isSplit = z.every((value, index) => value === 0 || Math.floor(index / block) === Math.floor(filled / block));
    if (!isSplit) return Number.NaN;
    if (Math.floor(filled / block) === classes[example]) agree++;
  }
  return agree / classes.length;
}

/** Standard deviation within each class (Bessel's correction), averaged over dimensions; NaN with fewer than two examples. */
export function spread({ classes, features: { values, dim } }: Classified, count: number): Float64Array {
  const members = new Float64Array(count);
  const means = new Float64Array(count * dim);
  const squares = new Float64Array(count * dim);
  for (const [example, c] of classes.entries()) {
    if (c < 0) continue;
    const n = (members[c] as number) + 1;
    members[c] = n;
    for (let d = 0; d < dim; d++) {
      // Welford's update
      const value = values[example * dim + d] as number;
      const at = c * dim + d;
      const delta = value - (means[at] as number);
      means[at] = (means[at] as number) + delta / n;
      squares[at] = (squares[at] as number) + delta * (value - (means[at] as number));
    }
  }
  return Float64Array.from(members, (n, c) => {
    if (n < 2) return Number.NaN;
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += Math.sqrt((squares[c * dim + d] as number) / (n - 1));
    return sum / dim;
  });
}

/** Of the classes that both have. */
function ratios(generated: Float64Array, real: Float64Array): number[] {
  return Array.from(generated, (value, c) => value / (real[c] as number)).filter(Number.isFinite);
}

/** Whether samples are of the class that their latent means, and how varied a class is. */
export const guidance = defineMetric({
  kind: 'guidance',
  description: 'share of samples of the class that their latent means, and variety within classes against the data',
  source: 'this project, for the study on guided latent spaces',
  columns: [
    {
      name: 'intendedClass',
      title: 'intended class',
      unit: 'share',
      digits: 1,
      better: 'more',
      place: 260,
      terminal: { head: ['intended', 'class %'], rank: 1 },
    },
    {
      name: 'classVariety',
      title: 'variety in a class',
      unit: 'number',
      digits: 2,
      better: 'more',
      place: 270,
      terminal: { head: ['class', 'variety'], rank: 1 },
    },
  ],
  needs: ['classes'],
  compute: guidanceValues,
});
