/**
 * Packs what the page draws its figures from: Vega specs for a wide and a narrow screen, with every list of values held once
 * however many figures show it, column by column. The page's script unpacks them.
 */

import type { Spec } from 'vega';
import { hashOf } from '../../schema/identity.ts';
import type { LaidOut, LayoutName, Packed, Payload } from './payload-types.ts';

/** Lists that are shorter stay where they are, unless their rows are long: a few pictures weigh more than many points. */
const shortest = 20;
const longText = 4_000;

export interface CompiledFigure extends Readonly<Record<LayoutName, LaidOut<Spec>>> {
  readonly name: string;
}

export function payloadOf(figures: readonly CompiledFigure[], darkOf: Payload['darkOf']): Payload {
  const pool: Record<string, Packed> = {};
  const pooled = ({ spec, ...size }: LaidOut<Spec>): LaidOut => {
    const data = (spec.data ?? []).map((source) => {
      const values: unknown = 'values' in source ? source.values : undefined;
      if (!Array.isArray(values) || !isHeavy(values)) return source;
      const packed = pack(values);
      const key = hashOf(jsonOf(packed)).slice(0, 12);
      pool[key] = packed;
      return { ...source, values: { pool: key } };
    });
    return { ...size, spec: { ...spec, data } };
  };
  const entries = figures.map(
    ({ name, wide, narrow }) => [name, { wide: pooled(wide), narrow: pooled(narrow) }] as const,
  );
  return { pool, figures: Object.fromEntries(entries), darkOf };
}

const isHeavy = (values: readonly unknown[]): boolean =>
  values.length >= shortest || JSON.stringify(values).length >= longText;

function pack(rows: readonly unknown[]): Packed {
  const [first] = rows;
  if (!isRecord(first)) return { rows };
  const keys = Object.keys(first);
  const alike = rows.every((row) => isRecord(row) && Object.keys(row).join('\n') === keys.join('\n'));
  if (!alike) return { rows };
  const records = rows as readonly Record<string, unknown>[]; // every one of them was looked at
  return { keys, columns: keys.map((key) => records.map((row) => row[key])) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is left of a value in JSON: NaN becomes null, as in the page. */
const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
