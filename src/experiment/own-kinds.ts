/**
 * Takes the kinds of an experiment's own out of what its file exports: the cards that its sections carry, and methods that
 * stand in its list as cards. What is left names every kind by a text, as an experiment of the project does.
 */
import { builtIn, type Cards, families } from '../catalogue/catalogue.ts';
import type { DataCard } from '../datasets/data-kind.ts';
import type { MethodCard } from '../methods/method.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import type { NetsCard } from '../nets/nets-kind.ts';
import type { OptimiserCard } from '../optimisers/optimiser-kind.ts';
import { type Card, cardOf } from '../schema/kind.ts';

interface Taken {
  /** The author's fields with names instead of cards. */
  readonly plain: unknown;
  /** `undefined` where all kinds are the project's. */
  readonly own: Partial<Cards> | undefined;
}

type Found = { readonly [Family in keyof Cards]: Set<Cards[Family][number]> };

export function takeOwnKinds(exported: unknown): Taken {
  const found: Found = {
    methods: new Set(),
    data: new Set(),
    nets: new Set(),
    optimisers: new Set(),
    metrics: new Set(),
  };
  const plain = isObject(exported) ? fromLayer(exported, found) : exported;
  const own = Object.fromEntries(
    families.map((family) => {
      const known: readonly unknown[] = builtIn.cards[family];
      const cards: readonly unknown[] = [...found[family]];
      return [family, cards.filter((card) => !known.includes(card))];
    }),
  );
  return { plain, own: Object.values(own).some((cards) => cards.length > 0) ? own : undefined };
}

/** An experiment, a preset, or a method's own settings. */
function fromLayer(layer: object, found: Found): object {
  note(field(layer, 'data'), (card) => found.data.add(card as DataCard));
  note(field(layer, 'nets'), (card) => found.nets.add(card as NetsCard));
  note(field(field(layer, 'training'), 'optimiser'), (card) => found.optimisers.add(card as OptimiserCard));
  const measures = field(layer, 'measures');
  if (Array.isArray(measures)) for (const one of measures) note(one, (card) => found.metrics.add(card as MetricCard));
  const methods = field(layer, 'methods');
  const presets = field(layer, 'presets');
  return {
    ...layer,
    ...(Array.isArray(methods) && { methods: methods.map((choice) => fromChoice(choice, found)) }),
    ...(isObject(presets) && {
      presets: Object.fromEntries(
        Object.entries(presets).map(([name, preset]) => [name, isObject(preset) ? fromLayer(preset, found) : preset]),
      ),
    }),
  };
}

function fromChoice(choice: unknown, found: Found): unknown {
  if (!isObject(choice)) return choice;
  if (isMethod(choice)) {
    found.methods.add(choice);
    return choice.name;
  }
  const name = field(choice, 'name');
  const layer = fromLayer(choice, found);
  if (!isObject(name) || !isMethod(name)) return layer;
  found.methods.add(name);
  return { ...layer, name: name.name };
}

/** The families' cards are told apart by where they stand; that they are what they should be, their factories' types say. */
function note(section: unknown, add: (card: Card) => void): void {
  const card = isObject(section) ? cardOf(section) : undefined;
  if (card !== undefined) add(card);
}

const isMethod = (value: object): value is MethodCard => typeof field(value, 'load') === 'function';
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const field = (value: unknown, key: string): unknown => (isObject(value) ? Reflect.get(value, key) : undefined);
