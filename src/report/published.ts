/** What papers report on the same data, to stand beside a report's own figures. Data, each figure with where it was read. */
import { images } from '../datasets/pictures/images.ts';
import { gaussianGrid } from '../datasets/toy/gaussian-grid.ts';
import { gaussianRings } from '../datasets/toy/gaussian-rings.ts';
import { canonicalJson } from '../schema/identity.ts';
import type { Section } from '../schema/kind.ts';

export interface Published {
  /** The metrics of its columns, under our names. */
  readonly metrics: readonly string[];
  /** How to read all of it. */
  readonly caveat: string;
  readonly tables: readonly PublishedTable[];
}

export interface PublishedTable {
  readonly source: string;
  /** What is not as here, so that figures are read with care. */
  readonly differs: string;
  readonly rows: readonly PublishedRow[];
}

/** The method, then a cell for each metric as printed (shares in per cent), with its error; '' where the paper says nothing. */
export type PublishedRow = readonly [method: string, ...cells: string[]];

const netsCount =
  'The same “GAN” moves by many modes between two papers, so nets and budget count for more than names: read these as the size of things, not as a race.';
const budget = 'nets, latent and training budget are that paper’s and differ from those here';

/** Both papers count modes on the same data; each has its own baselines. */
const ofModes = (
  metrics: readonly string[],
  place: string,
  rows: { readonly veegan: readonly PublishedRow[]; readonly pacgan: readonly PublishedRow[] },
): Published => ({
  metrics,
  caveat: netsCount,
  tables: [
    {
      source: `Srivastava et al. 2017, VEEGAN, its table of ${place}`,
      differs: `${budget}; means of several runs, spread not given; its GAN is far weaker than PacGAN’s on the same data`,
      rows: rows.veegan,
    },
    {
      source: `Lin et al. 2018, PacGAN, its table of ${place}${place === toy ? ' (ALI is what is called BiGAN here)' : ''}`,
      differs: `${budget}; mean ± standard error of 10 runs`,
      rows: rows.pacgan,
    },
  ],
});

const toy = 'synthetic data';
const toyMetrics = ['modesCaptured', 'highQuality', 'reverseKL'];

const ring = ofModes(toyMetrics, toy, {
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

const grid = ofModes(toyMetrics, toy, {
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

const stacked = ofModes(['modesCaptured', 'reverseKL'], 'stacked MNIST', {
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

const stackedMnist: Published = {
  ...stacked,
  caveat: `${stacked.caveat} Modes are counted in 26,000 samples by a classifier of digits, and each paper has its own.`,
};

const cifar10: Published = {
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
      source: 'torch-fidelity',
      differs: 'no generator: the training set itself',
      rows: [['real training set', '11.237 ± 0.095', '']],
    },
  ],
};

/** Data that figures were published on: the sections of a spec, whatever the scale that networks see them in. */
const known: readonly { readonly data: Section; readonly figures: Published }[] = [
  { data: gaussianRings({ modes: 8, radii: [1], std: 0.01 }), figures: ring },
  { data: gaussianGrid({ side: 5, spacing: 2, std: 0.05, heavy: 0 }), figures: grid },
  { data: images({ set: 'stacked-mnist', size: 28 }), figures: stackedMnist },
  { data: images({ set: 'cifar10', size: 32 }), figures: cifar10 },
];

/** Published figures on exactly this data (whatever the scale that networks see it in); none for any other. */
export const publishedOn = (data: Section): Published | undefined =>
  known.find((one) => sameData(one.data, data))?.figures;

const sameData = (one: Section, other: Section): boolean => withoutScale(one) === withoutScale(other);

const withoutScale = ({ scale: _, ...data }: Section): string => canonicalJson(data);
