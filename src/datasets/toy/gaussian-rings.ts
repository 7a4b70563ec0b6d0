/** Gaussians on rings about the origin (VEEGAN's 8, the double ring of *No Modes Left Behind*'s authors). */

import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { positive, scale, count as whole } from '../../schema/fields.ts';
import { pointsKind } from '../data-kind.ts';
import { equalWeights, mixture } from './mixture.ts';

/**
 * Mode `ring · modes + k` lies at radius `radii[ring]` and angle 2πk/modes: the full circle is divided, so that no end
 * point is doubled (`linspace(0, 2π, 8)` gives 7 distinct modes).
 *
 * @throws UsageError where two rings have one radius.
 */
export const gaussianRings = pointsKind({
  kind: 'gaussian-rings',
  description: 'modes Gaussians on each ring about the origin, the first at angle 0',
  settings: { modes: whole, radii: z.array(positive).min(1), std: positive, scale },
  has: ['modes'],
  modes: ({ modes, radii }) => modes * radii.length,
  make({ modes, radii, std, scale }) {
    const repeated = radii.find((radius, i) => radii.indexOf(radius) !== i);
    if (repeated !== undefined) throw new UsageError(`data.radii: expected radii that differ, got ${repeated} twice`);
    const count = modes * radii.length;
    const centres = new Float64Array(count * 2);
    radii.forEach((radius, ring) => {
      for (let k = 0; k < modes; k++) {
        const angle = (2 * Math.PI * k) / modes;
        centres[2 * (ring * modes + k)] = radius * Math.cos(angle);
        centres[2 * (ring * modes + k) + 1] = radius * Math.sin(angle);
      }
    });
    return mixture({ centres, count, dim: 2, std, weights: equalWeights(count) }, scale);
  },
});
