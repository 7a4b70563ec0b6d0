/** Which modes the generator (and the reconstruction) reaches, and how well: the metrics of VEEGAN and PacGAN. */
import type { Points } from '../base/points.ts';
import type { Modes } from '../datasets/dataset.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import * as columns from './mode-columns.ts';
import { jensenShannon, kullbackLeibler } from './numerics/divergence.ts';
import { isWellCaptured } from './numerics/expected-modes.ts';
import { highQualityCounts, nearestModes } from './numerics/nearest-modes.ts';
import { sigmaRatio } from './sigma-ratio.ts';

/**
 * For data with modes; a sample is of high quality within 3σ of its nearest centre: Euclidean, or Mahalanobis where modes
 * have a σ or covariance of their own.
 *
 * - `modesCaptured`: modes that are the nearest of at least one high-quality sample. It grows with the number of samples: of 25
 *   equal modes a perfect sampler shows 16 in 25 samples, 25 in 2,500, and a stray sample is enough to keep a mode.
 * - `modesWellCaptured`: modes whose high-quality samples, as a share of all samples, are at least a quarter of the mode's weight.
 * - `highQuality`: high-quality samples as a share of all; a perfect sampler's is P(χ²(d) ≤ 9): 0.997 in one dimension, 0.989 in
 *   two.
 * - `reverseKL`: KL(histogram of high-quality samples over modes ‖ true weights), natural log; NaN where there is none.
 * - `jensenShannon`: the Jensen–Shannon divergence (not its root) of the same two, natural log, 0 to ln 2.
 * - `sigmaRatio`: standard deviation of a mode's high-quality samples over the true one, mean over modes, corrected for the cut at
 *   3σ and for few samples: below 1 the modes are too narrow, above 1 too wide.
 * - `modesReconstructed`: `modesCaptured` of G(E(x)) instead of G(z); only where there is an encoder.
 *
 * Samples that are not finite count as samples, never as high-quality ones.
 */
export function modeCoverageValues({
  dataset: { modes },
  generated,
  reconstructed,
}: Pick<EvaluationInputs, 'dataset' | 'generated' | 'reconstructed'>): Values {
  if (modes === undefined) return {};
  return {
    ...(generated === undefined ? {} : coverageOf(generated, modes)),
    ...(reconstructed === undefined
      ? {}
      : { modesReconstructed: captured(highQualityCounts(nearestModes(reconstructed, modes), modes)) }),
  };
}

function coverageOf(samples: Points, modes: Modes): Values {
  const nearest = nearestModes(samples, modes);
  const counts = highQualityCounts(nearest, modes);
  const good = counts.reduce((sum, count) => sum + count, 0);
  const histogram = Float64Array.from(counts, (count) => count / good);
  return {
    modesCaptured: captured(counts),
    modesWellCaptured: wellCaptured(counts, samples.count, modes.weights),
    highQuality: good / samples.count,
    reverseKL: good === 0 ? Number.NaN : kullbackLeibler(histogram, modes.weights),
    jensenShannon: good === 0 ? Number.NaN : jensenShannon(histogram, modes.weights),
    sigmaRatio: sigmaRatio(samples, nearest, modes),
  };
}

function captured(counts: Int32Array): number {
  return counts.reduce((modes, count) => modes + (count > 0 ? 1 : 0), 0);
}

const wellCaptured = (counts: Int32Array, samples: number, weights: Float64Array): number =>
  counts.reduce((modes, count, m) => modes + (isWellCaptured(count, samples, weights[m] as number) ? 1 : 0), 0);

/** Modes captured, high quality, divergences between mode histograms. */
export const modeCoverage = defineMetric({
  kind: 'mode-coverage',
  description: 'which modes samples reach within 3σ, in what shares, how wide; modes reached by G(E(x))',
  source: 'Srivastava et al. 2017 (VEEGAN), modes and high quality; Lin et al. 2018 (PacGAN), reverse KL',
  columns: [
    columns.modesCaptured,
    {
      name: 'modesWellCaptured',
      title: 'modes well captured',
      unit: 'count',
      digits: 1,
      better: 'more',
      role: 'strict-coverage',
      outOf: 'modes',
      ceiling: 'well-captured',
      place: 40,
      terminal: { head: ['well', 'captured'], rank: 3 },
    },
    {
      name: 'highQuality',
      title: 'high quality',
      unit: 'share',
      digits: 1,
      better: 'more',
      role: 'quality',
      ceiling: 'three-sigma',
      place: 50,
      terminal: { head: ['high', 'quality %'], rank: 1 },
    },
    columns.reverseKL,
    columns.jensenShannon,
    { name: 'sigmaRatio', title: 'σ ratio', unit: 'number', digits: 2 },
    columns.modesReconstructed,
  ],
  needs: ['modes'],
  compute: modeCoverageValues,
});
