/** What the pages want to know of methods, read from where the sources declare it. */
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { FamilyName } from '../../src/methods/method.ts';
import * as entry from '../../src/modebench.ts';
import { priorKinds } from '../../src/priors/prior-kinds.ts';
import type { Card } from '../../src/schema/kind.ts';
import { docstringsOf } from './docstrings.ts';

export interface MethodDocs {
  readonly name: string;
  readonly family: FamilyName;
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
  return builtIn.cards.methods.map(({ name, family, description, source, networks, loss, critic, settings }) => {
    const file = `src/methods/${name}.ts`;
    return {
      name,
      family,
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

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** The exports of the package by name; those that are cards have pages of their own. */
const exported = new Map<string, unknown>(Object.entries(entry));

export const isCard = (name: string): boolean => builtInKinds.some((card) => card === exported.get(name));

/** The name under which experiments' files import a kind. */
export function factoryOf(card: Card): string {
  const [name] = [...exported].find(([, value]) => value === card) ?? [];
  if (name === undefined) throw new Error(`internal: the package does not export the kind ${card.kind}`);
  return name;
}

const { data, nets, optimisers, metrics } = builtIn.cards;
const builtInKinds: readonly unknown[] = [...data, ...priorKinds, ...nets, ...optimisers, ...metrics];

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** `{ critic: { steps: 1 } }` → `critic.steps`, `1`. */
function leaves(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'object' && inner !== null ? leaves(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, `${inner}`]],
  );
}
