/**
 * What the author of an experiment writes: data only, defaults left out. Checking is `check-experiment.ts`, filling in is
 * `resolve.ts`.
 */

import type { z } from 'zod';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { DataCard } from '../datasets/data-kind.ts';
import type { dataKinds } from '../datasets/data-kinds.ts';
import type { LossName } from '../methods/loss-names.ts';
import type { Critic, MethodCard } from '../methods/method.ts';
import type { methods } from '../methods/methods.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import type { metricKinds } from '../metrics/metric-kinds.ts';
import type { NetsCard } from '../nets/nets-kind.ts';
import type { netsKinds } from '../nets/nets-kinds.ts';
import type { OptimiserCard } from '../optimisers/optimiser-kind.ts';
import type { optimiserKinds } from '../optimisers/optimiser-kinds.ts';
import type { priorKinds } from '../priors/prior-kinds.ts';
import type { Expectation } from '../schema/expectation.ts';
import type { Made } from '../schema/kind.ts';
import type { SearchSpace } from '../schema/range.ts';
import { merge } from './merge.ts';

/** Every level optional, lists whole, a `kind` only with all that belongs to it: what a preset or a method's own settings may say. */
type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends { readonly kind: string }
    ? T | (Partial<Omit<T, 'kind'>> & { readonly kind?: never })
    : T extends object
      ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
      : T;

/** A section as its kind's schema takes it, settings with a default perhaps left out; or one of a kind of the experiment's own. */
type Written<Cards extends readonly { readonly settings: z.ZodObject }[]> = Readonly<
  z.input<Cards[number]['settings']>
>;
type AuthoredData = Written<typeof dataKinds> | Made<DataCard>;
type AuthoredNets = Written<typeof netsKinds> | Made<NetsCard>;
type AuthoredOptimiser = Written<typeof optimiserKinds> | Made<OptimiserCard>;
type AuthoredMetric = Written<typeof metricKinds> | Made<MetricCard>;

/** Names of the project's own methods. */
export type MethodName = (typeof methods)[number]['name'];

type Union<T> = (T extends unknown ? (all: T) => void : never) extends (all: infer All) => void ? All : never;
type MethodSections = Union<
  (typeof methods)[number] extends infer Card
    ? Card extends { readonly settings: infer Sections }
      ? string extends keyof Sections
        ? never
        : Sections
      : never
    : never
>;
/** Sections that only some methods have: the others stay without. */
type OwnSections = {
  readonly [Name in keyof MethodSections]?: MethodSections[Name] extends { readonly defaults: infer Values }
    ? Partial<Values>
    : never;
};

/**
 * The sections of a spec that an author may set, for all methods or for one. A section with `kind` replaces the one below it,
 * one without is merged into it.
 */
export interface Sections extends OwnSections {
  readonly data: AuthoredData;
  readonly latent: Written<typeof priorKinds>;
  readonly nets: AuthoredNets;
  readonly training: {
    /** Steps of G (and E). */
    readonly steps: number;
    readonly batch: number;
    readonly optimiser: AuthoredOptimiser;
    /** Decay of the moving average of G and E that is evaluated; 0 (the default) evaluates the raw weights. */
    readonly average?: number;
    /**
     * Share of the steps, the last ones, in which the rate falls linearly to 0; default 0, a constant rate. It wants a longer moving
     * average: where weights hardly move any more, a short one averages nothing.
     */
    readonly cooldown?: number;
  };
  readonly evaluation?: {
    /** Steps between evaluations; default: a twentieth of the training. */
    readonly every?: number;
    /** Examples at an evaluation; default: 2,500. */
    readonly samples?: number;
  };
  readonly measures: readonly AuthoredMetric[];
  /** Overrides every method's own loss. */
  readonly loss?: LossName;
  readonly critic?: Partial<Critic>;
  /** Methods with an encoder: numbers of noise that it looks at beside x; default 0. */
  readonly encoder?: { readonly noise?: number };
  /** What judges pictures, for the metrics that need it. */
  readonly scorer?: NonNullable<ResolvedSpec['scorer']>;
}

/**
 * A method, by its name or, one of the experiment's own, by its card; with settings of its own within the experiment as
 * `{ name: …, … }`.
 */
