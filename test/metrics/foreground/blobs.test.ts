/** What counts as foreground in one frame: contrast against the lit background, size, and frames of another scene. */
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { stream } from '../../../src/base/random.ts';
import { blobFinder, notTheScene } from '../../../src/metrics/foreground/blobs.ts';
import { car, framesOf, type Rectangle, relit, type Shape, street, streetByte, streetShape } from './frames.ts';

/** Blobs of the first frame before a background, and its foreground drawn with `#`. */
function found(frame: Points, { background = street([]), shape = streetShape, threshold = 0.1 } = {}) {
  const mask = new Uint8Array(shape[0] * shape[1]).fill(7); // whatever was there before
  const blobs = blobFinder(background.values, shape, threshold)(frame.values, 0, mask);
  const drawn = [...mask].map((pixel) => (pixel === 0 ? '.' : '#')).join('');
  return { blobs, rows: Array.from({ length: shape[0] }, (_, y) => drawn.slice(y * shape[1], (y + 1) * shape[1])) };
}

const blobsOf = (...rectangles: Rectangle[]) => found(street(rectangles)).blobs;
const covering = (height: number, width: number, byte: number) => ({ top: 1, left: 2, height, width, byte });

describe('a rectangle on a 12 × 12 street', () => {
  test('is one blob, drawn where it stands; an empty street has none', () => {
    expect(found(street([car(2, 7)]))).toEqual({
      blobs: 1,
      rows: Array.from({ length: 12 }, (_, y) => (y >= 2 && y < 5 ? '.......####.' : '............')),
    });
    expect(found(street([]))).toEqual({ blobs: 0, rows: Array(12).fill('............') });
  });

  test('two apart are two, by a corner one, across each other one', () => {
    expect(blobsOf(car(0, 0), car(8, 8))).toBe(2);
    expect(blobsOf(car(0, 0), car(3, 4))).toBe(1);
    expect(blobsOf(car(0, 0), car(2, 1))).toBe(1);
    expect(blobsOf(car(0, 0), car(4, 0), car(8, 0), car(0, 5), car(4, 5), car(8, 5))).toBe(6);
  });

  test('darker than the street counts as well', () => {
    const frame = framesOf(1, streetShape, (_, y, x) => streetByte(y, x) - (y >= 8 && x < 3 ? 40 : 0));
    expect(found(frame).blobs).toBe(1);
  });

  test('the threshold is a share of the range: 25.5 of 255 bytes at 0.1', () => {
    const raised = (byte: number) =>
      found(framesOf(1, streetShape, (_, y, x) => streetByte(y, x) + (y > 3 && y < 6 && x > 3 && x < 6 ? byte : 0)));
    expect(raised(24).blobs).toBe(0);
    expect(raised(27).blobs).toBe(1);
  });
});

test('one channel of three is enough', () => {
  const shape: Shape = [12, 12, 3];
  const background = framesOf(1, shape, (_, y, x) => streetByte(y, x));
  const tinted = framesOf(1, shape, (_, y, x, c) => streetByte(y, x) + (c === 2 && y < 3 && x < 3 ? 60 : 0));
  expect(found(tinted, { background, shape }).blobs).toBe(1);
});

test('specks are dropped, and only they: below 0.4 % of the frame, so up to 4 of 1,024 pixels', () => {
  const shape: Shape = [32, 32, 1];
  const ground = (y: number, x: number) => 40 + 2 * y + x;
  const background = framesOf(1, shape, (_, y, x) => ground(y, x));
  const dotted = framesOf(1, shape, (_, y, x) => {
    const speck = y === 3 && x >= 5 && x < 9;
    const blob = y === 20 && x >= 5 && x < 10;
    return speck || blob ? 220 : ground(y, x);
  });
  const { blobs, rows } = found(dotted, { background, shape });
  expect(blobs).toBe(1);
  expect(rows[3]).toBe('.'.repeat(32));
  expect(rows[20]).toBe(`${'.'.repeat(5)}#####${'.'.repeat(22)}`);
});

describe('light', () => {
  const scene = street([car(2, 7), covering(2, 2, 200)]);
  const expected = found(scene);

  test.each([
    [0.75, 0],
    [1.1, 0],
    [1, -30],
    [1, 25],
    [0.8, 25],
  ])('a gain of %f and an offset of %i bytes leave the foreground as it is', (gain, offset) => {
    expect(found(relit(scene, () => ({ gain, offset })))).toEqual(expected);
    expect(found(relit(street([]), () => ({ gain, offset }))).blobs).toBe(0);
  });

  test('a background that the light clips to white is not foreground', () => {
    const shape: Shape = [12, 12, 1];
    const background = framesOf(1, shape, (_, y, x) => 60 + 12 * y + 5 * x); // up to 247
    const clipped = relit(background, () => ({ gain: 1.3, offset: 0 })); // up to 321, so 66 bytes are cut off
    expect(found(clipped, { background, shape }).blobs).toBe(0);
  });

  test('in dim light a contrast counts as much as the light leaves of it', () => {
    // 40 bytes above the street; at half the light 20, below the threshold of full light
    const faint = framesOf(1, streetShape, (_, y, x) => streetByte(y, x) + (y < 3 && x < 3 ? 40 : 0));
    expect(found(relit(faint, () => ({ gain: 0.6, offset: 0 }))).blobs).toBe(1);
  });
});

test('noise below the threshold is not foreground', () => {
  const random = stream(100, 'data');
  const noisy = framesOf(1, streetShape, (_, y, x) => streetByte(y, x) + 40 * (random.uniform() - 0.5));
  expect(found(noisy).blobs).toBe(0);
});

describe('another scene', () => {
  const none = { blobs: notTheScene, rows: Array(12).fill('............') };

  test('a value that is not finite', () => {
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const frame = street([car(2, 7)]);
      frame.values[77] = broken;
      expect(found(frame)).toEqual(none);
    }
  });

  test('more than half of the frame foreground; half is of the scene still', () => {
    const random = stream(100, 'data');
    expect(found(framesOf(1, streetShape, () => random.uniform() * 255))).toEqual(none);
    const masked = (rows: number) => found(street([{ top: 0, left: 0, height: rows, width: 12, byte: 255 }]));
    expect(masked(5).blobs).toBe(1);
    expect(masked(12)).toEqual(none);
  });
});

test('where the background is not known nothing is foreground', () => {
  const background = street([]);
  background.values.fill(Number.NaN, 0, 72);
  expect(found(street([car(0, 0)]), { background }).blobs).toBe(0);
  expect(found(street([car(8, 0)]), { background }).blobs).toBe(1);
});
