/** Valid documents made wrong where they are JSON: values of other kinds and sizes, keys left out, added and misspelt. */
import fc from 'fast-check';
import { mutatedText } from './mutations.ts';

type Json = unknown;

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'kind',
  '',
  '0',
  'a\nb',
  'x'.repeat(500),
];

/** Stands for lists in lists, deeper than JSON.stringify could go. */
const bottomless = 'bottomless';
const overflowing = 'overflowing';

const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 1e15, 100_001),
  fc.constantFrom<Json>('', ' ', 'a\nb', '\u001b[31m', '\u0000', '../../escape', '/etc/passwd', ...keys),
  fc.constantFrom<Json>([], {}, [[]], [null], bottomless, overflowing, '9'.repeat(2000)),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(...keys).map((key) => withOwn({}, key, { polluted: true })),
);

type Edit =
  | { readonly kind: 'replace'; readonly value: Json }
  | { readonly kind: 'add'; readonly name: string; readonly value: Json }
  /** A list's item once more, or a key with a letter too many. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'remove' };

const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('replace' as const), value: odd }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('add' as const), name: fc.constantFrom(...keys), value: odd }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'repeat' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'remove' as const }) },
);

function apply(edit: Edit, parent: object, key: string): void {
  switch (edit.kind) {
    case 'replace':
      withOwn(parent, key, edit.value);
      break;
    case 'add':
      withOwn(parent, Array.isArray(parent) ? '0' : edit.name, edit.value);
      break;
    case 'repeat':
      withOwn(parent, Array.isArray(parent) ? `${parent.length}` : `${key}s`, ownOf(parent, key));
      break;
    case 'remove':
      Reflect.deleteProperty(parent, key);
      break;
    default:
      edit satisfies never;
  }
}

/** A key of the object's own, `__proto__` included, with a copy of the value: later edits reach into what earlier ones put in. */
function withOwn(object: object, key: string, value: Json): object {
  const copy: Json = JSON.parse(JSON.stringify(value) ?? 'null');
  return Object.defineProperty(object, key, { value: copy, enumerable: true, configurable: true, writable: true });
}

const ownOf = (object: object, key: string): Json => Object.getOwnPropertyDescriptor(object, key)?.value;

/** Every place in a document that holds something. */
function places(document: Json): [parent: object, key: string][] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.keys(document).flatMap((key) => [[document, key] as [object, string], ...places(ownOf(document, key))]);
}

/** A document with one to three of its places made wrong, as a value: what is bottomless in a text is a list here. */
export function mutatedValue(document: Json): fc.Arbitrary<Json> {
  const text = JSON.stringify(document);
  return fc.array(fc.tuple(fc.nat(), edits), { minLength: 1, maxLength: 3 }).map((list) => {
    const copy: Json = JSON.parse(text);
    for (const [number, edit] of list) {
      const found = places(copy);
      const place = found[number % Math.max(1, found.length)];
      if (place) apply(edit, ...place);
    }
    return copy;
  });
}

const depth = 100_000;

/** The text of such a document, of one whose text was edited, or of any JSON. */
export function mutatedJson(document: Json): fc.Arbitrary<string> {
  const values = mutatedValue(document).map((value) =>
    (JSON.stringify(value) ?? '')
      .replaceAll(`"${bottomless}"`, '['.repeat(depth) + ']'.repeat(depth))
      .replaceAll(`"${overflowing}"`, '1e999'),
  );
  return fc.oneof(
    { weight: 8, arbitrary: values },
    { weight: 3, arbitrary: mutatedText(JSON.stringify(document, undefined, 2)) },
    { weight: 1, arbitrary: fc.json() },
  );
}
