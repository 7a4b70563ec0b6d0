/** Distances that tell how far E and G are from being each other's inverse. */
import type { Points } from '../base/points.ts';
import type { EvaluationInputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';

/**
 * - `reconstructionX`: mean over the data of ‖x − G(E(x))‖, data units.
 * - `reconstructionZ`: mean over the prior of ‖z − E(G(z))‖, latent units.
 *
 * Euclidean norms, of all numbers of an example. Each only where the method has the networks for it.
 */
export function reconstructionValues({ real, reconstructed, latents, reencoded }: EvaluationInputs): Values {
  return {
    ...(reconstructed === undefined ? {} : { reconstructionX: meanDistance(real, reconstructed) }),
    ...(reencoded === undefined ? {} : { reconstructionZ: meanDistance(latents, reencoded) }),
  };
}

function meanDistance(a: Points, b: Points): number {
  const { count, dim } = a;
  if (b.count !== count || b.dim !== dim)
    throw new Error(`internal: reconstruction expects [${count}, ${dim}] points, got [${b.count}, ${b.dim}]`);
  let total = 0;
  for (let i = 0; i < count; i++) {
    let squared = 0;
    for (let d = 0; d < dim; d++)
      squared += ((a.values[i * dim + d] as number) - (b.values[i * dim + d] as number)) ** 2;
    total += Math.sqrt(squared);
  }
  return total / count;
}

/** How far E and G are from being inverse: ‖x − G(E(x))‖ and ‖z − E(G(z))‖. */
export const reconstruction = defineMetric({
  kind: 'reconstruction',
  description: 'mean ‖x − G(E(x))‖ and mean ‖z − E(G(z))‖',
  source: 'Donahue, Krähenbühl & Darrell 2017 (BiGAN): at the optimum E and G are each other’s inverse',
  columns: [
    {
      name: 'reconstructionX',
      title: '‖x − G(E(x))‖',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 280,
      terminal: false,
    },
    {
      name: 'reconstructionZ',
      title: '‖z − E(G(z))‖',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 290,
      terminal: false,
    },
  ],
  compute: reconstructionValues,
});
