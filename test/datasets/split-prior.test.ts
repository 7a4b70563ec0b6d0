/** The latent of guided methods: one block of numbers a class, of which one is filled. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { priorCdf, samplePrior } from '../../src/priors/prior.ts';

const spec = { kind: 'split', classes: 5, dim: 15, low: -1, high: 3 } as const;

/** The class of every latent; fails where more than one block holds anything. */
function classesOf(latents: Float32Array, classes: number, dim: number): number[] {
  const block = dim / classes;
  return Array.from({ length: latents.length / dim }, (_, example) => {
    const z = latents.subarray(example * dim, (example + 1) * dim);
    const filled = Array.from({ length: classes }, (_, c) => z.subarray(c * block, (c + 1) * block)).flatMap(
      (part, c) => (part.some((value) => value !== 0) ? [c] : []),
    );
    expect(filled).toHaveLength(1);
    return filled[0] ?? Number.NaN;
  });
}

describe('draws', () => {
  it('fill one block, whatever the sizes, and leave 0 in the others', () => {
    const size = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(size, size, fc.nat(1000), (classes, block, seed) => {
        const dim = classes * block;
        const latents = samplePrior({ ...spec, classes, dim }, stream(seed, 'latent'), 20);
        expect(classesOf(latents, classes, dim)).toHaveLength(20);
      }),
      { numRuns: 30 },
    );
  });

  it('are of every class alike often, uniform on their bounds within its block', () => {
    const count = 20_000;
    const latents = samplePrior(spec, stream(0, 'latent'), count);
    const classes = classesOf(latents, 5, 15);
    for (let c = 0; c < 5; c++) {
      const share = classes.filter((drawn) => drawn === c).length / count;
      expect(Math.abs(share - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / count));
    }
    const values = latents.filter((value) => value !== 0);
    expect(values.length).toBe(3 * count);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
    expect(Math.abs(mean - 1)).toBeLessThan((4 * (4 / Math.sqrt(12))) / Math.sqrt(values.length));
    expect([low, high].map((value) => Math.round(100 * value) / 100)).toEqual([-1, 3]);
  });

  it('follow from the stream alone, and clear what a buffer held', () => {
    const buffer = new Float32Array(40).fill(7);
    samplePrior(spec, stream(1, 'latent', 2), 2, buffer);
    expect(buffer.slice(0, 30)).toEqual(samplePrior(spec, stream(1, 'latent', 2), 2));
    expect([...buffer.slice(30)]).toEqual(Array(10).fill(7));
  });
});

describe('the cumulative distribution of one number', () => {
  it('is a ramp with a step of 1 − 1 / classes at 0', () => {
    const cdf = priorCdf(spec);
    // A fifth of the mass is uniform on [−1, 3): a quarter of it lies below 0, three quarters below 2.
    const found = [-2, -1, -1e-9, 0, 2, 3, 9].map(cdf);
    [0, 0, 0.05, 0.85, 0.95, 1, 1].forEach((value, index) => void expect(found[index]).toBeCloseTo(value, 8));
    expect(cdf(Number.NaN)).toBeNaN();
  });

  it('is that of the draws, in every dimension', () => {
    const count = 20_000;
    const latents = samplePrior(spec, stream(3, 'latent'), count);
    const cdf = priorCdf(spec);
    for (const dimension of [0, 7, 14]) {
      const column = latents.filter((_, index) => index % 15 === dimension);
      for (const z of [-0.5, -0.01, 0, 0.5, 1.5, 2.9]) {
        const share = column.filter((value) => value <= z).length / count;
        expect(Math.abs(share - cdf(z))).toBeLessThan(4 * Math.sqrt(0.25 / count));
      }
    }
  });

  it('without a width is refused', () => {
    const empty = { ...spec, high: -1 };
    expect(() => priorCdf(empty)).toThrow('latent.high: expected more than latent.low (-1), got -1');
    expect(() => samplePrior(empty, stream(0, 'latent'), 1)).toThrow('latent.high');
  });
});
