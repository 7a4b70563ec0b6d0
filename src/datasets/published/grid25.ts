/** 25 Gaussians on a grid. */
import { veeganPacgan } from './veegan-pacgan.ts';

export const grid25 = veeganPacgan({
  on: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0 },
  metrics: ['modesCaptured', 'highQuality', 'reverseKL'],
  table: 'synthetic data',
  veegan: [
    ['GAN', '3.3', '0.5', ''],
    ['ALI', '15.8', '1.6', ''],
    ['Unrolled GAN', '23.6', '16', ''],
    ['VEEGAN', '24.6', '40', ''],
  ],
  pacgan: [
    ['GAN', '17.3 ± 0.8', '94.8 ± 0.7', '0.70 ± 0.07'],
    ['ALI', '24.1 ± 0.4', '95.7 ± 0.6', '0.14 ± 0.03'],
    ['PacGAN2', '23.8 ± 0.7', '91.3 ± 0.8', '0.13 ± 0.04'],
    ['PacGAN4', '24.8 ± 0.2', '93.6 ± 0.6', '0.04 ± 0.01'],
  ],
});
