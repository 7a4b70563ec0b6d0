/** Packed maps, taken apart by the very expressions that go into specs. */
import fc from 'fast-check';
import { parse, View } from 'vega';
import { describe, expect, it } from 'vitest';
import { levels, pack, packMap, stepOf, unpackMap } from '../../../src/report/films/packed.ts';
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
