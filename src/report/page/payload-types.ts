/** Types of what the page carries for its script, as JSON. */

/** A list of values of a figure: columns where all rows have the same keys, rows as they are otherwise. */
export type Packed =
  | { readonly keys: readonly string[]; readonly columns: readonly (readonly unknown[])[] }
  | { readonly rows: readonly unknown[] };

/** A Vega spec of which long lists are `{ pool: key }`. */
export type PooledSpec = Readonly<Record<string, unknown>>;

export type LayoutName = 'wide' | 'narrow';

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A figure in one layout: how to draw it, and the room that it takes. */
export interface LaidOut<Drawing = PooledSpec> extends Size {
  readonly spec: Drawing;
}

export interface Payload {
  /** Lists of values by their hash, each once however many figures show it. */
  readonly pool: Readonly<Record<string, Packed>>;
  readonly figures: Readonly<Record<string, Readonly<Record<LayoutName, LaidOut>>>>;
  /** Colours of light mode → colours of dark mode. */
  readonly darkOf: Readonly<Record<string, string>>;
}
