/** The light's line is found whatever stands in front of the background, and is 1 and 0 where nothing can be known. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lightMeter } from '../../../src/metrics/foreground/light.ts';
import { framesOf, relit, type Shape } from './frames.ts';

const limit = 0.12;
const shape: Shape = [20, 20, 2];
/** Two channels that run from dark to bright, the second the other way. */
const background = framesOf(1, shape, (_, y, x, channel) => (channel === 0 ? 30 + 5 * x + 3 * y : 200 - 4 * x - 3 * y));

const measured = (values: Float32Array) => lightMeter(background.values, 2, limit)(values, 0);

/** Bytes to data units: value + 1 = byte / 127.5, so byte' = g · byte + o is value' = g · value + (g − 1) + o / 127.5. */
const offsetOf = ({ gain, offset }: { gain: number; offset: number }) => gain - 1 + offset / 127.5;

describe('by hand', () => {
  test('an unchanged frame: 1 and 0', () => {
    const { gain, offset } = measured(background.values);
    expect([...gain]).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)]);
    expect([...offset]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
  });

  test('each channel has its own line', () => {
    const lights = [
      { gain: 0.8, offset: 4 },
      { gain: 1.15, offset: -10 },
    ] as const;
    const { gain, offset } = measured(relit(background, (_, index) => lights[index % 2 === 0 ? 0 : 1]).values);
    for (const [channel, light] of lights.entries()) {
      expect(gain[channel]).toBeCloseTo(light.gain, 2);
      expect(offset[channel]).toBeCloseTo(offsetOf(light), 2);
    }
  });

  test('the frame lies where it is said to', () => {
    const bright = relit(background, () => ({ gain: 1.2, offset: 0 }));
    const two = Float32Array.of(...background.values, ...bright.values);
    expect(lightMeter(background.values, 2, limit)(two, background.dim).gain[0]).toBeCloseTo(1.2, 2);
  });

  test('pixels that are not finite are in no fit', () => {
    const broken = relit(background, () => ({ gain: 0.9, offset: 0 })).values.map((value, at) =>
      at % 7 === 0 ? Number.NaN : at % 7 === 1 ? Number.POSITIVE_INFINITY : value,
    );
    expect(measured(broken).gain[0]).toBeCloseTo(0.9, 2);
    const { gain, offset } = measured(background.values.map(() => Number.NaN));
    expect([...gain, ...offset]).toEqual([1, 1, 0, 0]);
  });

  test('an even background says nothing of a gain: the offset takes the change', () => {
    const even = new Float32Array(100).fill(0.5);
    const { gain, offset } = lightMeter(even, 1, limit)(new Float32Array(100).fill(0.3), 0);
    expect(gain[0]).toBeCloseTo(1, 6);
    expect(offset[0]).toBeCloseTo(-0.2, 6);
  });

  test('a picture without contrast is no light: the gain ends at a half', () => {
    expect(measured(background.values.map(() => 0.1)).gain[0]).toBe(0.5);
  });
});

test('any light between 0.75 and 1.25, with something of any brightness over up to 30 % of the frame: the line, within half a hundredth of the range', () => {
  const light = fc.record({
    gain: fc.double({ min: 0.75, max: 1.25, noNaN: true }),
    offset: fc.integer({ min: 0, max: 20 }),
  });
  const object = fc.record({
    top: fc.nat(8),
    left: fc.nat(8),
    side: fc.integer({ min: 1, max: 11 }),
    byte: fc.nat(255),
  });
  fc.assert(
    fc.property(light, object, (light, { top, left, side, byte }) => {
      const { values } = relit(background, () => light);
      for (let at = 0; at < values.length; at++) {
        const [y, x] = [Math.floor(at / 40), Math.floor(at / 2) % 20];
        if (y >= top && y < top + side && x >= left && x < left + side) values[at] = byte / 127.5 - 1;
      }
      const { gain, offset } = measured(values);
      const errors = background.values.map((b, at) => {
        const lit = (gain[at % 2] as number) * b + (offset[at % 2] as number);
        return Math.abs(lit - (light.gain * b + offsetOf(light)));
      });
      expect(Math.max(...errors)).toBeLessThan(0.01);
    }),
    { numRuns: 300 },
  );
});
