/** Tests whether E keeps the modes apart, by the nearest neighbour of each code among the other codes. */
import type { Points } from '../base/points.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { nearestModes } from './numerics/nearest-modes.ts';

/**
 * - `latentPurity`: share of the encoded examples whose nearest other code (Euclidean) comes from the same mode; an example's
 *   mode is the one nearest to x. 1: the modes are islands in latent space; Σ wₘ² (1/25 on 25 equal modes): E tells nothing
 *   of them.
 *
 * Several neighbours at one distance count in proportion, so codes that all coincide give chance level, not an accident of
 * order. A code that is not finite has no neighbour and is nobody's. Only for data with modes and methods with an encoder.
 */
export function latentSeparationValues({ dataset: { modes }, real, encoded }: EvaluationInputs): Values {
  if (modes === undefined || encoded === undefined) return {};
  return { latentPurity: neighbourPurity(encoded, nearestModes(real, modes).index) };
}

/** Share of points whose nearest other point has the same label; `labels` `[count]`. NaN for no points. */
export function neighbourPurity({ values, count, dim }: Points, labels: Int32Array): number {
  const order = ascending(values, count, dim);
  let total = 0;
  for (let place = 0; place < order.length; place++) {
    const self = order[place] as number;
    let best = Number.POSITIVE_INFINITY;
    let ties = 0;
    let same = 0;
    // neighbours in the order of the first coordinate, up then down, until that alone is further than the best so far
    for (const way of [1, -1]) {
      for (let at = place + way; at >= 0 && at < order.length; at += way) {
        const other = order[at] as number;
        const offset = (values[other * dim] as number) - (values[self * dim] as number);
        if (offset * offset > best) break;
        const squared = squaredDistance(values, dim, self, other);
        if (squared > best) continue;
        if (squared < best) {
          best = squared;
          ties = 0;
          same = 0;
        }
        ties++;
        if (labels[other] === labels[self]) same++;
      }
    }
    if (ties > 0) total += same / ties;
  }
  return total / count;
}

/** Indices of the finite points, by their first coordinate. */
function ascending(values: Float32Array, count: number, dim: number): Int32Array {
  const finite: number[] = [];
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += values[i * dim + d] as number;
    if (Number.isFinite(sum)) finite.push(i);
  }
  return Int32Array.from(finite).sort((a, b) => (values[a * dim] as number) - (values[b * dim] as number));
}

function squaredDistance(values: Float32Array, dim: number, a: number, b: number): number {
  let squared = 0;
  for (let d = 0; d < dim; d++) {
    const offset = (values[a * dim + d] as number) - (values[b * dim + d] as number);
    squared += offset * offset;
  }
  return squared;
}

/** Whether E keeps the modes of the data apart. */
export const latentSeparation = defineMetric({
  kind: 'latent-separation',
  description: 'share of codes E(x) whose nearest neighbour comes from the same mode',
  source: 'leave-one-out accuracy of the nearest-neighbour rule (Cover & Hart 1967)',
  columns: [
    {
      name: 'latentPurity',
      title: 'latent purity',
      unit: 'share',
      digits: 1,
      better: 'more',
      role: 'coverage',
      place: 320,
      terminal: { head: ['latent', 'purity %'], rank: 6 },
    },
  ],
  needs: ['modes'],
  compute: latentSeparationValues,
});
