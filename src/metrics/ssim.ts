/** Structural similarity of pictures and their reconstructions. */

import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import { ssim as ssimOf } from './scores/ssim.ts';

/** `ssim`: G(E(x)) against x, of pictures; needs no scorer. */
export function ssimValues({ dataset: { shape }, real, reconstructed }: EvaluationInputs): Values {
  const [height, width, channels] = shape;
  if (reconstructed === undefined || height === undefined || width === undefined || channels === undefined) return {};
  return { ssim: ssimOf(real, reconstructed, [height, width, channels]) };
}

/** Structural similarity of x and G(E(x)). */
export const ssim = defineMetric({
  kind: 'ssim',
  description: 'structural similarity of x and G(E(x))',
  columns: [
    {
      name: 'ssim',
      title: 'SSIM',
      unit: 'number',
      digits: 3,
      better: 'more',
      place: 25,
      terminal: { head: ['SSIM'], rank: 2.2, place: 19 },
    },
  ],
  needs: ['pictures'],
  compute: ssimValues,
});
