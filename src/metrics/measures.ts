/** Every measure under its name in the spec, with the columns it writes. */
import type { DataSpec, MeasureSpec } from '../schema/spec.ts';
import { attributeCoverage } from './attribute-coverage.ts';
import { classCoverage } from './class-coverage.ts';
import { curveCoverage } from './curve-coverage.ts';
import { foreground } from './foreground/foreground.ts';
import { guidance } from './guidance.ts';
import { latentSeparation } from './latent-separation.ts';
import { latentUniformity } from './latent-uniformity.ts';
import type { Evidence, Measure } from './measure.ts';
import { modeCoverage } from './mode-coverage.ts';
import { reconstruction } from './reconstruction.ts';
import {
  birthdayScores,
  frechetScores,
  inceptionScores,
  kernelScores,
  ndbScores,
  prdcScores,
  ssimScores,
} from './scores/measures.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';

export interface MeasureEntry {
  readonly kind: MeasureSpec['kind'];
  /** Columns in the CSV, in order; a measure leaves out those whose inputs are missing. */
  readonly columns: readonly string[];
  /** What it says, in a line. */
  readonly says: string;
}

/** The function that a spec asks for. */
export function measureNamed(spec: MeasureSpec): Measure {
  switch (spec.kind) {
    case 'mode-coverage':
      return modeCoverage;
    case 'sliced-wasserstein':
      return (evidence) => slicedWasserstein(evidence, spec.projections);
    case 'reconstruction':
      return reconstruction;
    case 'latent-uniformity':
      return latentUniformity;
    case 'latent-separation':
      return latentSeparation;
    case 'curve-coverage':
      return (evidence) => curveCoverage(evidence, spec.bins);
    case 'class-coverage':
      return classCoverage;
    case 'attribute-coverage':
      return attributeCoverage;
    case 'guidance':
      return guidance;
    case 'foreground':
      return (evidence) => foreground(evidence, spec, pictureShape(evidence));
    case 'ssim':
      return ssimScores;
    case 'inception-score':
      return (evidence) => inceptionScores(evidence, spec.splits);
    case 'frechet':
      return frechetScores;
    case 'kernel':
      return (evidence) => kernelScores(evidence, spec);
    case 'prdc':
      return (evidence) => prdcScores(evidence, spec.neighbours);
    case 'ndb':
      return (evidence) => ndbScores(evidence, spec.bins);
    case 'birthday':
      return birthdayScores;
    default:
      return spec satisfies never;
  }
}

/** Height, width, channels: measures of pictures are for data that are pictures. */
function pictureShape({ dataset: { shape } }: Evidence): readonly [number, number, number] {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new Error(`internal: data of shape [${shape}] are no pictures`);
  }
  return [height, width, channels];
}

/** A record, so that a measure without an entry does not compile. */
const entries: Record<MeasureSpec['kind'], Omit<MeasureEntry, 'kind'>> = {
  'mode-coverage': {
    columns: [
      'modesCaptured',
      'modesWellCaptured',
      'highQuality',
      'reverseKL',
      'jensenShannon',
      'sigmaRatio',
      'modesReconstructed',
    ],
    says: 'which modes samples reach within 3σ, in what shares, how wide; modes reached by G(E(x))',
  },
  'sliced-wasserstein': {
    columns: ['slicedW2'],
    says: 'sliced Wasserstein-2 distance between samples and fresh data, data units',
  },
  reconstruction: {
    columns: ['reconstructionX', 'reconstructionZ'],
    says: 'mean ‖x − G(E(x))‖ and mean ‖z − E(G(z))‖',
  },
  'latent-uniformity': {
    columns: ['latentKS', 'latentKSMean'],
    says: 'Kolmogorov–Smirnov distance of E(x) from the prior: worst dimension and mean',
  },
  'latent-separation': {
    columns: ['latentPurity'],
    says: 'share of codes E(x) whose nearest neighbour comes from the same mode',
  },
  'curve-coverage': {
    columns: ['nearCurve', 'curveCovered'],
    says: 'share of samples within 3σ of the curve, and share of its stretches reached',
  },
  'class-coverage': {
    columns: [
      'modesCaptured',
      'reverseKL',
      'jensenShannon',
      'modesReconstructed',
      'modesCapturedReal',
      'reverseKLReal',
    ],
    says: 'modes that a classifier finds among samples, and how unevenly',
  },
  'attribute-coverage': {
    columns: ['modesCaptured', 'modesReconstructed', 'attributeGap', 'modesCapturedReal', 'attributeGapReal'],
    says: 'attributes that samples have at least a quarter as often as the data, by a classifier',
  },
  guidance: {
    columns: ['intendedClass', 'classVariety'],
    says: 'share of samples of the class that their latent means, and variety within classes against the data',
  },
  foreground: {
    columns: [
      'foregroundShare',
      'cellsCovered',
      'occupancyJS',
      'blobsJS',
      'foregroundReconstructed',
      'foregroundShareReal',
      'cellsCoveredReal',
      'occupancyJSReal',
      'blobsJSReal',
    ],
    says: "what differs from the frames' median: how often, where, in how many pieces",
  },
  ssim: { columns: ['ssim'], says: 'structural similarity of x and G(E(x))' },
  'inception-score': {
    columns: ['inceptionScore', 'inceptionScoreStd', 'inceptionScoreReal'],
    says: "the scorer's Inception Score",
  },
  frechet: { columns: ['fid', 'fidReal'], says: "Fréchet distance between the scorer's features of samples and data" },
  kernel: { columns: ['kid', 'kidStd', 'kidReal'], says: 'kernel distance of the same features, unbiased' },
  prdc: {
    columns: [
      'precision',
      'recall',
      'density',
      'coverage',
      'precisionReal',
      'recallReal',
      'densityReal',
      'coverageReal',
    ],
    says: "precision, recall, density and coverage in the scorer's features",
  },
  ndb: { columns: ['ndb', 'ndbReal'], says: 'share of bins of the data that samples fill differently' },
  birthday: {
    columns: ['birthdaySupport', 'birthdaySupportReal'],
    says: 'size of the support, from how often two samples are alike',
  },
};

/** Measures that look at what a scorer says of examples, and not at the examples. */
const judgedOnly: readonly MeasureSpec['kind'][] = [
  'class-coverage',
  'attribute-coverage',
  'guidance',
  'inception-score',
  'frechet',
  'kernel',
  'prdc',
  'ndb',
  'birthday',
];

/** Whether any of these looks at the examples themselves. */
export const needsExamples = (measures: readonly MeasureSpec[]): boolean =>
  measures.some(({ kind }) => !judgedOnly.includes(kind));

/** Whether any of these looks at what a scorer says; of data with known modes, guidance does without. */
export const needsScorer = (measures: readonly MeasureSpec[], data: DataSpec): boolean =>
  measures.some(({ kind }) => judgedOnly.includes(kind) && (kind !== 'guidance' || data.kind === 'images'));

/** What `npm run list` prints, in the order of the spec's union. */
export const measureCatalogue: readonly MeasureEntry[] = (Object.keys(entries) as MeasureSpec['kind'][]) // keys of the record above
  .map((kind) => ({ kind, ...entries[kind] }));
