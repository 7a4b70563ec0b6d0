/** The canonical form of JSON values and of specs, and its hash: equal values have equal hashes, whatever their keys' order. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { absentValue, isLocation } from './fields.ts';

/**
 * JSON with sorted keys and no spaces. Numbers stand as JavaScript prints them, −0 as 0; keys whose value is `undefined`
 * are left out. Throws on what JSON cannot say (NaN, infinities, functions), which a checked spec never holds.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`internal: canonical JSON has no ${value}`);
      return JSON.stringify(value); // prints −0 as 0
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
    }
    default:
      throw new Error(`internal: canonical JSON has no ${typeof value}`);
  }
}

/** SHA-256 (hex) of any JSON value in canonical form. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * `value` without the settings that were added to its schema later and have their default, and without places of files: the
 * form that is hashed, so that trials which were stored before the setting existed keep their identity.
 */
export function withoutAbsent(value: unknown, schema: z.core.$ZodType): unknown {
  return holdsLater(schema) ? strip(value, schema) : value;
}

function strip(value: unknown, schema: z.core.$ZodType): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => strip(item, inner.element));
  const object = inner instanceof z.ZodDiscriminatedUnion ? optionFor(inner, value) : inner;
  if (!(object instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, item]) => {
    const field = fieldOf(object, key);
    if (field === undefined) return true;
    if (isLocation(field)) return false;
    const absent = absentValue(field);
    return absent === undefined || canonicalJson(absent) !== canonicalJson(item);
  });
  return Object.fromEntries(
    kept.map(([key, item]) => {
      const field = fieldOf(object, key);
      return [key, field ? strip(item, field) : item];
    }),
  );
}

/** A file may have any keys, those of every object's prototype too. */
const fieldOf = ({ shape }: z.ZodObject, key: string): z.core.$ZodType | undefined =>
  Object.hasOwn(shape, key) ? shape[key] : undefined;

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner;
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.core.$ZodType | undefined {
  const kind: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
  return union.options.find(
    (option) =>
      option instanceof z.ZodObject && option.shape.kind instanceof z.ZodLiteral && option.shape.kind.value === kind,
  );
}

const knownToHold = new WeakMap<z.core.$ZodType, boolean>();

/** Whether any setting of a schema was added later, or says where a file lies. */
function holdsLater(schema: z.core.$ZodType): boolean {
  const known = knownToHold.get(schema);
  if (known !== undefined) return known;
  const inner = unwrapped(schema);
  const parts =
    inner instanceof z.ZodObject
      ? Object.values(inner.shape)
      : inner instanceof z.ZodDiscriminatedUnion
        ? inner.options
        : inner instanceof z.ZodArray
          ? [inner.element]
          : [];
  const holds =
    absentValue(schema) !== undefined ||
    isLocation(schema) ||
    parts.some((part) => holdsLater(part as z.core.$ZodType));
  knownToHold.set(schema, holds);
  return holds;
}
