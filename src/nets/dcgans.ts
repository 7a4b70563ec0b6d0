/** Convolutional networks as networks of an experiment on pictures. */
import { count } from '../schema/fields.ts';
import { mostUnits, netsKind } from './nets-kind.ts';

/** Convolutions 4 × 4, stride 2, between pictures and 4 × 4 (7 × 7 for 28 px); batch norm in G and E. */
export const dcgan = netsKind({
  kind: 'dcgan',
  description: 'convolutions 4 × 4 of stride 2 between pictures and 4 × 4 (7 × 7 for 28 px), batch norm in G and E',
  source: 'Radford, Metz & Chintala 2016',
  settings: {
    /** Channels at half the picture's size; they double with every halving, up to eightfold. */
    width: count,
  },
  takes: 'pictures',
  small: false,
  takesNoise: true,
  sizes: ({ width }) => [{ path: 'nets.width', size: width, most: mostUnits }],
  stepShape: ({ width }) => ({ kind: 'convolutional', width }),
  load: async () => (await import('./dcgan.ts')).dcganNets,
});
