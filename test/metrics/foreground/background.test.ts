/** The temporal median against NumPy, and what passing things, odd counts and broken values do to it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporalMedian } from '../../../src/metrics/foreground/background.ts';
import { points } from '../inputs.ts';
import { car, framesOf, street, streetByte } from './frames.ts';

const bytesOf = (median: Float32Array) => [...median].map((value) => Math.round((value + 1) * 127.5));
const formula = (frame: number, _: number, d: number) => (frame * frame * 37 + d * d * 101 + frame * d * 53) % 256;

test('an odd number of frames: the median of NumPy', () => {
  // f, d = np.mgrid[0:301, 0:45]; np.median((f*f*37 + d*d*101 + f*d*53) % 256, axis=0)
  expect(bytesOf(temporalMedian(framesOf(301, [1, 45, 1], formula)))).toEqual([
    109, 131, 124, 127, 121, 123, 124, 131, 132, 127, 135, 129, 112, 133, 111, 129, 133, 123, 124, 127, 129, 129, 132,
    123, 125, 129, 119, 127, 129, 127, 124, 129, 109, 131, 127, 125, 129, 131, 124, 125, 132, 129, 107, 127, 129,
  ]);
});

test('an even number: the lower of the two in the middle', () => {
  // f, d = np.mgrid[0:60, 0:45]; np.percentile((f*f*37 + d*d*101 + f*d*53) % 256, 50, axis=0, method='lower')
  expect(bytesOf(temporalMedian(framesOf(60, [1, 45, 1], formula)))).toEqual([
    101, 143, 131, 127, 89, 107, 123, 137, 109, 123, 140, 107, 121, 149, 111, 129, 125, 109, 116, 113, 137, 139, 124,
    109, 132, 129, 103, 135, 144, 119, 116, 127, 116, 147, 132, 103, 137, 127, 124, 121, 149, 121, 92, 125, 129,
  ]);
});

test('what passes leaves no trace, where each pixel is free in more than half the frames', () => {
  const median = temporalMedian(street([], [car(2, 1)], [car(2, 5)], [], [car(2, 3)], [], []));
  expect(bytesOf(median)).toEqual(Array.from({ length: 144 }, (_, at) => streetByte(Math.floor(at / 12), at % 12)));
});

test('values that are not finite are left out; a number that has no other is NaN', () => {
  const inf = Number.POSITIVE_INFINITY;
  const median = temporalMedian(points([0, Number.NaN], [Number.NaN, inf], [0.2, Number.NaN], [inf, -inf], [0.6, inf]));
  expect(median[0]).toBeCloseTo(0.2, 2);
  expect(median[1]).toBeNaN();
});

test('values beyond the range are black or white', () => {
  expect([...temporalMedian(points([7, -9], [3, -1.2], [2, -3]))]).toEqual([1, -1]);
});

test('of 1,503 frames every third speaks', () => {
  expect(bytesOf(temporalMedian(framesOf(1_503, [1, 2, 1], (frame) => (frame % 3 === 0 ? 200 : 20))))).toEqual([
    200, 200,
  ]);
});

test('any bytes: the middle one of the sorted', () => {
  const byte = fc.nat(255);
  fc.assert(
    fc.property(fc.array(fc.tuple(byte, byte, byte), { minLength: 1, maxLength: 40 }), (rows) => {
      const median = temporalMedian(framesOf(rows.length, [1, 3, 1], (f, _, x) => rows[f]?.[x] ?? -1));
      const sorted = (x: number) => rows.map((row) => row[x] ?? -1).sort((a, b) => a - b);
      const middle = Math.floor((rows.length - 1) / 2);
      expect(bytesOf(median)).toEqual([0, 1, 2].map((x) => sorted(x)[middle]));
    }),
  );
});
