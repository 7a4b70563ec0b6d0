/** Three digits of MNIST as the channels of a picture: a thousand modes. */
import { veeganPacgan } from './veegan-pacgan.ts';

export const stackedMnist = veeganPacgan({
  on: { kind: 'images', set: 'stacked-mnist', size: 28 },
  metrics: ['modesCaptured', 'reverseKL'],
  table: 'stacked MNIST',
  caveat: 'Modes are counted in 26,000 samples by a classifier of digits, and each paper has its own.',
  veegan: [
    ['DCGAN', '99', '3.40'],
    ['ALI', '16', '5.40'],
    ['Unrolled GAN', '48.7', '4.32'],
    ['VEEGAN', '150', '2.95'],
  ],
  pacgan: [
    ['DCGAN', '78.9 ± 6.5', '4.50 ± 0.13'],
    ['PacDCGAN2', '1000 ± 0', '0.06 ± 0.003'],
  ],
});
