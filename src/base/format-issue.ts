/** Formats a zod issue as one line: where, what was expected, what was got, the nearest valid value. */
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { inLine } from './one-line.ts';

type Issue = z.core.$ZodIssue;

/**
 * The first issue of an error as `training.steps: expected a whole number, got 'many'`. Parse with `reportInput: true`,
 * or the part after "got" is left out. `known` gives the keys that an object may have at a path, for slips in key names.
 */
export function issueLine(
  error: z.core.$ZodError,
  known?: (path: readonly PropertyKey[]) => readonly string[],
): string {
  const [first] = error.issues;
  if (first === undefined) throw new Error('internal: a zod error without issues');
  const issue = innermost(first);
  const where = issue.path.map((key) => inLine(String(key))).join('.');
  const what = `${wording(issue, known)}${got(issue)}`;
  return where === '' ? what : `${where}: ${what}`;
}

/** Where nothing of a union fits, what is wrong with the one that fits furthest; the union's own issue where none gets anywhere. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const further = issue.errors.map(([first]) => first).find((first) => first !== undefined && first.path.length > 0);
  return further === undefined ? issue : innermost({ ...further, path: [...issue.path, ...further.path] });
}

function wording(issue: Issue, known?: (path: readonly PropertyKey[]) => readonly string[]): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[issue.expected] ?? `a value of type ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}`;
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options)) return `expected ${oneOf(issue.options)}`;
      return `expected ${oneOf(issue.errors.flatMap(([first]) => (first ? [wording(first).replace(/^expected /, '')] : [])))}`;
    case 'invalid_key':
      return issue.issues[0] ? `its name: ${wording(issue.issues[0])}` : issue.message;
    case 'too_small':
    case 'too_big': {
      const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
      const side =
        issue.code === 'too_small'
          ? issue.inclusive
            ? 'at least'
            : 'more than'
          : issue.inclusive
            ? 'at most'
            : 'less than';
      const unit = issue.origin === 'array' ? ' items' : issue.origin === 'string' ? ' letters' : '';
      return `expected ${side} ${bound}${unit}`;
    }
    case 'unrecognized_keys': {
      const key = issue.keys[0] ?? '';
      return `unknown key ${brief(key)}${didYouMean(key, known?.(issue.path) ?? [])}`;
    }
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** `logistic, linear or wasserstein`. */
export function oneOf(values: readonly unknown[]): string {
  const words = values.map(String);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

function got(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return '';
  if (!('input' in issue)) return '';
  const { discriminator } = issue.code === 'invalid_union' ? issue : {};
  const input = discriminator === undefined ? issue.input : ownOf(issue.input, discriminator);
  return input === undefined ? ', got nothing' : `, got ${brief(input)}`;
}

/** The issue of a union of kinds points at the key that tells them apart, but carries the whole object. */
const ownOf = (object: unknown, key: unknown): unknown =>
  typeof object === 'object' && object !== null && Object.hasOwn(object, String(key))
    ? Reflect.get(object, String(key))
    : undefined;

/** A value in at most 40 letters. */
export function brief(value: unknown): string {
  if (typeof value === 'string') return `'${inLine(value)}'`;
  if (typeof value === 'object' && value !== null) return inLine(json(value));
  return inLine(String(value));
}

/** An author's file may hold what JSON cannot say: circles, big integers, values nested by the thousand. */
function json(value: object): string {
  try {
    return JSON.stringify(value) ?? 'an object';
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}
