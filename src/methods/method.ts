/**
 * What a method is: its card (what is known of it without training: networks, settings, source) and its losses (pure
 * functions over tensors, loaded when it trains). A method is defined in one file and named in `methods.ts`.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { z } from 'zod';
import type { Pair } from '../nets/net.ts';
import type { SearchSpace } from '../schema/range.ts';
import type { LossName } from './loss-names.ts';
import type { DrawName, MethodSection } from './section.ts';
import { encoderSection } from './sections.ts';

/** Networks that a method may train beside its discriminator. */
export const networkNames = ['generator', 'encoder'] as const;
export type NetworkName = (typeof networkNames)[number];

/** Networks bound to their parameters; examples are rows, in the units that networks see. */
export interface Networks {
  /** G: `[batch, latent] → [batch, …data]`. */
  generator(z: tf.Tensor): tf.Tensor;
  /** E: `[batch, …data] → [batch, latent]`; where it is stochastic, E(x, ε) with the batch's ε, row by row. */
  encoder(x: tf.Tensor): tf.Tensor;
}

/** D: a pair to its logit, `[batch, 1]`; of a method that packs m examples, `[batch / m, 1]`. */
export type Discriminator = (pair: Pair) => tf.Tensor;

/** One step's random draws. */
export interface Batch {
  /** Data, `[batch, …data]`. */
  readonly x: tf.Tensor;
  /** Draws of the latent prior, `[batch, latent]`. */
  readonly z: tf.Tensor;
  /** Uniform on [0, 1), `[batch, 1]`: where on a line a gradient penalty looks. Zeros for methods that do not ask for it. */
  readonly epsilon: tf.Tensor;
  /** Standard normal, `[batch, latent]`; for methods that ask for it. */
  readonly normal?: tf.Tensor;
  /** Uniform on [0, 1), `[batch, …data]`; for methods that ask for it. */
  readonly perturbation?: tf.Tensor;
}

/** What the networks show the discriminator on a batch. */
export interface DiscriminatorInputs {
  /** Pairs that D shall rate high: (x, E(x)). */
  readonly real: Pair;
  /** Pairs that D shall rate low: (G(z), z). */
  readonly fake: Pair;
  /** G(E(x)), for the methods that use it. */
  readonly reconstructed?: tf.Tensor;
  /** Whatever else a method makes of its networks and looks at in its losses. */
  readonly others?: Readonly<Record<string, tf.Tensor>>;
}

/** D's raw logits on both kinds of pairs, `[batch, 1]` each; computed when first looked at. */
export interface Logits {
  readonly real: tf.Tensor;
  readonly fake: tf.Tensor;
}

/** A classifier that was trained before, and what it found in the data: for methods that are guided by it. */
export interface Guide {
  /** Features `[batch, features]` and logits `[batch, classes]` of examples; constants but for `x`. */
  classify(x: tf.Tensor): { readonly features: tf.Tensor; readonly logits: tf.Tensor };
  /** Standard deviation of the features of the data within each class, averaged over features: one a class. */
  readonly variety: readonly number[];
}

/** What a loss may look at. */
export interface LossInputs<Own = object> {
  readonly logits: Logits;
  /** For what the logits do not say: D at other points, or its gradient. */
  readonly discriminator: Discriminator;
  /** D's parameters, and D with others in their place. */
  readonly parameters: tf.Tensor;
  discriminatorWith(parameters: tf.Tensor): Discriminator;
  readonly inputs: DiscriminatorInputs;
  readonly batch: Batch;
  /** The adversarial loss that the spec names, and the method's own sections. */
  readonly settings: { readonly loss: LossName } & Own;
  /** Only for methods that need one. */
  readonly guide?: Guide;
}

/** The equations of a method; `Own` are the settings of its own sections. */
export interface Losses<Own = object> {
  /** In a step of D these are constants; in the step of G and E gradients flow through them. */
  inputs(networks: Networks, batch: Batch): DiscriminatorInputs;
  /** What a step of D minimises. */
  discriminatorLoss(step: LossInputs<Own>): tf.Scalar;
  /** What the joint step of G and E minimises. */
  generatorLoss(step: LossInputs<Own>): tf.Scalar;
  /** What D computes with in place of its tensors, wherever it is looked at; absent: the tensors themselves. */
  discriminatorWeights?(tensors: readonly tf.Tensor[], settings: Own): readonly tf.Tensor[];
}

/** How often and under which bound D trains. */
export interface Critic {
  /** D steps to one step of G (and E). */
  readonly steps: number;
  /** WGAN's bound on every weight of D; 0 for none. */
  readonly clip: number;
}

/** What a cross-field check may look at. */
export interface CheckedSpec {
  readonly latent: { readonly kind: string };
  readonly [section: string]: unknown;
}

