/** Multi-layer perceptrons as networks of an experiment on points. */
import { z } from 'zod';
import { count, share } from '../schema/fields.ts';
import { initialiserNames } from './initialise.ts';
import { mostUnits, netsKind } from './nets-kind.ts';

/** G, E and D of vectors: dense layers with one activation between them, linear at the end; D sees x and z side by side. */
export const mlps = netsKind({
  kind: 'mlp',
  description: 'multi-layer perceptrons: dense layers with one activation between them, linear at the end',
  settings: {
    hidden: z.array(count).min(1),
    activation: z.enum(['relu', 'leaky-relu']),
    /** Slope of leaky-relu for negative inputs; unused by relu. */
    slope: share.default(0.2),
    initialiser: z.enum(initialiserNames),
  },
  takes: 'points',
  small: true,
  takesNoise: true,
  sizes: ({ hidden }) => hidden.map((size, at) => ({ path: `nets.hidden.${at}`, size, most: mostUnits })),
  stepShape: ({ hidden }) => ({ kind: 'dense', hidden }),
  load: async () => (await import('./mlp.ts')).mlpNets,
});
