/** side × side Gaussians centred on the origin (VEEGAN's 25, the heavy mode of *No Modes Left Behind*). */

import { UsageError } from '../../base/usage-error.ts';
import { positive, scale, share, count as whole } from '../../schema/fields.ts';
import { pointsKind } from '../data-kind.ts';
import { equalWeights, mixture } from './mixture.ts';

/**
 * Mode `row · side + column` lies at `spacing · (column − (side − 1)/2, row − (side − 1)/2)`. With `heavy` > 0 the central
 * mode has that share of the mass and the others share the rest equally.
 *
 * @throws UsageError where `heavy` is asked of a grid without a central mode, or without others.
 */
export const gaussianGrid = pointsKind({
  kind: 'gaussian-grid',
  description: 'side × side Gaussians about the origin; heavy is the share of the mass in the central one',
  settings: { side: whole, spacing: positive, std: positive, heavy: share.default(0), scale },
  has: ['modes'],
  modes: ({ side }) => side ** 2,
  check({ side, heavy }) {
    if (heavy > 0 && side % 2 === 0)
      throw new UsageError(`data.side: expected an odd number, for a heavy mode in the centre, got ${side}`);
  },
  make({ side, spacing, std, heavy, scale }) {
    const count = side * side;
    const centres = new Float64Array(count * 2);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const mode = row * side + column;
        centres[2 * mode] = (column - (side - 1) / 2) * spacing;
        centres[2 * mode + 1] = (row - (side - 1) / 2) * spacing;
      }
    }
    return mixture({ centres, count, dim: 2, std, weights: gridWeights(side, heavy) }, scale);
  },
});

function gridWeights(side: number, heavy: number): Float64Array {
  const count = side * side;
  if (heavy === 0) return equalWeights(count);
  if (side % 2 === 0 || side === 1) {
    const nearest = side === 1 ? 3 : side + 1;
    throw new UsageError(
      `data.side: a heavy central mode needs an odd side, 3 or more; got ${side}, nearest is ${nearest}`,
    );
  }
  const weights = new Float64Array(count).fill((1 - heavy) / (count - 1));
  weights[(count - 1) / 2] = heavy;
  return weights;
}
