/** PacGAN (Lin et al. 2018): D looks at several samples at once, and so sees that they are alike. */
import { count } from '../schema/fields.ts';
import { choice } from '../schema/range.ts';
import { defineMethod } from './method.ts';
import { methodSection } from './section.ts';

const settings = { packing: methodSection({ size: count }, { size: 2 }) };

/**
 *     L_D = BCE(D(x₁, …, x_m), 1) + BCE(D(G(z₁), …, G(z_m)), 0)        L_G = BCE(D(G(z₁), …, G(z_m)), 1)
 *
 * m is `packing.size`: consecutive examples of the batch, side by side; pictures along their channels.
 *
 * Deviations: 1. the batch holds `training.batch` examples, so that D sees m times fewer packs; its authors draw m batches.
 * 2. networks are the experiment's: the authors' D is wider by its inputs and has maxout units.
 */
export const pacgan2 = defineMethod({
  name: 'pacgan2',
  family: 'coverage',
  description: 'a discriminator of several samples at once',
  source: 'Lin et al. 2018',
  networks: ['generator'],
  settings,
  search: { 'packing.size': choice(2, 4) },
  packing: ({ packing }) => settings.packing.schema.parse(packing).size,
  load: async () => (await import('./losses.ts')).ganLosses,
});
