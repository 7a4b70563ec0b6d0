/**
 * `--set path=value` and `--sweep path=v1,v2`: their syntax, and how their texts become typed values in a resolved spec.
 * Paths are looked up in the spec's own leaves and never walked blindly, so `__proto__` is an unknown name like any other.
 */

import type { z } from 'zod';
import { didYouMean } from '../base/did-you-mean.ts';
import { brief, oneOf } from '../base/format-issue.ts';
import { inLine } from '../base/one-line.ts';
import { representable } from '../base/representable.ts';
import { UsageError } from '../base/usage-error.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { type Leaf, leavesOf } from '../schema/paths.ts';

/** One value for one dotted path, still as text: its type depends on the spec that it goes into. */
export interface Override {
  readonly path: string;
  readonly text: string;
}
export type Overrides = readonly Override[];

export interface Sweep {
  readonly path: string;
  readonly texts: readonly string[];
}

/** `a.b=v`. Throws UsageError where the `=` or a side of it is missing. */
export function parseSet(argument: string): Override {
  return parsePath(argument, '--set', 'training.steps=2000');
}

/** `a.b=v1,v2`; commas inside brackets belong to a value (`nets.hidden=[64,64],[128]`). Throws UsageError. */
export function parseSweep(argument: string): Sweep {
  const { path, text } = parsePath(argument, '--sweep', 'penalty.weight=0,0.1,1');
  return sweepOver(path, text, '--sweep');
}

/** `v1,v2` of an option that sweeps over `path`. Throws UsageError. */
export function sweepOver(path: string, text: string, option: string): Sweep {
  const where = `${option} ${inLine(path)}`;
  const texts = splitOutsideBrackets(text);
  if (texts === undefined) throw new UsageError(`${where}: brackets do not match in ${brief(text)}`);
  if (texts.includes('')) throw new UsageError(`${where}: expected values between commas, got ${brief(text)}`);
  return { path, texts };
}

/** `path=text` of an option that is named in the refusal. Throws UsageError where the `=` or a side of it is missing. */
export function parsePath(argument: string, option: string, example: string): Override {
  const at = argument.indexOf('=');
  const path = argument.slice(0, Math.max(at, 0)).trim();
  const text = argument.slice(at + 1).trim();
  if (path === '' || text === '') {
    throw new UsageError(`${option}: expected path=value (such as ${example}), got ${brief(argument)}`);
  }
  return { path, text };
}

/** The parts between commas; `undefined` where brackets do not match. */
export function splitOutsideBrackets(text: string): string[] | undefined {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === ',' && depth === 0) {
      parts.push('');
      continue;
    }
    if (letter === '[') depth++;
    if (letter === ']') depth--;
    if (depth < 0) return undefined;
    parts[parts.length - 1] += letter;
  }
  return depth === 0 ? parts.map((part) => part.trim()) : undefined;
}

/** Those of `overrides` whose path `spec` has, once the kinds among them have been changed. */
export function applicable(spec: ResolvedSpec, overrides: Overrides, schema: z.ZodObject): Overrides {
  const before = leavesOf(spec, schema);
  const kinds = overrides.filter(({ path }) => before.get(path)?.kind === 'variant');
  const after = leavesOf(withKinds(spec, kinds, schema), schema);
  return overrides.filter(({ path }) => after.has(path));
}

/**
 * The spec with every override in place. Its values have the right type but are not checked for sense: the result is to be
 * parsed. Changing a `kind` keeps the fields that both kinds have. Throws UsageError for unknown paths and ill-typed values.
 */
export function applyOverrides(spec: ResolvedSpec, overrides: Overrides, schema: z.ZodObject): unknown {
  const before = leavesOf(spec, schema);
  const isKind = ({ path }: Override): boolean => before.get(path)?.kind === 'variant';
  const draft = withKinds(spec, overrides.filter(isKind), schema);
  const leaves = leavesOf(draft, schema);
  for (const override of overrides) {
    if (isKind(override)) continue;
    const leaf = leaves.get(override.path);
    if (leaf === undefined) throw unknownPath(override.path, leaves.keys());
    place(draft, override.path.split('.'), typed(leaf, override));
  }
  return draft;
}