export type MethodChoice =
  | MethodName
  | ({ readonly name: MethodName } & DeepPartial<Sections>)
  | MethodCard
  | ({ readonly name: MethodCard } & DeepPartial<Sections> & { readonly [section: string]: unknown });

/** A smaller or larger variant of the experiment: what differs from it. */
export type Preset = DeepPartial<Sections> & { readonly methods?: readonly MethodChoice[] };

export interface Author extends Sections {
  /** What the experiment is meant to show, one sentence. */
  readonly claim: string;
  /** Where data and claim come from. */
  readonly source: string;
  readonly methods: readonly MethodChoice[];
  /** Variants by name: `smoke` takes seconds, by convention. */
  readonly presets?: { readonly [name: string]: Preset };
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
  /**
   * Where `--search` draws settings from, by dotted paths: `{ 'training.optimiser.rate': logUniform(3e-4, 5e-3) }`. A path
   * holds for the methods that have it; those of a method's own settings go before what the method says of them.
   */
  readonly search?: SearchSpace;
  /** The column by which a search orders draws; where it ties the others decide, in the order of tables, which is the default. */
  readonly searchFor?: string;
  /** Where this departs from the source, numbered by their order. */
  readonly deviations?: readonly string[];
}

/** A method's choice once its card is in the catalogue. */
export type NamedChoice = string | ({ readonly name: string } & DeepPartial<Sections>);

/** An author's fields, checked, under the experiment's name (that of its file). */
export interface Experiment extends Omit<Author, 'methods' | 'presets'> {
  readonly name: string;
  readonly methods: readonly NamedChoice[];
  readonly presets: Readonly<Record<string, DeepPartial<Sections> & { readonly methods?: readonly NamedChoice[] }>>;
  /** The kinds that it chooses from: the project's, and its own. */
  readonly catalogue: Catalogue;
  /** Where the files lie that it names: beside its own. Absent for the project's experiments. */
  readonly folder?: string;
  /** The file that its own kinds come from, and its hash; absent where it has none. */
  readonly code?: Code;
}

/** A file that defines kinds of its own. */
export interface Code {
  /** Absolute path. */
  readonly file: string;
  /** SHA-256 (hex) of its bytes and of what it imports from beside it. */
  readonly sha256: string;
}

/**
 * Gives the author's fields back: it is there for their types. Not generic, because the compiler looks for misspelt keys
 * only where it is told the type.
 */
export function defineExperiment(author: Author): Author {
  return author;
}

/** What an experiment that starts from another one says anew. */
export type Changes = DeepPartial<Sections> & Partial<Omit<Author, keyof Sections>>;

/**
 * An experiment that starts from another: sections are merged as a preset's are, lists and kinds are replaced, and so are
 * claim, methods, presets, ranges of a search and expectations where they are given; with other methods presets keep the settings of those left.
 *
 *     import grid25 from 'modebench/experiments/grid25';
 *     export default extend(grid25, { claim: 'a smaller grid is easier', data: { side: 3 } });
 */
export function extend(base: Author, changes: Changes): Author {
  const replaced = (['presets', 'expects', 'film', 'search'] as const).filter((name) => changes[name] !== undefined);
  const merged = merge(base, changes) as Author; // an author's fields over an author's fields
  const whole = { ...merged, ...Object.fromEntries(replaced.map((name) => [name, changes[name]])) };
  return changes.methods === undefined || changes.presets !== undefined ? whole : withPresetsOf(whole);
}

/** Presets name methods of their own settings: those that the experiment no longer has go. */
function withPresetsOf(author: Author): Author {
  const declared = new Set(author.methods.map(choiceName));
  const presets = Object.entries(author.presets ?? {}).map(([name, { methods, ...preset }]) => {
    const kept = methods?.filter((choice) => declared.has(choiceName(choice))) ?? [];
    return [name, kept.length === 0 ? preset : { ...preset, methods: kept }];
  });
  return { ...author, presets: Object.fromEntries(presets) };
}

function choiceName(choice: MethodChoice): string {
  const named = typeof choice === 'string' ? choice : choice.name;
  return typeof named === 'string' ? named : named.name;
}

/** The project's own classifier of the data set, or the path of an ONNX file with its JSON. */
export const scorer = (model: 'own' | (string & {}) = 'own') => ({ model });
