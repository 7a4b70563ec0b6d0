/** What the pages want to know of methods and metrics, read from where the sources declare it. */
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { columnNames } from '../../src/metrics/metric-kind.ts';
import { columnInfo } from '../../src/summary/column-info.ts';
import { docstringsOf } from './docstrings.ts';

export interface MethodDocs {
  readonly name: string;
  readonly description: string;
  readonly source: string;
  /** Besides the discriminator. */
  readonly networks: readonly string[];
  /** Paths of the spec and the values that they start from. */
  readonly settings: readonly (readonly [path: string, value: string])[];
  /** The file of its equations, from the root. */
  readonly file: string;
  /** Equations, remarks, deviations, as in the docstring. */
  readonly text: string;
}

export function methodDocs(root: string): readonly MethodDocs[] {
  return builtIn.cards.methods.map(({ name, description, source, networks, loss, critic, settings }) => {
    const file = `src/methods/${name}.ts`;
    return {
      name,
      description,
      source,
      networks,
      settings: leaves({ loss, critic, ...mapValues(settings, ({ defaults }) => defaults) }),
      file,
      text: docstringsOf(root, file).get(camel(name)) ?? '',
    };
  });
}

export const isMethod = (word: string): boolean => builtIn.cards.methods.some(({ name }) => name === word);

export interface MetricDocs {
  readonly kind: string;
  readonly factory: string;
  readonly description: string;
  readonly settings: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly title: string;
    readonly unit: string;
    readonly better: string;
  }[];
}

export function metricDocs(): readonly MetricDocs[] {
  return builtIn.cards.metrics.map((card) => ({
    kind: card.kind,
    factory: camel(card.kind),
    description: card.description,
    settings: Object.keys(card.settings.shape).filter((field) => field !== 'kind'),
    columns: columnNames(card).map((name) => columnInfo(name)),
  }));
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `{ critic: { steps: 1 } }` → `critic.steps`, `1`. */
function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'object' && inner !== null ? leaves(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, `${inner}`]],
  );
}