export interface MethodCard {
  readonly name: string;
  /** What it is listed under, and chosen with by `--methods`. */
  readonly family: FamilyName;
  /** One line: what it is. */
  readonly description: string;
  /** The paper it comes from. */
  readonly source: string;
  /** Those that train together, against D. */
  readonly networks: readonly NetworkName[];
  /** The adversarial loss that it has where an experiment names none. */
  readonly loss: LossName;
  readonly critic: Critic;
  /** Sections of the spec that are this method's own, by their names. */
  readonly settings: Readonly<Record<string, MethodSection>>;
  /** Where a search looks for values of settings that are the method's own, by their paths. */
  readonly search: SearchSpace;
  /** Whether a classifier of the data has to be trained first. */
  readonly needsGuide: boolean;
  /** Whether it is for points alone, and cannot train convolutions. */
  readonly pointsOnly: boolean;
  /** Examples that D looks at side by side (Lin et al. 2018); 1 where the method does not pack. */
  packing(spec: CheckedSpec): number;
  /** Colour in figures, `#rrggbb`; a free one of the palette where none is named. */
  readonly colour?: string;
  /** Throws UsageError where the method's settings do not fit the rest of the spec. */
  check(spec: CheckedSpec): void;
  /** Loads the equations, which need tfjs. */
  load(): Promise<Losses>;
}

type OwnSettings<Sections extends Readonly<Record<string, MethodSection>>> = {
  readonly [Name in keyof Sections]: z.output<Sections[Name]['schema']>;
};

/** Families of methods, with the words under which they are listed. */
export const methodFamilies = {
  paper: 'of the paper and its comparisons',
  modern: 'pairs of logits and penalties of zero centre',
  coverage: 'made against the loss of modes',
  stability: 'other losses and other ways to keep D smooth',
  special: 'for experiments of their own',
  own: 'of an experiment’s own file',
} as const;
export type FamilyName = keyof typeof methodFamilies;

/** Cards by family, in the order of the families; without those that have none. */
export function methodsByFamily<Member extends { readonly family: FamilyName }>(
  cards: readonly Member[],
): readonly { readonly family: FamilyName; readonly words: string; readonly cards: readonly Member[] }[] {
  const names = Object.keys(methodFamilies) as FamilyName[]; // its keys
  return names
    .map((family) => ({ family, words: methodFamilies[family], cards: cards.filter((card) => card.family === family) }))
    .filter(({ cards }) => cards.length > 0);
}

/** Whether a method runs on any experiment with its own settings; others need one that declares them. */
export const runsAnywhere = ({ family }: Pick<MethodCard, 'family'>): boolean =>
  family !== 'special' && family !== 'own';

interface MethodFields<Name extends string, Sections extends Readonly<Record<string, MethodSection>>> {
  readonly name: Name;
  /** Default: `own`. */
  readonly family?: FamilyName;
  readonly description: string;
  readonly source: string;
  readonly networks: readonly NetworkName[];
  /** Default: logistic. */
  readonly loss?: LossName;
  /** Default: one step of D, no clipping. */
  readonly critic?: Critic;
  readonly settings?: Sections;
  readonly search?: SearchSpace;
  readonly needsGuide?: boolean;
  readonly pointsOnly?: boolean;
  readonly packing?: (spec: CheckedSpec) => number;
  readonly colour?: string;
  readonly check?: (spec: CheckedSpec) => void;
  readonly load: () => Promise<Losses<OwnSettings<Sections>>>;
}

/**
 * A method's card from what sets it apart; a method is then chosen by its name or, one of an experiment's own, by the card.
 *
 *     const hinge = defineMethod({
 *       name: 'hinge', description: 'GAN with hinge losses', source: 'Lim & Ye 2017', networks: ['generator'],
 *       load: async () => {
 *         const { tf, ganLosses } = await import('modebench/losses');
 *         return {
 *           ...ganLosses,
 *           discriminatorLoss: ({ logits: { real, fake } }) =>
 *             tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
 *           generatorLoss: ({ logits: { fake } }) => tf.neg(tf.mean(fake)),
 *         };
 *       },
 *     });
 */
export function defineMethod<
  const Name extends string,
  const Sections extends Readonly<Record<string, MethodSection>> = Record<never, never>,
>(
  fields: MethodFields<Name, Sections>,
): Omit<MethodCard, 'name' | 'settings'> & { readonly name: Name; readonly settings: Sections } {
  const card = {
    family: 'own' as const,
    loss: 'logistic' as const,
    critic: { steps: 1, clip: 0 },
    needsGuide: false,
    pointsOnly: false,
    packing: () => 1,
    search: {},
    check() {},
    ...fields,
    settings: { ...(fields.networks.includes('encoder') && { encoder: encoderSection }), ...fields.settings },
  };
  // The losses are called with the settings that the card's own sections describe.
  return card as never;
}

/** The draws that a method's sections ask for. */
export const drawsOf = ({ settings }: Pick<MethodCard, 'settings'>): ReadonlySet<DrawName> =>
  new Set(Object.values(settings).flatMap(({ draws }) => draws));

/** D's logits on what it is shown, each computed when first looked at. */
export function logitsOf(discriminator: Discriminator, { real, fake }: DiscriminatorInputs): Logits {
  const known: { real?: tf.Tensor; fake?: tf.Tensor } = {};
  return {
    get real() {
      known.real ??= discriminator(real);
      return known.real;
    },
    get fake() {
      known.fake ??= discriminator(fake);
      return known.fake;
    },
  };
}
