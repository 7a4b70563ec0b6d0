/** One zod issue as one line: where, what was expected, what came, the nearest right thing. */
import type { z } from 'zod';
import { didYouMean } from './nearest.ts';

type Issue = z.core.$ZodIssue;

/**
 * The first issue of an error as `training.steps: expected a whole number, got 'many'`. Parse with `reportInput: true`,
 * or the part after "got" is left out. `known` gives the keys that an object may have at a path, for slips in key names.
 */
export function issueLine(
  error: z.core.$ZodError,
  known?: (path: readonly PropertyKey[]) => readonly string[],
): string {
  const issue = error.issues[0];
  if (issue === undefined) throw new Error('internal: a zod error without issues');
  const where = issue.path.map(String).join('.');
  const what = `${wording(issue, known)}${got(issue)}`;
  return where === '' ? what : `${where}: ${what}`;
}

function wording(issue: Issue, known?: (path: readonly PropertyKey[]) => readonly string[]): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[issue.expected] ?? `a value of type ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? `expected ${oneOf(issue.options)}` : issue.message;
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
      return `unknown key '${key}'${didYouMean(key, known?.(issue.path) ?? [])}`;
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
  // A union's issue points at the key that tells its kinds apart, but carries the whole object.
  const key = issue.path.at(-1);
  const input = issue.code === 'invalid_union' && isRecord(issue.input) ? issue.input[String(key)] : issue.input;
  return input === undefined ? ', got nothing' : `, got ${brief(input)}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A value in at most 40 letters. */
export function brief(value: unknown): string {
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (typeof value === 'object' && value !== null) return shorten(JSON.stringify(value) ?? 'an object');
  return shorten(String(value));
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 37)}…` : text).replace(/\s+/g, ' ');
