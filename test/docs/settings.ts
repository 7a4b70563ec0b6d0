/** The settings of a kind as rows of a table: name, what is expected, default. From its schema. */
import { z } from 'zod';
import type { Card } from '../../src/schema/kind.ts';

/** JSON Schema, as far as settings use it. */
type Json = z.core.JSONSchema.JSONSchema;

/** One row for each setting of a kind, `kind` itself left out. */
export function settingRows({ settings }: Pick<Card, 'settings'>): readonly (readonly [string, string, string])[] {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input' });
  return Object.entries(properties)
    .filter(([name]) => name !== 'kind')
    .map(([name, schema]) => [`\`${name}\``, expected(schema), defaultOf(schema)]);
}

const defaultOf = (schema: Json | boolean): string =>
  typeof schema === 'boolean' || schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;

/** `whole number above 0`, `number from 0 to below 1`, `relu or leaky-relu`, `list of numbers above 0`. */
function expected(schema: Json | boolean, plural = ''): string {
  if (typeof schema === 'boolean') return 'anything';
  if (schema.enum) return schema.enum.join(' or ');
  if (schema.type === 'array') return `list${plural} of ${expected(schema.items as Json, 's')}`; // no tuples among settings
  if (schema.type === 'object') return fieldsText(schema.properties ?? {}, schema.required ?? []);
  if (schema.type === 'string') return `text${plural}`;
  const noun = `${schema.type === 'integer' ? 'whole number' : 'number'}${plural}`;
  const bounds = [lowerBound(schema), upperBound(schema)].filter((bound) => bound !== '');
  return [noun, bounds.join(' and ')].filter((part) => part !== '').join(' ');
}

/** `{ centre: list of numbers, weight?: number above 0 }` */
function fieldsText(properties: NonNullable<Json['properties']>, required: readonly string[]): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${expected(schema)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

function lowerBound({ minimum, exclusiveMinimum }: Json): string {
  if (isBound(exclusiveMinimum)) return `above ${exclusiveMinimum}`;
  return isBound(minimum) ? `from ${minimum}` : '';
}

function upperBound({ maximum, exclusiveMaximum }: Json): string {
  if (isBound(exclusiveMaximum)) return `below ${exclusiveMaximum}`;
  return isBound(maximum) ? `to ${maximum}` : '';
}

/** Whole numbers are bounded by what is exact, which says nothing to a reader. */
const isBound = (bound: unknown): boolean => typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
