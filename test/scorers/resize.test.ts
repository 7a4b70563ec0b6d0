/** Pictures as scorers want them: sizes, channels, ranges, layouts, by hand and against PyTorch. */
import { describe, expect, it } from 'vitest';
import { fitTo, type Wanted } from '../../src/scorers/resize.ts';

/** Pixels go in as they are in [−1, 1]. */
const unchanged = (...shape: number[]): Wanted => ({ shape, layout: 'nhwc', mean: [0.5], std: [0.5] });

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 5);
}

describe('sizes', () => {
  const pictures = Float32Array.of(0, 0.5, -1, 1, -0.25, 0.75, -1, -1, 1, 1, 0, 0.5); // two of 2 × 3

  it('that fit are left as they are', () => {
    expectClose(fitTo(pictures, [2, 3, 1], unchanged(2, 3, 1)), [...pictures]);
  });

  it.each(['nhwc', 'nchw'] as const)('that fit go in number by number, as %s', (layout) => {
    const [mean, std] = [
      [0.4, 0.5],
      [0.2, 0.3],
    ];
    const fitted = fitTo(pictures, [1, 3, 2], { shape: [1, 3, 2], layout, mean, std });
    const wanted = Array.from(pictures, (value, at) => ((1 + value) / 2 - (mean[at % 2] ?? 0)) / (std[at % 2] ?? 1));
    const places = layout === 'nhwc' ? [0, 1, 2, 3, 4, 5] : [0, 2, 4, 1, 3, 5];
    const order = [0, 6].flatMap((start) => places.map((place) => start + place));
    expect(fitted).toEqual(Float32Array.from(order, (at) => wanted[at] ?? 0));
  });

  it('of vectors are not touched at all', () => {
    expect(fitTo(pictures, [12], unchanged(12))).toBe(pictures);
  });

  it('shrink by averaging areas, parts of a pixel by their share', () => {
    // 4 × 4 to 2 × 2: means of blocks.
    const square = Float32Array.from({ length: 16 }, (_, index) => index / 16);
    expectClose(fitTo(square, [4, 4, 1], unchanged(2, 2, 1)), [2.5 / 16, 4.5 / 16, 10.5 / 16, 12.5 / 16]);
    // 3 to 2: (a + b / 2) / 1.5 and (b / 2 + c) / 1.5.
    expectClose(fitTo(Float32Array.of(0.3, 0.6, -0.9), [1, 3, 1], unchanged(1, 2, 1)), [0.4, -0.4]);
  });

  /**
   * PyTorch 2.13, p = torch.tensor([[0, 0.5, -1], [1, -0.25, 0.75]])[None, None]:
   *
   *     F.interpolate(p, size=size, mode='bilinear', align_corners=False)
   */
  it.each<[number, number, number[]]>([
    [
      4,
      6,
      [
        0, 0.125, 0.375, 0.125, -0.625, -1, 0.25, 0.265625, 0.296875, 0.09375, -0.34375, -0.5625, 0.75, 0.546875,
        0.140625, 0.03125, 0.21875, 0.3125, 1, 0.6875, 0.0625, 0, 0.5, 0.75,
      ],
    ],
    [
      5,
      4,
      [
        0, 0.3125, -0.0625, -1, 0.1, 0.303125, -0.04375, -0.825, 0.5, 0.265625, 0.03125, -0.125, 0.9, 0.228125, 0.10625,
        0.575, 1, 0.21875, 0.125, 0.75,
      ],
    ],
    [
      3,
      7,
      [
        0, 0.071429, 0.285714, 0.5, -0.142857, -0.785714, -1, 0.5, 0.446429, 0.285714, 0.125, 0.017857, -0.089286,
        -0.125, 1, 0.821429, 0.285714, -0.25, 0.178571, 0.607143, 0.75,
      ],
    ],
  ])('grow to %d × %d as PyTorch interpolates', (height, width, expected) => {
    const fitted = fitTo(pictures, [2, 3, 1], unchanged(height, width, 1));
    expectClose(fitted.subarray(0, expected.length), expected);
    // The second picture begins where the first ends, and is grown by itself.
    const second = fitTo(pictures.slice(6), [2, 3, 1], unchanged(height, width, 1));
    expect(fitted.subarray(expected.length)).toEqual(second);
  });
});

describe('channels', () => {
  it('of grey stand for all three', () => {
    expectClose(fitTo(Float32Array.of(0.5, -1), [1, 2, 1], unchanged(1, 2, 3)), [0.5, 0.5, 0.5, -1, -1, -1]);
  });

  it('of colour become their luminance', () => {
    const colours = Float32Array.of(1, -1, -1, 0.2, 0.4, -0.6);
    expectClose(fitTo(colours, [1, 2, 3], unchanged(1, 2, 1)), [
      0.299 - 0.587 - 0.114,
      0.299 * 0.2 + 0.587 * 0.4 - 0.114 * 0.6,
    ]);
  });
});

describe('ranges and layouts', () => {
  it('a pixel goes in as (p − mean) / std of its channel, p in [0, 1]', () => {
    const wanted: Wanted = {
      shape: [1, 1, 3],
      layout: 'nhwc',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    };
    // −1, 0 and 1 are 0, ½ and 1.
    expectClose(fitTo(Float32Array.of(-1, 0, 1), [1, 1, 3], wanted), [
      (0 - 0.485) / 0.229,
      (0.5 - 0.456) / 0.224,
      (1 - 0.406) / 0.225,
    ]);
  });

  it('nchw is a plane a channel, picture by picture', () => {
    // Two pictures of 1 × 2 with three channels.
    const pictures = Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, -0.1, -0.2, -0.3, -0.4, -0.5, -0.6);
    const fitted = fitTo(pictures, [1, 2, 3], { ...unchanged(1, 2, 3), layout: 'nchw' });
    expectClose(fitted, [0.1, 0.4, 0.2, 0.5, 0.3, 0.6, -0.1, -0.4, -0.2, -0.5, -0.3, -0.6]);
  });
});
