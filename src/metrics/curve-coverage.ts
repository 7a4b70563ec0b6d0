/** Coverage of data along a curve: how many samples lie near it, and how much of it they reach. */

import type { Points } from '../base/points.ts';
import { UsageError } from '../base/usage-error.ts';
import type { Curve } from '../datasets/dataset.ts';
import { count } from '../schema/fields.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { lowerBound } from './numerics/lower-bound.ts';
import { highQualityRadius } from './numerics/nearest-modes.ts';

/**
 * - `nearCurve`: share of samples within 3σ (Euclidean) of the curve; the data's own is about erf(3/√2) = 0.9973, for the
 *   noise along the curve takes nothing from it.
 * - `curveCovered`: share of `bins` equal stretches of the curve, by index, that are the nearest of at least one such
 *   sample. The data's density is uniform over the index, so every stretch has the same share of it.
 *
 * Samples that are not finite are near nothing.
 *
 * @throws UsageError where the curve has fewer points than `bins`.
 */
export function curveCoverageValues({ dataset: { curve }, generated }: EvaluationInputs, bins: number): Values {
  if (curve === undefined || generated === undefined) return {};
  if (bins > curve.count)
    throw new UsageError(
      `measures.curve-coverage.bins: expected at most ${curve.count} (the curve's points), got ${bins}`,
    );
  const nearest = nearestOnCurve(generated, curve);
  const hit = new Uint8Array(bins);
  let near = 0;
  for (const index of nearest) {
    if (index < 0) continue;
    near++;
    hit[Math.floor((index * bins) / curve.count)] = 1;
  }
  return { nearCurve: near / generated.count, curveCovered: hit.reduce((sum, one) => sum + one, 0) / bins };
}

/** Index of the curve's point nearest to each sample, −1 where none is within 3σ. `[samples.count]` */
export function nearestOnCurve(samples: Points, curve: Curve): Int32Array {
  const { values, count, dim } = samples;
  const reach = highQualityRadius * curve.std;
  const { order, first } = byFirstCoordinate(curve);
  const nearest = new Int32Array(count).fill(-1);
  for (let i = 0; i < count; i++) {
    const x = values[i * dim] as number;
    let best = reach * reach;
    // only points whose first coordinate is within reach can be near; NaN finds none
    for (let at = lowerBound(first, x - reach); at < first.length && (first[at] as number) <= x + reach; at++) {
      const index = order[at] as number;
      let squared = 0;
      for (let d = 0; d < dim; d++)
        squared += ((values[i * dim + d] as number) - (curve.points[index * dim + d] as number)) ** 2;
      if (squared <= best) {
        best = squared;
        nearest[i] = index;
      }
    }
  }
  return nearest;
}

/** The curve's points by their first coordinate: their indices and that coordinate, both `[count]`. */
function byFirstCoordinate({ points, count, dim }: Curve) {
  const key = (index: number) => points[index * dim] as number;
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => key(a) - key(b));
  return { order, first: Float64Array.from(order, key) };
}

/** Share of samples near the curve, and of the curve near samples. */
export const curveCoverage = defineMetric({
  kind: 'curve-coverage',
  description: 'share of samples within 3σ of the curve, and share of its stretches reached',
  source: 'this project, with the 3σ rule of Srivastava et al. 2017 (VEEGAN)',
  settings: { bins: count },
  columns: [
    {
      name: 'nearCurve',
      title: 'near the curve',
      unit: 'share',
      digits: 1,
      better: 'more',
      role: 'quality',
      place: 30,
      terminal: { head: ['near', 'curve %'], rank: 1 },
    },
    {
      name: 'curveCovered',
      title: 'curve covered',
      unit: 'share',
      digits: 1,
      better: 'more',
      role: 'coverage',
      place: 20,
      terminal: { head: ['curve', 'covered %'], rank: 0 },
      rawTerminal: { head: ['raw', 'cov. %'], rank: 3.5, place: 277 },
    },
  ],
  needs: ['curve'],
  compute: (inputs, { bins }) => curveCoverageValues(inputs, bins),
});
