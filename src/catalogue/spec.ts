/**
 * The resolved spec of one trial: everything said, nothing implied. It is what is hashed, stored and run; its schema follows
 * from the cards of the catalogue. What an author writes, and how that becomes a resolved spec, is `src/experiment`.
 */
import { z } from 'zod';
import { type LossName, lossNames } from '../methods/loss-names.ts';
import type { Critic } from '../methods/method.ts';
import type { MethodSection } from '../methods/section.ts';
import { encoderSection } from '../methods/sections.ts';
import type { Prior } from '../priors/prior-kind.ts';
import { priorKinds } from '../priors/prior-kinds.ts';
import { addedLater, count, isWhole, nonNegative, share } from '../schema/fields.ts';
import type { Card, Section } from '../schema/kind.ts';
import { builtIn, type Catalogue } from './catalogue.ts';

/** Everything that decides what a trial computes; its hash is the trial's identity. Sections of single methods stand beside these. */
export interface ResolvedSpec {
  /** Also the name of a folder in the store and among the reports. */
  readonly experiment: string;
  readonly method: string;
  readonly seed: number;
  readonly data: Section;
  readonly latent: Prior;
  readonly nets: Section;
  readonly loss: LossName;
  readonly critic: Critic;
  /** Of methods with an encoder: numbers of noise that E looks at beside x. */
  readonly encoder?: { readonly noise: number } | undefined;
  readonly training: {
    /** Steps of G (and E). */
    readonly steps: number;
    readonly batch: number;
    readonly optimiser: Section;
    /** Decay of the exponential moving average of G and E that is evaluated; 0 evaluates the raw weights alone. */
    readonly average: number;
    /** Share of the steps, the last ones, in which the rate falls linearly to 0; absent or 0: it stays. */
    readonly cooldown?: number | undefined;
  };
  readonly evaluation: {
    /** Steps between evaluations; the last step is always evaluated. */
    readonly every: number;
    /** Generated (and real) examples at an evaluation. */
    readonly samples: number;
  };
  readonly measures: readonly Section[];
  /** What judges pictures: `own`, a classifier trained on the data set, or the path of an ONNX file with its JSON. */
  readonly scorer?: { readonly model: string } | undefined;
  /** SHA-256 of the experiment's file (and of what it imports from beside it), where the trial uses kinds of its own. */
  readonly code?: string | undefined;
  /** Sections that only some methods have: `ownSettings` gives those of a spec's method. */
  readonly [ownSection: string]: unknown;
}

const kindsOf = (cards: readonly Card[]): z.ZodType<Section> =>
  // A discriminated union wants a tuple of literal kinds, which a list of cards is at run time.
  z.discriminatedUnion('kind', cards.map(({ settings }) => settings) as never) as unknown as z.ZodType<Section>;

/** An experiment's name, which is a folder's: letters of any script, digits, dots and dashes. */
export const experimentName = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u;

/** The sections of a method's specs, in the order in which messages name them. */
function shapeOf({ cards }: Catalogue, own: z.ZodRawShape) {
  return {
    experiment: z
      .string()
      .max(200)
      .regex(experimentName, "expected an experiment's name of letters, digits, dots and dashes"),
    method: z.enum(cards.methods.map(({ name }) => name)),
    seed: z.int().nonnegative(),
    data: kindsOf(cards.data),
    latent: kindsOf(priorKinds) as unknown as z.ZodType<Prior>, // every prior has `dim`
    nets: kindsOf(cards.nets),
    loss: z.enum(lossNames),
    critic: z.strictObject({ steps: count, clip: nonNegative }),
    ...own,
    training: z.strictObject({
      ...{ steps: count, batch: count, optimiser: kindsOf(cards.optimisers), average: share },
      cooldown: addedLater(share, 0),
    }),
    evaluation: z.strictObject({ every: count, samples: count }),
    measures: z.array(kindsOf(cards.metrics)).min(1),
    scorer: z.strictObject({ model: z.string().min(1) }).optional(),
    code: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  };
}

/** Names of the sections that every spec may have, the trial's identity left out. */
export const commonSections = [
  'data',
  'latent',
  'nets',
  'loss',
  'critic',
  'training',
  'evaluation',
  'measures',
  'scorer',
] as const satisfies readonly (keyof ResolvedSpec)[];

