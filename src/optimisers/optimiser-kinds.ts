/** The optimisers that experiments choose from. */
import { positive, share } from '../schema/fields.ts';
import { optimiserKind } from './optimiser-kind.ts';

/** Adam; its rate and both decays are to be given. */
export const adam = optimiserKind({
  kind: 'adam',
  description: 'Adam, ε outside of the root',
  source: 'Kingma & Ba 2015, algorithm 1',
  settings: { rate: positive, beta1: share, beta2: share, epsilon: positive.default(1e-8) },
  load: async () => (await import('./adam.ts')).adamOptimiser,
});

/** RMSProp, without momentum. */
export const rmsprop = optimiserKind({
  kind: 'rmsprop',
  description: 'RMSProp without momentum, ε outside of the root',
  source: 'Tieleman & Hinton 2012',
  settings: { rate: positive, decay: share, epsilon: positive.default(1e-8) },
  load: async () => (await import('./rmsprop.ts')).rmspropOptimiser,
});

export const optimiserKinds = [adam, rmsprop] as const;
