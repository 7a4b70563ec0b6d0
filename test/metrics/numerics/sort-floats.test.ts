/** The radix sort orders as the engine's own sort does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortFloats, sortScratch } from '../../../src/metrics/numerics/sort-floats.ts';

test('the same bytes as Float32Array.sort, for any numbers: zeros of both signs, subnormals, infinities', () => {
  const scratch = sortScratch(300);
  const values = fc.float32Array({ noNaN: true, maxLength: 300 });
  fc.assert(
    fc.property(values, (values) => {
      const expected = values.slice().sort();
      expect(new Uint32Array(sortFloats(values.slice(), scratch).buffer)).toEqual(new Uint32Array(expected.buffer));
    }),
    { numRuns: 300 },
  );
});

test('sorts in place, a view into a buffer too, and leaves what lies around it', () => {
  const buffer = Float32Array.of(9, 3, -1, 2, -9);
  const view = buffer.subarray(1, 4);
  expect(sortFloats(view, sortScratch(3))).toBe(view);
  expect(Array.from(buffer)).toEqual([9, -1, 2, 3, -9]);
});

test('numbers stay in order when there is a NaN, which goes to an end', () => {
  const sorted = Array.from(sortFloats(Float32Array.of(2, Number.NaN, -1, 1), sortScratch(4)));
  expect(sorted.filter((value) => !Number.isNaN(value))).toEqual([-1, 1, 2]);
  expect([sorted[0], sorted[3]].some(Number.isNaN)).toBe(true);
});

test('more values than it has room for are our fault', () => {
  expect(() => sortFloats(new Float32Array(3), sortScratch(2))).toThrow(/^internal:/);
});

test('numbers that differ in their last bits alone are sorted too', () => {
  const values = Float32Array.from({ length: 1_000 }, (_, index) => 1 + ((index * 7) % 1_000) * 2 ** -23);
  expect(sortFloats(values.slice(), sortScratch(1_000))).toEqual(values.toSorted());
});
