/** Eight Gaussians on a ring. */
import { veeganPacgan } from './veegan-pacgan.ts';

export const ring8 = veeganPacgan({
  on: { kind: 'gaussian-rings', modes: 8, radii: [1], std: 0.01 },
  metrics: ['modesCaptured', 'highQuality', 'reverseKL'],
  table: 'synthetic data',
  veegan: [
    ['GAN', '1', '99.3', ''],
    ['ALI', '2.8', '0.13', ''],
    ['Unrolled GAN', '7.6', '35.6', ''],
    ['VEEGAN', '8', '52.9', ''],
  ],
  pacgan: [
    ['GAN', '6.3 ± 0.5', '98.2 ± 0.2', '0.45 ± 0.09'],
    ['ALI', '6.6 ± 0.3', '97.6 ± 0.4', '0.36 ± 0.04'],
    ['PacGAN2', '7.9 ± 0.1', '95.6 ± 2.0', '0.07 ± 0.03'],
    ['PacGAN4', '7.8 ± 0.1', '95.9 ± 1.4', '0.07 ± 0.02'],
  ],
});
