/**
 * What the author of an experiment writes: data only, defaults left out. Everything here is an identity function or a tiny
 * factory; checking is `author.ts`, filling in is `resolve.ts`. Imports types alone, so that loading an experiment is free.
 */
import type { Expectation } from '../schema/expectation.ts';
import type {
  DataSpec,
  LatentSpec,
  LossName,
  MeasureSpec,
  MethodName,
  NetsSpec,
  OptimiserSpec,
  ResolvedSpec,
} from '../schema/spec.ts';

/** Every level optional, lists whole, a `kind` only with all that belongs to it: what a preset or a method's own settings may say. */
type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends { readonly kind: string }
    ? T | (Partial<Omit<T, 'kind'>> & { readonly kind?: never })
    : T extends object
      ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
      : T;

type Fields<T, Kind extends string, Optional extends PropertyKey = never> = Omit<
  Extract<T, { kind: Kind }>,
  'kind' | Optional
> &
  Partial<Pick<Extract<T, { kind: Kind }>, Optional & keyof Extract<T, { kind: Kind }>>>;

/** What a factory gives: a kind and its fields, those with a default perhaps left out. */
type Authored<T, Optional extends PropertyKey> = T extends { kind: infer Kind extends string }
  ? { kind: Kind } & Fields<T, Kind, Optional>
  : never;

type AuthoredData = Authored<DataSpec, 'scale' | 'heavy'>;
type AuthoredNets = Authored<NetsSpec, 'slope'>;
type AuthoredOptimiser = Authored<OptimiserSpec, 'epsilon'>;

/**
 * The sections of a spec that an author may set, for all methods or for one. A section with `kind` replaces the one below it,
 * one without is merged into it.
 */
export interface Sections {
  readonly data: AuthoredData;
  readonly latent: LatentSpec;
  readonly nets: AuthoredNets;
  readonly training: {
    /** Steps of G (and E). */
    readonly steps: number;
    readonly batch: number;
    readonly optimiser: AuthoredOptimiser;
    /** Decay of the moving average of G and E that is evaluated; 0 (the default) evaluates the raw weights. */
    readonly average?: number;
  };
  readonly evaluation?: {
    /** Steps between evaluations; default: a twentieth of the training. */
    readonly every?: number;
    /** Examples at an evaluation; default: 2,500. */
    readonly samples?: number;
  };
  readonly measures: readonly MeasureSpec[];
  /** Overrides every method's own loss. */
  readonly loss?: LossName;
  readonly critic?: Partial<ResolvedSpec['critic']>;
  /** For the methods that have a penalty; the others stay without. */
  readonly penalty?: Partial<NonNullable<ResolvedSpec['penalty']>>;
  /** For the methods that have a reconstruction loss; the others stay without. */
  readonly reconstruction?: Partial<NonNullable<ResolvedSpec['reconstruction']>>;
  /** For the methods that a classifier guides; the others stay without. */
  readonly guidance?: Partial<NonNullable<ResolvedSpec['guidance']>>;
  /** What judges pictures, for the measures that need it. */
  readonly scorer?: NonNullable<ResolvedSpec['scorer']>;
}

/** A method with settings of its own within the experiment. */
export type MethodChoice = MethodName | ({ readonly name: MethodName } & DeepPartial<Sections>);

/** A smaller or larger variant of the experiment: what differs from it. */
export type Preset = DeepPartial<Sections> & { readonly methods?: readonly MethodChoice[] };

export interface Author extends Sections {
  /** What the experiment is meant to show, one sentence. */
  readonly claim: string;
  /** Where data and claim come from. */
  readonly source: string;
  readonly methods: readonly MethodChoice[];
  /** Every experiment has `smoke`, which takes seconds. */
  readonly presets: { readonly smoke: Preset; readonly [name: string]: Preset };
  /**
   * Final values that the claim implies on every seed, by method and metric: `{ atLeast: 25 }`, `{ atMost: 5 }`,
   * `{ exactly: 0 }`, or `25` for that value or better.
   */
  readonly expects?: { readonly [Name in MethodName]?: Readonly<Record<string, Expectation>> };
  /** Trials that are filmed without being asked for: see `src/store/film-file.ts`. No part of what is hashed. */
  readonly film?: {
    /** At most so many; the first shows the untrained networks, the last the end, and early ones lie closer together. */
    readonly frames: number;
    /** Default: all methods. */
    readonly methods?: readonly MethodName[];
  };
  /** Where this departs from the source, numbered by their order. */
  readonly deviations?: readonly string[];
}

/** An author's fields under the experiment's name (that of its file). */
export type Experiment = { readonly name: string } & Author;

/**
 * Gives the author's fields back: it is there for their types. Not generic, because the compiler looks for misspelt keys
 * only where it is told the type.
 */
export function defineExperiment(author: Author): Author {
  return author;
}

type Data<Kind extends DataSpec['kind']> = Fields<DataSpec, Kind, 'scale' | 'heavy'>;

