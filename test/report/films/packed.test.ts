/** Packed maps, taken apart by the very expressions that go into specs. */
import fc from 'fast-check';
import { parse, View } from 'vega';
import { describe, expect, it } from 'vitest';
import { levels, pack, packMap, packRows, stepOf, unpackMap, unpackRows } from '../../../src/report/films/packed.ts';
import { compileFigure } from '../../../src/report/render.ts';
import type { Axis } from '../../../src/store/film-file.ts';

/** The rectangles that Vega makes of a packed map. */
async function rectangles(map: string, axes: readonly Axis[]): Promise<number[][]> {
  const spec = compileFigure({
    data: { values: [{ map }] },
    transform: unpackMap('map', axes),
    mark: 'rect',
    encoding: { x: { field: 'rect[0]', type: 'quantitative' } },
  });
  const view = await new View(parse(spec), { renderer: 'none' }).runAsync();
  // The data that the marks are drawn from: what all transforms have been through.
  const source = JSON.stringify(spec.marks).match(/"data":"([^"]+)"/)?.[1] ?? '';
  const rows: { rect: number[] }[] = view.data(source);
  view.finalize();
  return rows.map(({ rect }) => rect);
}

describe('a packed map', () => {
  const axis = (name: string, count: number): Axis => ({ name, low: 10, high: 10 + count - 1, count });

  it('covers every cell once, each with its own level', async () => {
    const sides = fc.record({ across: fc.integer({ min: 2, max: 7 }), up: fc.integer({ min: 2, max: 7 }) });
    const value = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(sides, fc.array(value, { minLength: 49, maxLength: 49 }), async ({ across, up }, values) => {
        const axes = [axis('x0', across), axis('x1', up)];
        const found = await rectangles(packMap(values, axes), axes);
        for (let column = 0; column < across; column++) {
          for (let row = 0; row < up; row++) {
            const [x, y] = [10 + column, 10 + row];
            const over = found.filter(([left = 0, right = 0, bottom = 0, top = 0]) => {
              return left < x && x < right && bottom < y && y < top;
            });
            expect(over.map((rectangle) => rectangle[4])).toEqual([stepOf(values[column * up + row] ?? 0, levels)]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of one level is one rectangle, and ends half a cell beyond its outer places', async () => {
    const axes = [axis('x0', 61), axis('x1', 41)];
    const map = packMap(new Float32Array(61 * 41).fill(1), axes);
    expect(map).toHaveLength(5);
    expect(await rectangles(map, axes)).toEqual([[9.5, 70.5, 9.5, 50.5, levels - 1]]);
  });

  it('has a letter for each of 64 numbers, none of which a string must escape', () => {
    const all = pack(Array.from({ length: 64 }, (_, index) => index));
    expect(new Set(all).size).toBe(64);
    expect(all).toMatch(/^[\w-]+$/);
  });
});

describe('packed rows', () => {
  /** The rows that Vega makes of them. */
  async function rowsOf(packed: string, columns: Parameters<typeof unpackRows>[1]) {
    const spec = compileFigure({
      data: { values: [{ packed }] },
      transform: unpackRows('packed', columns),
      mark: 'point',
      encoding: { x: { field: 'a', type: 'quantitative', scale: { zero: false } } },
    });
    const view = await new View(parse(spec), { renderer: 'none' }).runAsync();
    const source = JSON.stringify(spec.marks).match(/"data":"([^"]+)"/)?.[1] ?? '';
    const rows: { at: number; a: number; b: number }[] = view.data(source);
    view.finalize();
    return rows;
  }

  it('come back in their places to a four-thousandth of their bounds; rows that lack a value do not', async () => {
    const bounds = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 40 }));
    const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, -0.1, 1.1, Number.NaN));
    await fc.assert(
      fc.asyncProperty(bounds, bounds, fc.array(fc.tuple(share, share), { maxLength: 6 }), async (a, b, shares) => {
        const [first, second] = [a, b].map(([low, range]) => ({ low, high: low + range, range }));
        if (!first || !second) return;
        const values = (column: 0 | 1, { low, range }: typeof first) => shares.map((row) => low + row[column] * range);
        const [as, bs] = [values(0, first), values(1, second)];
        const columns = [
          { as: 'a', ...first },
          { as: 'b', ...second },
        ];
        const rows = await rowsOf(packRows([[as, first], [bs, second]]), columns); // biome-ignore format: a pair a column
        const isIn = (value: number, { low, high }: typeof first) => value >= low && value <= high;
        const there = shares.flatMap((_, at) => (isIn(as[at] ?? 0, first) && isIn(bs[at] ?? 0, second) ? [at] : []));
        expect(rows.map(({ at }) => at)).toEqual(there);
        for (const row of rows) {
          expect(Math.abs(row.a - (as[row.at] ?? 0))).toBeLessThanOrEqual(first.range / 4_000);
          expect(Math.abs(row.b - (bs[row.at] ?? 0))).toBeLessThanOrEqual(second.range / 4_000);
        }
      }),
      { numRuns: 40 },
    );
  });
});
