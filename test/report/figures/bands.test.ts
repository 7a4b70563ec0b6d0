/** Bands: rectangles cover every cell of a grid once, with the level of its value; what is no grid is refused. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bandsOf, type Field, fieldOf, stepOf } from '../../../src/report/figures/bands.ts';
import { tableOf } from './example-data.ts';

const places = (count: number): number[] => Array.from({ length: count }, (_, index) => index / 2);

it('cover a grid once and for all, each cell at its level', () => {
  const grids = fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 })).chain(([columns, rows]) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.constant(rows),
      score: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
        minLength: columns * rows,
        maxLength: columns * rows,
      }),
    }),
  );
  fc.assert(
    fc.property(grids, ({ columns, rows, score }) => {
      const field: Field = {
        sides: [
          { name: 'x0', places: places(columns) },
          { name: 'x1', places: places(rows) },
        ],
        score: Float64Array.from(score),
      };
      const levels = 7;
      const { low, high, rectangles } = bandsOf(field, levels);
      const seen = new Map<number, number>();
      rectangles.column.forEach((column, index) => {
        for (let row = rectangles.bottom[index] as number; row < (rectangles.top[index] as number); row++) {
          expect(seen.has(column * rows + row)).toBe(false);
          seen.set(column * rows + row, rectangles.level[index] as number);
        }
      });
      expect(seen.size).toBe(columns * rows);
      const step = Math.max(high - low, 1e-30) / levels;
      for (const [cell, level] of seen) {
        const value = Math.min(high, Math.max(low, score[cell] as number));
        expect(level).toBeGreaterThanOrEqual(0);
        expect(level).toBeLessThan(levels);
        expect(value).toBeGreaterThanOrEqual(low + level * step - 1e-9);
        expect(value).toBeLessThanOrEqual(low + (level + 1) * step + 1e-9);
      }
    }),
  );
});

it('make one rectangle a column of a constant field', () => {
  const table = tableOf({ x0: [0, 0, 1, 1, 2, 2], x1: [0, 1, 0, 1, 0, 1], score: [3, 3, 3, 3, 3, 3] });
  const field = fieldOf(table, 'x0', 'x1') as Field; // it is a whole grid
  expect(stepOf(field.sides[0])).toBe(1);
  expect(bandsOf(field, 5).rectangles.column).toEqual([0, 1, 2]);
});

it('refuse what is not a whole regular grid', () => {
  const whole = { x0: [0, 0, 1, 1], x1: [0, 1, 0, 1], score: [1, 2, 3, 4] };
  expect(fieldOf(tableOf(whole), 'x0', 'x1')).toBeDefined();
  expect(fieldOf(tableOf(whole), 'x0', 'z0')).toBeUndefined();
  const cut = { x0: [0, 0, 1], x1: [0, 1, 0], score: [1, 2, 3] };
  expect(fieldOf(tableOf(cut), 'x0', 'x1')).toBeUndefined();
  const mixed = { x0: [0, 1, 0, 1], x1: [0, 0, 1, 1], score: [1, 2, 3, 4] };
  expect(fieldOf(tableOf(mixed), 'x0', 'x1')).toBeUndefined();
  expect(fieldOf(tableOf({ ...whole, score: whole.score.map(() => Number.NaN) }), 'x0', 'x1')).toBeUndefined();
});
