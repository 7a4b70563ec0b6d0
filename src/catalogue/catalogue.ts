/**
 * The kinds that an experiment may choose from: the project's own, and those that the experiment's file defines. Whoever has
 * a spec finds its cards here; nothing else looks a kind up by its name.
 */
import { UsageError } from '../base/usage-error.ts';
import type { DataCard } from '../datasets/data-kind.ts';
import { dataKinds } from '../datasets/data-kinds.ts';
import type { MethodCard } from '../methods/method.ts';
import { methods } from '../methods/methods.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import { metricKinds } from '../metrics/metric-kinds.ts';
import type { NetsCard } from '../nets/nets-kind.ts';
import { netsKinds } from '../nets/nets-kinds.ts';
import type { OptimiserCard } from '../optimisers/optimiser-kind.ts';
import { optimiserKinds } from '../optimisers/optimiser-kinds.ts';
import type { Section } from '../schema/kind.ts';

/** Cards by family. */
export interface Cards {
  readonly methods: readonly MethodCard[];
  readonly data: readonly DataCard[];
  readonly nets: readonly NetsCard[];
  readonly optimisers: readonly OptimiserCard[];
  readonly metrics: readonly MetricCard[];
}

export const families = [
  'methods',
  'data',
  'nets',
  'optimisers',
  'metrics',
] as const satisfies readonly (keyof Cards)[];

const familyWords: Readonly<Record<keyof Cards, string>> = {
  methods: 'method',
  data: 'kind of data',
  nets: 'family of networks',
  optimisers: 'optimiser',
  metrics: 'metric',
};

export class Catalogue {
  readonly cards: Cards;

  constructor(cards: Cards) {
    this.cards = cards;
  }

  method(name: string): MethodCard {
    return find('methods', this.cards.methods, name, ({ name }) => name);
  }

  data({ kind }: Section): DataCard {
    return find('data', this.cards.data, kind, ofKind);
  }

  nets({ kind }: Section): NetsCard {
    return find('nets', this.cards.nets, kind, ofKind);
  }

  optimiser({ kind }: Section): OptimiserCard {
    return find('optimisers', this.cards.optimisers, kind, ofKind);
  }

  metric({ kind }: Section): MetricCard {
    return find('metrics', this.cards.metrics, kind, ofKind);
  }

  /** With cards of an experiment's own behind these. Throws UsageError for a name that is taken. */
  with(own: Partial<Cards>): Catalogue {
    const all = families.map((family) => {
      const before: readonly (MethodCard | DataCard | NetsCard | OptimiserCard | MetricCard)[] = this.cards[family];
      const added = own[family] ?? [];
      const names = [...before, ...added].map(nameOf);
      const taken = names.find((name, index) => names.indexOf(name) < index);
      if (taken !== undefined)
        throw new UsageError(`there is a ${familyWords[family]} '${taken}' already: give yours another name`);
      return [family, [...before, ...added]];
    });
    return new Catalogue(Object.fromEntries(all));
  }
}

const ofKind = ({ kind }: { readonly kind: string }): string => kind;
const nameOf = (card: MethodCard | { readonly kind: string }): string => ('kind' in card ? card.kind : card.name);

function find<Card>(family: keyof Cards, cards: readonly Card[], name: string, nameOf: (card: Card) => string): Card {
  const card = cards.find((known) => nameOf(known) === name);
  if (card === undefined) throw new Error(`internal: there is no ${familyWords[family]} '${name}'`);
  return card;
}

/** The project's own kinds. */
export const builtIn = new Catalogue({
  methods,
  data: dataKinds,
  nets: netsKinds,
  optimisers: optimiserKinds,
  metrics: metricKinds,
});
