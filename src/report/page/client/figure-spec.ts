/** Restores a figure's Vega spec from the page's payload: its lists, its colours, what its controls are set to. */
import type { Packed, Payload, PooledSpec } from '../payload-types.ts';

export interface Signal {
  readonly name: string;
  value?: unknown;
  /** How a control sets it. The page makes its controls itself. */
  bind?: unknown;
}

export interface VegaSpec {
  readonly data?: readonly { values?: unknown }[];
  readonly signals?: readonly Signal[];
}

/** A spec of its own for each drawing: Vega changes the lists that it is given. `settings`: values of signals by their names. */
export function figureSpec(
  { pool, darkOf }: Payload,
  pooled: PooledSpec,
  { dark, settings }: { readonly dark: boolean; readonly settings: ReadonlyMap<string, unknown> },
): VegaSpec {
  const text = (value: unknown): string => {
    const json = JSON.stringify(value);
    return dark ? json.replace(/#[0-9a-f]{6}\b/gi, (colour) => darkOf[colour.toLowerCase()] ?? colour) : json;
  };
  const copy = (value: unknown) => JSON.parse(text(value));
  const spec: VegaSpec = copy(pooled);
  for (const source of spec.data ?? []) {
    const packed = pool[poolKey(source.values) ?? ''];
    if (packed) source.values = copy(rowsOf(packed));
  }
  for (const signal of spec.signals ?? []) {
    delete signal.bind;
    if (settings.has(signal.name)) signal.value = settings.get(signal.name);
  }
  return spec;
}

const poolKey = (values: unknown): string | undefined =>
  typeof values === 'object' && values !== null && 'pool' in values ? String(values.pool) : undefined;

function rowsOf(packed: Packed): readonly unknown[] {
  if ('rows' in packed) return packed.rows;
  const { keys, columns } = packed;
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    Object.fromEntries(keys.map((key, column) => [key, columns[column]?.[row]])),
  );
}
