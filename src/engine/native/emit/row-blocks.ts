/** How a convolution's rows are divided into tiles: those of a block are written out, loops go from block to block. */
import type { Axis } from '../plan/walk.ts';

export interface RowBlocks {
  /** Sizes of the axes that loops go along; the last goes in steps of `by` where it is divided. */
  readonly loops: readonly number[];
  readonly by: number;
  /** Rows of a block, and of its tiles. */
  readonly rows: number;
  readonly heights: readonly number[];
}

const mostRows = 64;
const mostTiles = 6;

/**
 * The block whose tiles are highest. Its rows are those of the last axes, and of a part of the one before them.
 *
 * @param most rows of a tile.
 */
export function rowBlocksOf(sizes: readonly number[], most: number): RowBlocks {
  const candidates: RowBlocks[] = [];
  let inner = 1;
  for (let axis = sizes.length - 1; axis >= 0 && inner <= mostRows; axis--) {
    const size = sizes[axis] ?? 1;
    for (let by = 1; by <= size && inner * by <= mostRows; by++) {
      const tiles = Math.ceil((inner * by) / most);
      if (size % by !== 0 || tiles > mostTiles) continue;
      candidates.push({
        loops: [...sizes.slice(0, axis), size / by],
        by,
        rows: inner * by,
        heights: shares(inner * by, tiles),
      });
    }
    inner *= size;
  }
  const height = ({ rows, heights }: RowBlocks) => rows / heights.length;
  return candidates.reduce((best, next) => (height(next) > height(best) ? next : best));
}

/** As equal as they can be, the larger ones first. */
const shares = (rows: number, tiles: number): readonly number[] =>
  Array.from({ length: tiles }, (_, at) => Math.floor((rows + tiles - 1 - at) / tiles));

/** The axes of rows that loops go along, and those within a block. */
export function divided(
  axes: readonly Axis[],
  { loops, by }: RowBlocks,
): { loops: readonly Axis[]; block: readonly Axis[] } {
  const last = loops.length - 1;
  const { step } = axes[last] ?? { step: 0 };
  return {
    loops: [...axes.slice(0, last), { size: loops[last] ?? 1, step: step * by }],
    block: [{ size: by, step }, ...axes.slice(last + 1)],
  };
}