/** side × side Gaussians about the origin; `heavy` is the central mode's share of the mass. */
export const gaussianGrid = (fields: Data<'gaussian-grid'>) => ({ kind: 'gaussian-grid' as const, ...fields });
/** `modes` Gaussians on each ring about the origin. */
export const gaussianRings = (fields: Data<'gaussian-rings'>) => ({ kind: 'gaussian-rings' as const, ...fields });
/** One-dimensional Gaussians at `centres`. */
export const gaussianLine = (fields: Data<'gaussian-line'>) => ({ kind: 'gaussian-line' as const, ...fields });
/** Two-dimensional Gaussians at `centres`, `[x, y]` each. */
export const gaussianClusters = (fields: Data<'gaussian-clusters'>) => ({
  kind: 'gaussian-clusters' as const,
  ...fields,
});
/** A noisy spiral of `turns` turns from radius `inner` to `outer`. */
export const swissRoll = (fields: Data<'swiss-roll'>) => ({ kind: 'swiss-roll' as const, ...fields });

/** A prepared set of pictures (`npm run data`), `size` pixels a side. */
export const images = (fields: Fields<DataSpec, 'images'>) => ({ kind: 'images' as const, ...fields });

/** z uniform on [low, high)^dim. */
export const uniform = (fields: Fields<LatentSpec, 'uniform'>) => ({ kind: 'uniform' as const, ...fields });
/** z normal with mean 0. */
export const normal = (fields: Fields<LatentSpec, 'normal'>) => ({ kind: 'normal' as const, ...fields });

/** z with a block of numbers for each class, of which one is filled. */
export const split = (fields: Fields<LatentSpec, 'split'>) => ({ kind: 'split' as const, ...fields });

/** G, E and D as convolutions with batch normalisation in G and E; `width` channels at half the picture's size. */
export const dcgan = (fields: Fields<NetsSpec, 'dcgan'>) => ({ kind: 'dcgan' as const, ...fields });
/** G, E and D as perceptrons with these hidden layers and linear outputs. */
export const mlps = (fields: Fields<NetsSpec, 'mlp', 'slope'>) => ({ kind: 'mlp' as const, ...fields });

/** Kingma & Ba 2015. */
export const adam = (fields: Fields<OptimiserSpec, 'adam', 'epsilon'>) => ({ kind: 'adam' as const, ...fields });
/** Tieleman & Hinton 2012. */
export const rmsprop = (fields: Fields<OptimiserSpec, 'rmsprop', 'epsilon'>) => ({
  kind: 'rmsprop' as const,
  ...fields,
});

/** Modes captured, high quality, divergences between mode histograms. */
export const modeCoverage = () => ({ kind: 'mode-coverage' as const });
/** Sliced Wasserstein-2 distance to fresh data. */
export const slicedWasserstein = (fields: Fields<MeasureSpec, 'sliced-wasserstein'>) => ({
  kind: 'sliced-wasserstein' as const,
  ...fields,
});
/** ‖x − G(E(x))‖ and ‖z − E(G(z))‖. */
export const reconstruction = () => ({ kind: 'reconstruction' as const });
/** How near E(x) is to the prior, dimension by dimension. */
export const latentUniformity = () => ({ kind: 'latent-uniformity' as const });
/** Whether E keeps the modes of the data apart. */
export const latentSeparation = () => ({ kind: 'latent-separation' as const });
/** Share of samples near the curve, and of the curve near samples. */
export const curveCoverage = (fields: Fields<MeasureSpec, 'curve-coverage'>) => ({
  kind: 'curve-coverage' as const,
  ...fields,
});
/** Modes (classes, or combinations of them) that the scorer finds among samples. */
export const classCoverage = () => ({ kind: 'class-coverage' as const });
/** Attributes that the scorer finds among samples as often as in the data, nearly. */
export const attributeCoverage = () => ({ kind: 'attribute-coverage' as const });
/** Whether samples are of the class that their latent means, and how varied a class is. */
export const guidance = () => ({ kind: 'guidance' as const });
/** What differs from the median frame: how often, where, in how many pieces. */
export const foreground = (fields: Fields<MeasureSpec, 'foreground'>) => ({ kind: 'foreground' as const, ...fields });
/** Structural similarity of x and G(E(x)). */
export const ssim = () => ({ kind: 'ssim' as const });
/** Inception Score, by the experiment's scorer. */
export const inceptionScore = (fields: Fields<MeasureSpec, 'inception-score'>) => ({
  kind: 'inception-score' as const,
  ...fields,
});
/** FID, in the scorer's features. */
export const frechet = () => ({ kind: 'frechet' as const });
/** KID, in the scorer's features. */
export const kernel = (fields: Fields<MeasureSpec, 'kernel'>) => ({ kind: 'kernel' as const, ...fields });
/** Precision, recall, density, coverage. */
export const prdc = (fields: Fields<MeasureSpec, 'prdc'>) => ({ kind: 'prdc' as const, ...fields });
/** Number of statistically different bins. */
export const ndb = (fields: Fields<MeasureSpec, 'ndb'>) => ({ kind: 'ndb' as const, ...fields });
/** Size of the support by the birthday paradox. */
export const birthday = () => ({ kind: 'birthday' as const });

/** The project's own classifier of the data set, or the path of an ONNX file with its JSON. */
export const scorer = (model: 'own' | (string & {}) = 'own') => ({ model });
