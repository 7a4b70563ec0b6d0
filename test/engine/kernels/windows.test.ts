/** Lists of windows: one worked out by hand, and what must hold for every geometry. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blocksOfWindows,
  type Geometry,
  geometryOf,
  phasesOf,
  pixelsOfWindows,
} from '../../../src/engine/kernels/windows.ts';

/** x of 4 × 2 pixels, windows of 3 × 2 that are 2 rows and 1 column apart, one row of padding above and one below. */
const small = geometryOf(
  [1, 4, 2, 1],
  [3, 2, 1, 1],
  [2, 1],
  [
    [0, 0],
    [1, 1],
    [0, 0],
    [0, 0],
  ],
  'floor',
);

const geometries: fc.Arbitrary<Geometry> = fc
  .record({
    height: fc.integer({ min: 4, max: 9 }),
    width: fc.integer({ min: 4, max: 9 }),
    filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    pad: fc.constantFrom<('same' | 'valid')[]>('same', 'valid'),
  })
  .map(({ height, width, filter, strides, pad }) =>
    geometryOf([1, height, width, 1], [...filter, 1, 1], strides, pad, 'floor'),
  );

describe('windows worked out by hand', () => {
  it('are pixels row by row, with one past the last where padding is', () => {
    // Two windows: rows −1 … 1 and 1 … 3.
    expect(small.y).toEqual([1, 2, 1, 1]);
    expect(pixelsOfWindows(small)).toEqual([8, 8, 0, 1, 2, 3, 2, 3, 4, 5, 6, 7]);
  });

  it('meet a pixel at places that are a stride apart', () => {
    expect(phasesOf(small)).toEqual([
      // Rows 1 and 3 lie under the first and the third row of windows, here in this order; a column lies under one of two.
      { first: [0, 0], pixels: [2, 3, 6, 7], windows: [1, 2, 0, 2, 2, 1, 2, 0, 2, 2, 1, 2, 2, 2, 2, 1] },
      // Rows 0 and 2 lie under the second row of windows alone.
      { first: [1, 0], pixels: [0, 1, 4, 5], windows: [0, 2, 2, 0, 1, 2, 2, 1] },
    ]);
  });
});

it('phases hold every pixel once, and with it the windows that hold the pixel, by their places', () =>
  fc.assert(
    fc.property(geometries, (geometry) => {
      const [, height = 1, width = 1] = geometry.x;
      const [filterHeight = 1, filterWidth = 1] = geometry.filter;
      const inWindow = filterHeight * filterWidth;
      const none = (geometry.y[1] ?? 1) * (geometry.y[2] ?? 1);
      /** By pixel, the pairs of window and place where it lies. */
      const expected = Array.from({ length: height * width }, () => new Set<string>());
      for (const [at, pixel] of pixelsOfWindows(geometry).entries()) {
        expected[pixel]?.add(`${Math.floor(at / inWindow)} ${at % inWindow}`);
      }
      const found = new Map<number, Set<string>>();
      for (const { first, windows, pixels } of phasesOf(geometry)) {
        const rows = places(first[0], geometry.strides[0], filterHeight);
        const columns = places(first[1], geometry.strides[1], filterWidth);
        const taps = rows.flatMap((row) => columns.map((column) => row * filterWidth + column));
        for (const [index, pixel] of pixels.entries()) {
          expect(found.has(pixel)).toBe(false);
          const own = windows.slice(index * taps.length, (index + 1) * taps.length);
          const pairs = own.flatMap((window, tap) => (window === none ? [] : [`${window} ${taps[tap]}`]));
          found.set(pixel, new Set(pairs));
        }
      }
      expect(Array.from({ length: height * width }, (_, pixel) => found.get(pixel))).toEqual(expected);
    }),
    { numRuns: 60, seed: 1 },
  ));

it('blocks are the same windows, a stride of pixels at a time', () =>
  fc.assert(
    fc.property(geometries, (geometry) => {
      const blocks = blocksOfWindows(geometry);
      const [, height = 1, width = 1] = geometry.x;
      const [top, left, , right] = geometry.pads;
      const stride = geometry.strides[1];
      const padded = left + width + right;
      // Where a block lies over the edge of a row, windows do not begin and end between blocks.
      expect(blocks !== undefined).toBe(aligned(geometry));
      if (blocks === undefined) return;
      const pixels = blocks.flatMap((block) =>
        Array.from({ length: stride }, (_, index) => {
          const [row, column] = [
            Math.floor((block * stride + index) / padded) - top,
            ((block * stride + index) % padded) - left,
          ];
          const inside = row >= 0 && row < height && column >= 0 && column < width;
          return inside ? row * width + column : height * width;
        }),
      );
      expect(pixels).toEqual(pixelsOfWindows(geometry));
    }),
    { numRuns: 60, seed: 2 },
  ));

const places = (first: number, stride: number, size: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((size - first) / stride)) }, (_, index) => first + index * stride);

function aligned({
  x: [, , width = 1],
  filter: [, across = 1],
  strides: [, stride],
  pads: [, left, , right],
  leftOver,
}: Geometry) {
  return (left + width + right) % stride === 0 && across % stride === 0 && leftOver.every((rows) => rows === 0);
}