/** Names of the sections that only some methods of the catalogue have. */
export const ownSectionNames = ({ cards }: Catalogue): readonly string[] => [
  ...new Set(cards.methods.flatMap(({ settings }) => Object.keys(settings))),
];

const schemas = new WeakMap<Catalogue, Map<string, z.ZodObject>>();

const fieldOf = ({ schema, defaults, later }: MethodSection): z.ZodType =>
  later ? addedLater(schema, defaults) : schema;

/** Numbers of noise that a trial's encoder looks at beside x; 0 for E(x), and where there is no encoder. */
export const encoderNoise = ({ encoder }: Pick<ResolvedSpec, 'encoder'>): number => encoder?.noise ?? 0;

/** The schema of a method's specs: the common sections and its own. An unknown method has those in common, and an encoder. */
export function specSchema(catalogue: Catalogue, method: unknown): z.ZodObject {
  const known = schemas.get(catalogue) ?? new Map<string, z.ZodObject>();
  schemas.set(catalogue, known);
  const card = catalogue.cards.methods.find(({ name }) => name === method);
  const found = known.get(card?.name ?? '');
  if (found !== undefined) return found;
  const own = Object.entries(card?.settings ?? { encoder: encoderSection }).map(([name, section]) => [
    name,
    fieldOf(section),
  ]);
  const schema = z.strictObject(shapeOf(catalogue, Object.fromEntries(own)));
  known.set(card?.name ?? '', schema);
  return schema;
}

/** A schema of specs that each value chooses for itself; its issues are passed on as zod found them. */
const chosenBy = (choose: (value: unknown) => z.ZodType): z.ZodType<ResolvedSpec> =>
  z.unknown().transform((value, context): ResolvedSpec => {
    const parsed = choose(value).safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data as ResolvedSpec; // every choice is made of the same sections
    for (const issue of parsed.error.issues) context.addIssue(issue as never); // as zod itself found it
    return z.NEVER;
  });

const methodOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, 'method') : undefined;

/** A spec of any method of the catalogue, for schemas that hold one. */
export const resolvedSchema = (catalogue: Catalogue = builtIn): z.ZodType<ResolvedSpec> =>
  chosenBy((value) => specSchema(catalogue, methodOf(value)));

/** The settings of a method's own sections in a spec, by section. */
export function ownSettings(spec: ResolvedSpec, { cards }: Catalogue): Readonly<Record<string, object>> {
  const card = cards.methods.find(({ name }) => name === spec.method);
  return Object.fromEntries(
    Object.keys(card?.settings ?? {}).flatMap((name) => {
      const section: unknown = Reflect.get(spec, name);
      return typeof section === 'object' && section !== null ? [[name, section] as const] : [];
    }),
  );
}

/** The settings of a method's own sections by which its networks and steps differ in structure: all but the factors in them. */
export function ownStructure(spec: ResolvedSpec, catalogue: Catalogue): object {
  const { settings } = catalogue.method(spec.method);
  const structural = ([name, section]: readonly [string, object]) => {
    const fields = Object.entries(section).filter(([field, value]) => {
      const schema = settings[name]?.schema.shape[field];
      return typeof value !== 'number' || (schema !== undefined && isWhole(schema));
    });
    return [name, Object.fromEntries(fields)];
  };
  return Object.fromEntries(Object.entries(ownSettings(spec, catalogue)).map(structural));
}

/** A stored spec that uses kinds of an experiment's own: sections are there, with a kind each, and nothing is known of the rest. */
function foreignSchema(): z.ZodType<ResolvedSpec> {
  const section = z.looseObject({ kind: z.string() });
  const common = shapeOf(builtIn, {});
  const schema = z.looseObject({
    ...common,
    method: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    data: section,
    nets: section,
    training: z.looseObject({ steps: count, batch: count, optimiser: section, average: share }),
    measures: z.array(section).min(1),
  });
  return schema as unknown as z.ZodType<ResolvedSpec>; // the sections that every spec has are all there
}

/** Specs as files and queues hold them: of the project's kinds in full, of an experiment's own as far as they can be known. */
export function storedSchema(): z.ZodType<ResolvedSpec> {
  const foreign = foreignSchema();
  const hasCode = (value: unknown) =>
    typeof value === 'object' && value !== null && Reflect.get(value, 'code') !== undefined;
  return chosenBy((value) => (hasCode(value) ? foreign : specSchema(builtIn, methodOf(value))));
}