/** What is chosen elsewhere. */
const chosenWith: ReadonlyMap<string, string> = new Map([
  ['seed', '--seeds'],
  ['method', '--methods'],
  ['experiment', 'the first argument'],
]);

/** The refusal of a path that is not among `known`. */
export function unknownPath(path: string, known: Iterable<string>): UsageError {
  const option = chosenWith.get(path);
  if (option !== undefined) return new UsageError(`${path} is not set by path: it is chosen with ${option}`);
  const paths = [...known];
  const below = paths.filter((candidate) => candidate.startsWith(`${path}.`));
  if (below.length > 0) return new UsageError(`${brief(path)} is a section; set one of ${oneOf(below)}`);
  const nearest = didYouMean(path, paths) || (lastName(path, paths) ?? '');
  return new UsageError(`the spec has no ${brief(path)}${nearest || `; it has ${sectionsOf(paths)}`}`);
}

/** `steps` alone, where only one path ends in it, is a path that lacks its section. */
function lastName(path: string, paths: readonly string[]): string | undefined {
  const name = path.split('.').at(-1) ?? '';
  const found = paths.filter((candidate) => candidate.endsWith(`.${name}`));
  return found.length === 0 ? undefined : `; did you mean ${oneOf(found)}?`;
}

const sectionsOf = (paths: readonly string[]): string => oneOf([...new Set(paths.map((path) => path.split('.')[0]))]);

function withKinds(spec: ResolvedSpec, kinds: Overrides, schema: z.ZodObject): ResolvedSpec {
  const draft = structuredClone(spec);
  for (const override of kinds) {
    const leaf = leavesOf(draft, schema).get(override.path);
    if (leaf?.kind !== 'variant') continue;
    const keys = leaf.fields.get(override.text);
    if (keys === undefined) throw mistyped(override, oneOf([...leaf.fields.keys()]), [...leaf.fields.keys()]);
    const section = override.path.split('.').slice(0, -1);
    const old = reach(draft, section);
    const kept = Object.entries(old).filter(([key]) => keys.includes(key));
    place(draft, section, { ...Object.fromEntries(kept), kind: override.text });
  }
  return draft;
}

function typed(leaf: Leaf, override: Override): unknown {
  switch (leaf.kind) {
    case 'number':
      return numberFrom(override.text) ?? fail(override, 'a number');
    case 'numbers':
      return numbersFrom(override.text) ?? fail(override, 'a list of numbers (64,64 or [64,64])');
    case 'text':
      return override.text;
    case 'name':
      if (!leaf.choices.includes(override.text)) throw mistyped(override, oneOf(leaf.choices), leaf.choices);
      return override.text;
    case 'variant':
      throw new Error('internal: kinds are changed before values are set');
    default:
      return leaf satisfies never;
  }
}

function numberFrom(text: string): number | undefined {
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  return representable(text);
}

function numbersFrom(text: string): number[] | undefined {
  const inner = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const values = inner.split(',').map((part) => numberFrom(part.trim()));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function fail(override: Override, expected: string): never {
  throw mistyped(override, expected, []);
}

const mistyped = ({ path, text }: Override, expected: string, choices: readonly string[]): UsageError =>
  new UsageError(`${path}: expected ${expected}, got ${brief(text)}${didYouMean(text, choices)}`);

/** The object at a path that comes from the spec's leaves. */
function reach(root: object, path: readonly string[]): object {
  let value = root;
  for (const key of path) {
    const next: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    if (typeof next !== 'object' || next === null) throw new Error(`internal: nothing at ${path.join('.')}`);
    value = next;
  }
  return value;
}

function place(root: object, path: readonly string[], value: unknown): void {
  const key = path.at(-1) ?? '';
  Reflect.set(reach(root, path.slice(0, -1)), key, value);
}
