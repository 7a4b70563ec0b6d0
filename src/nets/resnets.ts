/** Small residual networks without normalisation as networks of an experiment on pictures. */
import { count } from '../schema/fields.ts';
import { mostUnits, netsKind } from './nets-kind.ts';

/** Residual blocks of 3 × 3 convolutions without normalisation, between resamplings by 4 × 4 kernels of stride 2. */
export const resnet = netsKind({
  kind: 'resnet',
  description: 'residual blocks of 3 × 3 convolutions that begin as the identity, no normalisation, strided resampling',
  source: 'in the spirit of Huang et al. 2024 (R3GAN); the start after Zhang et al. 2019 (Fixup)',
  settings: {
    /** Channels at half the picture's size; they double with every halving, up to fourfold. */
    width: count,
  },
  takes: 'pictures',
  small: false,
  takesNoise: true,
  sizes: ({ width }) => [{ path: 'nets.width', size: width, most: mostUnits }],
  stepShape: ({ width }) => ({ kind: 'convolutional', width }),
  load: async () => (await import('./resnet.ts')).resnetNets,
});
