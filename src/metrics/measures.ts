/** Every measure under its name in the spec, with the columns it writes. */
import type { MeasureSpec } from '../spec/spec.ts';
import { curveCoverage } from './curve-coverage.ts';
import { latentSeparation } from './latent-separation.ts';
import { latentUniformity } from './latent-uniformity.ts';
import type { Measure } from './measure.ts';
import { modeCoverage } from './mode-coverage.ts';
import { reconstruction } from './reconstruction.ts';
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
    default:
      return spec satisfies never;
  }
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
};

/** What `npm run list` prints, in the order of the spec's union. */
export const measureCatalogue: readonly MeasureEntry[] = (Object.keys(entries) as MeasureSpec['kind'][]) // keys of the record above
  .map((kind) => ({ kind, ...entries[kind] }));
