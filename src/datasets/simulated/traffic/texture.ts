/** Smooth noise from a table of random numbers, for the texture of asphalt and grass. */
import type { Random } from '../../../base/random.ts';

const side = 64;

/** Noise of mean 0 between about −1 and 1 whose grains are one unit wide; repeats after 64 units. */
export type Texture = (x: number, y: number) => number;

export function texture(random: Random): Texture {
  const table = Float32Array.from({ length: side * side }, () => 2 * random.uniform() - 1);
  const at = (column: number, row: number): number =>
    table[(row & (side - 1)) * side + (column & (side - 1))] as number;
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const s = ease(x - column);
    const t = ease(y - row);
    const above = at(column, row) + s * (at(column + 1, row) - at(column, row));
    const below = at(column, row + 1) + s * (at(column + 1, row + 1) - at(column, row + 1));
    return above + t * (below - above);
  };
}

const ease = (t: number): number => t * t * (3 - 2 * t);
