/** Restores a figure's Vega spec from the page's payload: its lists, its colours, what its controls were set to. */
import type { LayoutName, Packed, Payload } from '../payload-types.ts';

export interface VegaSpec {
  readonly data?: readonly { values?: unknown }[];
  readonly signals?: readonly { readonly name: string; readonly bind?: unknown; value?: unknown }[];
}

/** Values of controls by the names of their signals. */
export type Settings = Readonly<Record<string, unknown>>;

/** A spec of its own for each drawing: Vega changes the lists that it is given. */
export function figureSpec(
  { figures, pool, darkOf }: Payload,
  { name, layout, dark }: { readonly name: string; readonly layout: LayoutName; readonly dark: boolean },
  kept: Settings,
): VegaSpec {
  const text = (value: unknown): string => {
    const json = JSON.stringify(value);
    return dark ? json.replace(/#[0-9a-f]{6}\b/gi, (colour) => darkOf[colour.toLowerCase()] ?? colour) : json;
  };
  const copy = (value: unknown) => JSON.parse(text(value));
  const spec: VegaSpec = copy(figures[name]?.[layout]);
  for (const source of spec.data ?? []) {
    const packed = pool[poolKey(source.values) ?? ''];
    if (packed) source.values = copy(rowsOf(packed));
  }
  for (const signal of spec.signals ?? []) if (signal.bind && signal.name in kept) signal.value = kept[signal.name];
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
