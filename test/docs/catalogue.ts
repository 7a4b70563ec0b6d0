/** What the pages want to know of methods and metrics, read from where the sources declare it. */
import { methodCatalogue } from '../../src/methods/catalogue.ts';
import { measureCatalogue } from '../../src/metrics/measures.ts';
import { measureSchema } from '../../src/schema/spec.ts';
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
  return Object.entries(methodCatalogue).map(([name, { says, source, defaults, generator, encoder }]) => {
    const file = `src/methods/${name}.ts`;
    return {
      name,
      description: says,
      source,
      networks: [...(generator ? ['generator'] : []), ...(encoder ? ['encoder'] : [])],
      settings: leaves(defaults),
      file,
      text: docstringsOf(root, file).get(camel(name)) ?? '',
    };
  });
}

export const isMethod = (word: string): boolean => Object.hasOwn(methodCatalogue, word);

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
  return measureCatalogue.map(({ kind, says, columns }) => ({
    kind,
    factory: camel(kind),
    description: says,
    settings: settingsOf(kind),
    columns: columns.map((name) => columnInfo(name)),
  }));
}

function settingsOf(kind: string): readonly string[] {
  const schema = measureSchema.options.find(({ shape }) => shape.kind.value === kind);
  return Object.keys(schema?.shape ?? {}).filter((field) => field !== 'kind');
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `{ critic: { steps: 1 } }` → `critic.steps`, `1`. */
function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'object' && inner !== null ? leaves(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, `${inner}`]],
  );
}
