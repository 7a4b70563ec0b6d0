/** Structural similarity of pictures and their reconstructions. */

import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { ssim as ssimOf } from './scores/ssim.ts';

/**
 * - `ssim`: mean structural similarity of x and G(E(x)) over pictures `[height, width, channels]` in [−1, 1]; −1 to 1, 1 for
 *   equal pictures. Gaussian window of 11 × 11 with σ 1.5, K₁ 0.01, K₂ 0.03, each channel on its own.
 *
 * Needs an encoder and no scorer.
 */
export function ssimValues({ dataset: { shape }, real, reconstructed }: EvaluationInputs): Values {
  const [height, width, channels] = shape;
  if (reconstructed === undefined || height === undefined || width === undefined || channels === undefined) return {};
  return { ssim: ssimOf(real, reconstructed, [height, width, channels]) };
}

/** Structural similarity of x and G(E(x)). */
export const ssim = defineMetric({
  kind: 'ssim',
  description: 'structural similarity of x and G(E(x))',
  source: 'Wang et al. 2004, Image Quality Assessment: From Error Visibility to Structural Similarity',
  columns: [
    {
      name: 'ssim',
      title: 'SSIM',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 250,
      terminal: { head: ['SSIM'], rank: 2.2 },
    },
  ],
  needs: ['pictures'],
  compute: ssimValues,
});
