/**
 * A kind is one choice of a section of a spec: a data set, a prior, networks, an optimiser, a metric. Its card says what
 * shared code wants to know of it, and is called as the factory that experiment authors use: `adam({ rate: 1e-3, … })`.
 */
import { z } from 'zod';

/** A section of a resolved spec: its kind, and the settings that the kind's schema describes. */
export interface Section {
  readonly kind: string;
  readonly [setting: string]: unknown;
}

/** What every card has. */
export interface Card {
  readonly kind: string;
  /** One line: what it is. */
  readonly description: string;
  /** Where it comes from: paper, equation, code. */
  readonly source?: string;
  /** The whole section, `kind` included; unknown keys are refused. */
  readonly settings: z.ZodObject;
}

/** The settings of a kind, checked and with their defaults. */
export type Settings<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** What an author writes: the settings, those with a default perhaps left out. Settings can be left out altogether where none is needed. */
type Written<Shape extends z.ZodRawShape> = z.input<z.ZodObject<Shape>>;
type FactoryArguments<Shape extends z.ZodRawShape> =
  Record<never, never> extends Written<Shape> ? [settings?: Written<Shape>] : [settings: Written<Shape>];

/** A section carries its card along, so that an experiment may use kinds that the project does not know. */
const cardKey = Symbol('card');

/** An author's section that a factory made: of a family's own cards, whatever its kind. */
export type Made<FamilyCard extends Card = Card> = {
  readonly kind: string;
  readonly [cardKey]: FamilyCard;
};

/** Makes an author's section of this kind. */
export type Factory<Kind extends string, Shape extends z.ZodRawShape, FamilyCard extends Card = Card> = (
  ...settings: FactoryArguments<Shape>
) => { readonly kind: Kind } & Made<FamilyCard> & Written<Shape>;

/** The card that an author's section was made by; `undefined` for one that was written by hand or read from a file. */
export function cardOf(section: object): Card | undefined {
  return Reflect.get(section, cardKey);
}

/** A card of a family, callable as its factory, that knows the types of its settings. */
export type KindCard<Kind extends string, Shape extends z.ZodRawShape, FamilyCard extends Card> = Factory<
  Kind,
  Shape,
  FamilyCard
> &
  Omit<FamilyCard, 'kind' | 'settings'> & {
    readonly kind: Kind;
    readonly settings: z.ZodObject<{ kind: z.ZodLiteral<Kind> } & Shape>;
  };

/**
 * The card as a factory. `rest` is what the kind's family asks of it beyond name, description and settings.
 *
 * @param shape settings of the kind, without `kind` itself.
 */
export function makeKind<const Kind extends string, Shape extends z.ZodRawShape, FamilyCard extends Card>(
  head: { readonly kind: Kind; readonly description: string; readonly source?: string; readonly shape: Shape },
  rest: Omit<FamilyCard, keyof Card>,
): KindCard<Kind, Shape, FamilyCard> {
  const { kind, shape, ...said } = head;
  const settings = z.strictObject({ kind: z.literal(kind), ...shape });
  const factory = (fields: object = {}) => ({ kind, ...fields, [cardKey]: factory });
  // The factory's own type follows from the shape, which the compiler cannot see through the spread.
  return Object.assign(factory, { kind, settings, ...said, ...rest }) as never;
}
