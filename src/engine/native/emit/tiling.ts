/** How a product is cut into tiles: panels of columns, and in each of them heights of rows. */
import type { Product } from '../plan/program.ts';
import { maskRegister } from './frame.ts';
import { narrow, type TileKernel, wide } from './tile-kernels.ts';
import type { Width } from './vector-body.ts';

/** Columns that are computed at once: vectors from a column on. */
export interface Panel {
  readonly kernel: TileKernel;
  readonly first: number;
  readonly vectors: number;
  readonly width: Width;
  /** Panels of this kind, side by side. */
  readonly count: number;
}

/** Two vectors at once as long as there are columns, then one, then what is left by the mask. */
export function panelsOf(columns: number, hasWide: boolean): readonly Panel[] {
  const panels: Panel[] = [];
  let first = 0;
  for (const kernel of hasWide ? [wide, narrow] : [narrow]) {
    const both = 2 * kernel.lanes;
    const count = Math.floor((columns - first) / both);
    if (count > 0) panels.push({ kernel, first, vectors: 2, width: 'whole', count });
    first += count * both;
  }
  if (columns - first >= narrow.lanes) {
    panels.push({ kernel: narrow, first, vectors: 1, width: 'whole', count: 1 });
    first += narrow.lanes;
  }
  if (columns > first) {
    panels.push({ kernel: narrow, first, vectors: 1, width: { mask: maskRegister }, count: 1 });
  }
  return panels;
}

/** Bytes of a panel of b beside which little else stays in the first cache. */
const largePanel = 1 << 14;

/**
 * A height that leaves no rows over, where a tile of it still keeps the multipliers busy: half the code. Of a large panel
 * every tile reads much from the second cache, so there tiles are as high as there are registers.
 */
export function heightFor({ rows, inner }: Product, { kernel, vectors }: Panel, tileRows: number): number {
  const most = Math.min(Math.floor(kernel.sums / vectors), tileRows);
  if (inner * vectors * kernel.lanes * 4 > largePanel) return most;
  for (let height = most; height >= 8; height--) if (rows % height === 0) return height;
  return most;
}

export type Tiles = readonly (readonly [rows: number, count: number])[];

/** Heights of tiles and how many there are; few rows alone would leave the multipliers waiting. */
export function tilesOf(rows: number, height: number): Tiles {
  const [whole, rest] = [Math.floor(rows / height), rows % height];
  if (rest === 0) return [[height, whole]];
  if (whole === 0) return [[rest, 1]];
  const head = (count: number) => (count > 0 ? ([[height, count]] as const) : []);
  if (rest > height / 2) return [...head(whole), [rest, 1]];
  const [upper, lower] = [Math.ceil((height + rest) / 2), Math.floor((height + rest) / 2)];
  const ends =
    upper === lower
      ? ([[upper, 2]] as const)
      : ([
          [upper, 1],
          [lower, 1],
        ] as const);
  return [...head(whole - 1), ...ends];
}
