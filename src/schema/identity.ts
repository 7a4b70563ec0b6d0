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
  const strip = stripOf(schema);
  return strip ? strip(value) : value;
}

type Strip = (value: unknown) => unknown;

/** Of each schema that was asked for; a spec is hashed for every record that is read. */
const strips = new WeakMap<z.core.$ZodType, { readonly strip: Strip | undefined }>();

/** What takes such settings out of the values of a schema; `undefined` where it has none. */
function stripOf(schema: z.core.$ZodType): Strip | undefined {
  const known = strips.get(schema);
  if (known) return known.strip;
  const inner = unwrapped(schema);
  const strip =
    inner instanceof z.ZodArray
      ? arrayStrip(inner)
      : inner instanceof z.ZodDiscriminatedUnion
        ? unionStrip(inner)
        : inner instanceof z.ZodObject
          ? objectStrip(inner)
          : undefined;
  strips.set(schema, { strip });
  return strip;
}

function arrayStrip({ element }: z.ZodArray): Strip | undefined {
  const strip = stripOf(element);
  return strip && ((value) => (Array.isArray(value) ? value.map(strip) : value));
}

function unionStrip({ options }: z.ZodDiscriminatedUnion): Strip | undefined {
  const byKind = new Map<unknown, Strip>();
  for (const option of options) {
    if (!(option instanceof z.ZodObject && option.shape.kind instanceof z.ZodLiteral)) continue;
    const strip = stripOf(option);
    if (strip) byKind.set(option.shape.kind.value, strip);
  }
  if (byKind.size === 0) return undefined;
  return (value) => {
    const kind: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : undefined;
    return byKind.get(kind)?.(value) ?? value;
  };
}

function objectStrip({ shape }: z.ZodObject): Strip | undefined {
  /** By the setting's name: `undefined` for what is left out always. */
  const fields = new Map<
    string,
    { readonly absent: string | undefined; readonly strip: Strip | undefined } | undefined
  >();
  for (const [key, field] of Object.entries(shape)) {
    const absent = absentValue(field);
    const strip = stripOf(field);
    if (isLocation(field)) fields.set(key, undefined);
    else if (absent !== undefined || strip)
      fields.set(key, { absent: absent === undefined ? undefined : canonicalJson(absent), strip });
  }
  if (fields.size === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).flatMap(([key, item]) => {
      if (!fields.has(key)) return [[key, item] as const];
      const field = fields.get(key);
      if (field === undefined || (field.absent !== undefined && field.absent === canonicalJson(item))) return [];
      return [[key, field.strip ? field.strip(item) : item] as const];
    });
    return Object.fromEntries(kept);
  };
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner;
}
