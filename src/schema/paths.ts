/**
 * Lists the dotted paths of a resolved spec that the command line may set, each with the type of its value. They are
 * derived from the schema. The syntax of the command line is in `overrides.ts`.
 */
import { z } from 'zod';

export type Leaf =
  | { readonly kind: 'number' }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'text' }
  | { readonly kind: 'name'; readonly choices: readonly string[] }
  /** The key that tells the kinds of a section apart, with the fields that each kind has. */
  | { readonly kind: 'variant'; readonly fields: ReadonlyMap<string, readonly string[]> };

/** Decided by options of their own, or by the experiment's file. */
const identity = new Set(['experiment', 'method', 'seed', 'code']);

/** Every path that can be set in `spec`, by the schema of its method. Sections that the method lacks (a penalty, say) have none. */
export function leavesOf(spec: object, schema: z.ZodObject): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  for (const [key, part] of Object.entries(schema.shape)) {
    if (!identity.has(key)) collect(part, Reflect.get(spec, key), key, leaves);
  }
  return leaves;
}

function collect(schema: z.core.$ZodType, value: unknown, path: string, leaves: Map<string, Leaf>): void {
  if (schema instanceof z.ZodOptional) {
    if (value !== undefined) collect(schema.unwrap(), value, path, leaves);
  } else if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    collect(schema.unwrap(), value, path, leaves);
  } else if (schema instanceof z.ZodNumber) {
    leaves.set(path, { kind: 'number' });
  } else if (schema instanceof z.ZodString) {
    leaves.set(path, { kind: 'text' });
  } else if (schema instanceof z.ZodEnum) {
    leaves.set(path, { kind: 'name', choices: schema.options.map(String) });
  } else if (schema instanceof z.ZodObject) {
    for (const [key, field] of Object.entries(schema.shape))
      collect(field, fieldOf(value, key), `${path}.${key}`, leaves);
  } else if (schema instanceof z.ZodDiscriminatedUnion) {
    const variants = new Map(schema.options.map((option) => variantOf(option)));
    const fields = new Map([...variants].map(([kind, option]) => [kind, Object.keys(option.shape)]));
    leaves.set(`${path}.kind`, { kind: 'variant', fields });
    const current = variants.get(String(fieldOf(value, 'kind')));
    if (current === undefined) return;
    for (const [key, field] of Object.entries(current.shape))
      collect(field, fieldOf(value, key), `${path}.${key}`, leaves);
  } else if (schema instanceof z.ZodArray) {
    if (schema.element instanceof z.ZodNumber) leaves.set(path, { kind: 'numbers' });
    else if (Array.isArray(value)) collectItems(schema.element, value, path, leaves);
  } // Literals are kinds; what an experiment's own kind describes by other schemas is set in its file alone.
}

/** Items of a list are fixed in number and kind; their fields can be set as `measures.1.projections`. */
function collectItems(
  schema: z.core.$ZodType,
  items: readonly unknown[],
  path: string,
  leaves: Map<string, Leaf>,
): void {
  items.forEach((item, index) => {
    collect(schema, item, `${path}.${index}`, leaves);
    leaves.delete(`${path}.${index}.kind`);
  });
}

/** The keys that the schema knows at `path` of a draft that may be wrong elsewhere: for slips in key names. */
export function fieldsAt(draft: unknown, path: readonly string[], whole: z.ZodObject): string[] {
  let schema: z.core.$ZodType = whole;
  let value = draft;
  for (const key of ['', ...path]) {
    if (key !== '') {
      schema =
        schema instanceof z.ZodObject ? schema.shape[key] : schema instanceof z.ZodArray ? schema.element : schema;
      value = fieldOf(value, key);
    }
    while (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) schema = schema.unwrap();
    if (schema instanceof z.ZodDiscriminatedUnion) {
      const kind = String(fieldOf(value, 'kind'));
      const found: z.core.$ZodType | undefined = schema.options.find((option) => variantOf(option)[0] === kind);
      if (found !== undefined) schema = found;
    }
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The value at a path, `undefined` where the spec has none: what a column of trials.csv holds. */
export function valueAt(spec: object, path: string): unknown {
  let value: unknown = spec;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function variantOf(option: z.core.$ZodType): [kind: string, option: z.ZodObject] {
  if (!(option instanceof z.ZodObject) || !(option.shape.kind instanceof z.ZodLiteral)) {
    throw new Error('internal: every kind of a section is an object with a literal `kind`');
  }
  return [String(option.shape.kind.value), option];
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
