import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { drawsOf } from '../../src/methods/method.ts';
import { makeBatches } from '../../src/trial/batches.ts';
import { formulaDataset } from '../datasets/formula.ts';
import { smallSpec } from './specs.ts';

const draw = (spec: ReturnType<typeof smallSpec>, first: number, count: number) =>
  Object.fromEntries(
    Object.entries(
      makeBatches(spec, formulaDataset(spec.data), count, drawsOf(builtIn.method(spec.method))).draw(first),
    ).map(([name, array]) => [name, [...array]]),
  );

describe('batches', () => {
  it('of a step do not depend on how many steps are drawn at once, nor on what was drawn before', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(500), fc.integer({ min: 1, max: 6 }), (seed, first, count) => {
        const spec = smallSpec('bigan-pgp', seed);
        const together = draw(spec, first, count);
        const single = Array.from({ length: count }, (_, offset) => draw(spec, first + offset, 1));
        for (const [name, numbers] of Object.entries(together)) {
          expect(numbers).toEqual(single.flatMap((step) => step[name]));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are the same for all methods of a seed, and differ between seeds, steps and purposes', () => {
    const pgp = draw(smallSpec('bigan-pgp'), 3, 2);
    const gan = draw(smallSpec('gan'), 3, 2);
    expect(gan.x0).toEqual(pgp.x0);
    expect(gan.z0).toEqual(pgp.z0);
    expect(Object.keys(gan)).toEqual(['x0', 'z0']);
    expect(draw(smallSpec('gan', 1), 3, 2).x0).not.toEqual(gan.x0);
    expect(draw(smallSpec('gan'), 4, 2).x0).not.toEqual(gan.x0);
    expect(gan.x0).not.toEqual(gan.z0);
  });

  it('of the first critic step are those of methods with one step', () => {
    const wgan = draw(smallSpec('wgan'), 5, 1);
    expect(Object.keys(wgan)).toHaveLength(10);
    expect(wgan.x0).toEqual(draw(smallSpec('gan'), 5, 1).x0);
    expect(wgan.x1).not.toEqual(wgan.x0);
  });

  it('hold data in the units of the networks, z within its prior, epsilon in [0, 1)', () => {
    const { x0 = [], z0 = [], epsilon0 = [] } = draw(smallSpec('bigan-pgp'), 0, 8);
    const radii = Array.from({ length: x0.length / 2 }, (_, index) =>
      Math.hypot(x0[2 * index] ?? 0, x0[2 * index + 1] ?? 0),
    );
    const mean = radii.reduce((sum, radius) => sum + radius, 0) / radii.length;
    expect(mean).toBeCloseTo(2, 1); // radius 1, scale 2
    expect(Math.max(...z0.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.min(...epsilon0)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...epsilon0)).toBeLessThan(1);
  });
});
