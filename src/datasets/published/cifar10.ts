/** CIFAR-10. */
import { budget, type Published } from './figures.ts';

export const cifar10: Published = {
  on: { kind: 'images', set: 'cifar10', size: 32 },
  metrics: ['inceptionScore', 'fid'],
  caveat:
    'Published scores are by Inception-v3 on 50,000 samples. By another scorer, or on fewer samples, they are other quantities: do not compare these with those above unless the line below the table of results names Inception-v3.',
  tables: [
    {
      source: 'mimicry, its table of CIFAR-10',
      differs: `${budget}; 50,000 samples`,
      rows: [
        ['WGAN-GP', '7.33 ± 0.02', '22.29 ± 0.06'],
        ['SNGAN', '7.97 ± 0.06', '16.77 ± 0.04'],
      ],
    },
    {
      source: 'xyfJASON/gans-pytorch, one small CNN for all (preset anchor)',
      differs: 'its D has batch normalisation; 50,000 samples',
      rows: [
        ['GAN (DCGAN)', '', '24.73'],
        ['GAN + R1', '', '24.15'],
        ['SNGAN', '', '24.92'],
        ['LSGAN', '', '28.49'],
        ['WGAN-GP', '', '28.80'],
        ['WGAN', '', '49.92'],
      ],
    },
    {
      source: 'torch-fidelity',
      differs: 'no generator: the training set itself',
      rows: [['real training set', '11.237 ± 0.095', '']],
    },
  ],
};
