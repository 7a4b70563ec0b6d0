/** SSIM against scikit-image, and against the window written out where a picture is smaller than it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { ssim } from '../../../src/metrics/scores/ssim.ts';
import { lcg } from './repeatable.ts';

type Shape = readonly [number, number, number];

/** Noise, and the same with 40 % of other noise. */
function pictures(count: number, [height, width, channels]: Shape, seed: number): [Points, Points] {
  const dim = height * width * channels;
  const noise = (from: number) => {
    const next = lcg(from);
    return Float32Array.from({ length: count * dim }, () => next() * 2 - 1);
  };
  const [x, other] = [noise(seed), noise(seed + 1)];
  const y = x.map((value, at) => 0.6 * value + 0.4 * Number(other[at]));
  return [
    { values: x, count, dim },
    { values: y, count, dim },
  ];
}

describe('against scikit-image', () => {
  // from skimage.metrics import structural_similarity
  // f32 = lambda m: m.astype(np.float32).astype(np.float64)
  // def noise(n, h, w, c, seed):
  //     u = lcg(seed); return f32(np.array([next(u) * 2 - 1 for _ in range(n * h * w * c)])).reshape(n, h, w, c)
  // def pictures(*a): x = noise(*a); return x, f32(0.6 * x + 0.4 * noise(*a[:-1], a[-1] + 1))
  // np.mean([structural_similarity(p, q, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=2,
  //                                channel_axis=2) for p, q in zip(*pictures(n, h, w, c, seed))])
  test.each([
    [3, [16, 13, 3], 21, 0.4037018929252146],
    [2, [28, 28, 1], 31, 0.48240725011365015],
    [2, [11, 11, 1], 41, 0.3258587382136881],
  ] as const)('%i pictures of %j', (count, shape, seed, expected) => {
    const [x, y] = pictures(count, shape, seed);
    expect(ssim(x, y, shape)).toBeCloseTo(expected, 9);
  });

  test('8 × 10 pixels have a window of 7 × 7', () => {
    // scikit-image refuses them; k = np.outer(g, g), g = exp(−½((i − 3)/1.5)²) / sum, scipy.signal.correlate2d(m, k, 'valid')
    // for the moments m = x, y, x², y², xy of each channel, and the formula of the paper
    const [x, y] = pictures(2, [8, 10, 2], 51);
    expect(ssim(x, y, [8, 10, 2])).toBeCloseTo(0.703081722872752, 9);
  });
});

test('1 for equal pictures, symmetric, within −1 and 1, whatever the shape', () => {
  const side = fc.integer({ min: 1, max: 14 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 3 }), fc.nat(999), (height, width, channels, seed) => {
      const shape = [height, width, channels] as const;
      const [x, y] = pictures(2, shape, seed);
      expect(ssim(x, x, shape)).toBeCloseTo(1, 12);
      expect(ssim(x, y, shape)).toBeCloseTo(ssim(y, x, shape), 12);
      expect(Math.abs(ssim(x, y, shape))).toBeLessThanOrEqual(1 + 1e-12);
    }),
    { numRuns: 40 },
  );
});

test('flat pictures by hand: (2μμ′ + C₁)/(μ² + μ′² + C₁)', () => {
  const flat = (value: number): Points => ({ values: new Float32Array(144).fill(value), count: 1, dim: 144 });
  expect(ssim(flat(0.5), flat(-0.25), [12, 12, 1])).toBeCloseTo((-0.25 + 4e-4) / (0.3125 + 4e-4), 12);
});

test('NaN for no pictures and from a pixel that is; other shapes are our fault', () => {
  const [x, y] = pictures(2, [5, 5, 1], 1);
  expect(ssim({ ...x, count: 0 }, { ...y, count: 0 }, [5, 5, 1])).toBeNaN();
  expect(ssim(x, { ...y, values: y.values.with(12, Number.NaN) }, [5, 5, 1])).toBeNaN();
  expect(ssim(x, { ...y, values: y.values.with(12, Number.POSITIVE_INFINITY) }, [5, 5, 1])).toBeNaN();
  expect(() => ssim(x, y, [5, 4, 1])).toThrow(/^internal: ssim of 5 × 4 × 1 pictures got \[2, 25\] and \[2, 25\]$/);
  expect(() => ssim(x, { ...y, count: 1 }, [5, 5, 1])).toThrow(/^internal: .* and \[1, 25\]$/);
});
