/** What papers report on the same data, to stand beside a report's own figures. Data, each figure with where it was read. */
import type { DataSpec } from '../spec/spec.ts';

export interface PublishedRow {
  readonly method: string;
  /** As printed, with the standard error where the paper has one; '' where it says nothing. */
  readonly modes: string;
  /** Per cent. */
  readonly highQuality: string;
  readonly reverseKL: string;
}

export interface PublishedTable {
  readonly source: string;
  /** What is not as here, so that figures are read with care. */
  readonly differs: string;
  readonly rows: readonly PublishedRow[];
}

const row = (method: string, modes: string, highQuality: string, reverseKL = ''): PublishedRow => ({
  method,
  modes,
  highQuality,
  reverseKL,
});

const veegan = {
  source: 'Srivastava et al. 2017, VEEGAN, its table of synthetic data',
  differs:
    'nets, latent and training budget are that paper’s and differ from those here; means of several runs, spread not given; its GAN is far weaker than PacGAN’s on the same data',
};
const pacgan = {
  source: 'Lin et al. 2018, PacGAN, its table of synthetic data (ALI is what is called BiGAN here)',
  differs:
    'nets, latent and training budget are that paper’s and differ from those here; mean ± standard error of 10 runs',
};

const ring: readonly PublishedTable[] = [
  {
    ...veegan,
    rows: [
      row('GAN', '1', '99.3'),
      row('ALI', '2.8', '0.13'),
      row('Unrolled GAN', '7.6', '35.6'),
      row('VEEGAN', '8', '52.9'),
    ],
  },
  {
    ...pacgan,
    rows: [
      row('GAN', '6.3 ± 0.5', '98.2 ± 0.2', '0.45 ± 0.09'),
      row('ALI', '6.6 ± 0.3', '97.6 ± 0.4', '0.36 ± 0.04'),
      row('PacGAN2', '7.9 ± 0.1', '95.6 ± 2.0', '0.07 ± 0.03'),
      row('PacGAN4', '7.8 ± 0.1', '95.9 ± 1.4', '0.07 ± 0.02'),
    ],
  },
];

const grid: readonly PublishedTable[] = [
  {
    ...veegan,
    rows: [
      row('GAN', '3.3', '0.5'),
      row('ALI', '15.8', '1.6'),
      row('Unrolled GAN', '23.6', '16'),
      row('VEEGAN', '24.6', '40'),
    ],
  },
  {
    ...pacgan,
    rows: [
      row('GAN', '17.3 ± 0.8', '94.8 ± 0.7', '0.70 ± 0.07'),
      row('ALI', '24.1 ± 0.4', '95.7 ± 0.6', '0.14 ± 0.03'),
      row('PacGAN2', '23.8 ± 0.7', '91.3 ± 0.8', '0.13 ± 0.04'),
      row('PacGAN4', '24.8 ± 0.2', '93.6 ± 0.6', '0.04 ± 0.01'),
    ],
  },
];

/** Published figures on exactly this data (whatever the scale that networks see it in); none for any other. */
export function publishedOn(data: DataSpec): readonly PublishedTable[] {
  if (data.kind === 'gaussian-rings') {
    const isTheirs = data.modes === 8 && data.radii.length === 1 && data.radii[0] === 1 && data.std === 0.01;
    return isTheirs ? ring : [];
  }
  if (data.kind === 'gaussian-grid') {
    const isTheirs = data.side === 5 && data.spacing === 2 && data.std === 0.05 && data.heavy === 0;
    return isTheirs ? grid : [];
  }
  return [];
}
