/** Makes the optimiser of a spec. */
import type { OptimiserSpec } from '../schema/spec.ts';
import { adam } from './adam.ts';
import type { Optimiser } from './optimiser.ts';
import { rmsprop } from './rmsprop.ts';

export function makeOptimiser(spec: OptimiserSpec): Optimiser {
  switch (spec.kind) {
    case 'adam':
      return adam(spec);
    case 'rmsprop':
      return rmsprop(spec);
    default:
      return spec satisfies never;
  }
}
