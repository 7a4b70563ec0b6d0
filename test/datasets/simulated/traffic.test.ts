/** Frames of the simulated intersection: reproducible, as empty as asked for, and their labels agree with their pixels. */
import { beforeAll, describe, expect, test } from 'vitest';
import { labelWidth } from '../../../src/datasets/dataset.ts';
import { camera, groundAt } from '../../../src/datasets/simulated/traffic/camera.ts';
import { lanes, modes } from '../../../src/datasets/simulated/traffic/lanes.ts';
import { trafficFrames, trafficLabels, trafficShares } from '../../../src/datasets/simulated/traffic.ts';

type Asked = Parameters<typeof trafficFrames>[0];

const kept = (asked: Asked) =>
  Array.from(trafficFrames(asked), ({ pixels, labels }) => ({ pixels: pixels.slice(), labels: labels.slice() }));

const isEmpty = ({ labels }: { labels: Uint8Array }): boolean => labels.every((label) => label === 0);

describe('reproducible', () => {
  test('the same seed gives the same bytes, however many frames are asked for; another seed gives others', () => {
    const asked = { size: 33, frames: 12, seed: 4, empty: 0.3 };
    const frames = kept(asked);
    expect(kept({ ...asked, frames: 5 })).toEqual(frames.slice(0, 5));
    const others = kept({ ...asked, seed: 5 });
    expect(others.map(({ pixels }) => pixels)).not.toEqual(frames.map(({ pixels }) => pixels));
    expect(others.map(({ labels }) => labels)).not.toEqual(frames.map(({ labels }) => labels));
  });

  test.each([16, 33, 64])(
    '%i pixels: a byte a channel and a label a mode, the labels those of any other size',
    (size) => {
      const asked = { frames: 6, seed: 4, empty: 0.3 };
      const frames = kept({ ...asked, size });
      for (const { pixels, labels } of frames) {
        expect(pixels).toHaveLength(size * size * 3);
        expect(labels).toHaveLength(labelWidth(trafficLabels));
        // a picture: neither black nor white, and of many shades
        expect(new Set(pixels).size).toBeGreaterThan(60);
      }
      expect(frames.map(({ labels }) => labels)).toEqual(kept({ ...asked, size: 20 }).map(({ labels }) => labels));
    },
  );

  test('what cannot be drawn is refused in one line', () => {
    const asked = { size: 32, frames: 1, seed: 0, empty: 0.5 };
    expect(() => kept({ ...asked, size: 8 })).toThrow('size: expected a whole number of pixels from 16 to 256, got 8');
    expect(() => kept({ ...asked, size: 32.5 })).toThrow('got 32.5');
    expect(() => kept({ ...asked, empty: 1.2 })).toThrow('empty: expected a share from 0 to 1, got 1.2');
    expect(() => kept({ ...asked, empty: Number.NaN })).toThrow('empty: expected a share from 0 to 1, got NaN');
  });
});

describe('shares', () => {
  test('empty frames as often as asked for, each label as often as declared', () => {
    const [count, empty] = [2_500, 0.5];
    const seen = modes.map(() => 0);
    let without = 0;
    for (const { labels } of trafficFrames({ size: 16, frames: count, seed: 1, empty })) {
      if (isEmpty({ labels })) without++;
      labels.forEach((label, m) => {
        seen[m] = Number(seen[m]) + label;
      });
    }
    expect(Math.abs(without / count - empty)).toBeLessThan(4 * Math.sqrt((empty * (1 - empty)) / count));
    trafficShares.forEach((share, m) => {
      const expected = (1 - empty) * share;
      expect(Math.abs(Number(seen[m]) / count - expected)).toBeLessThan(
        4 * Math.sqrt((expected * (1 - expected)) / count),
      );
    });
  });

  test('the ends: no frame is empty, all are', () => {
    const asked = { size: 16, frames: 40, seed: 1 };
    expect(kept({ ...asked, empty: 0 }).filter(isEmpty)).toHaveLength(0);
    expect(kept({ ...asked, empty: 1 }).filter(isEmpty)).toHaveLength(40);
  });
});

describe('labels agree with pixels', () => {
  const size = 32;
  let frames: ReturnType<typeof kept>;
  /** Of each frame and pixel, the largest difference of a channel from the background under the frame's own light. */
  let differences: Float32Array[];

  beforeAll(() => {
    frames = kept({ size, frames: 500, seed: 6, empty: 0.6 });
    const background = Float32Array.from({ length: size * size * 3 }, (_, p) =>
      median(frames.map(({ pixels }) => Number(pixels[p]))),
    );
    differences = frames.map(({ pixels }) => fromBackground(pixels, background));
  });

  test('a frame without a label shows the background, its light and its grain, and nothing else', () => {
    frames.forEach((frame, f) => {
      // grain has a standard deviation of 2.4 levels; 300 frames of 3,072 values stay within six of them, and rounding
      if (isEmpty(frame)) expect(Math.max(...(differences[f] as Float32Array))).toBeLessThan(16);
    });
  });

  test('a frame with one vehicle differs strongly in its lane, and elsewhere only by the shadow', () => {
    let looked = 0;
    frames.forEach(({ labels }, f) => {
      const found = modes.filter((_, m) => labels[m] === 1);
      if (found.length !== 1) return;
      looked++;
      const region = laneRegion(Number(found[0]?.lane));
      const strong = Array.from(differences[f] as Float32Array, (difference, p) => ({ difference, p })).filter(
        ({ difference }) => difference > 30,
      );
      expect(strong.length).toBeGreaterThanOrEqual(2);
      expect(strong.filter(({ p }) => region[p] === 1).length / strong.length).toBeGreaterThan(0.85);
    });
    expect(looked).toBeGreaterThan(100);
  });

  test('larger kinds cover more: trucks over vans over cars, in the lane that has all three', () => {
    const covered = (kind: string): number => {
      const wanted = modes.findIndex((mode) => mode.lane === 0 && mode.kind === kind);
      const counts = frames.flatMap(({ labels }, f) =>
        labels[wanted] === 1 && labels.reduce((a, b) => a + b) === 1
          ? [(differences[f] as Float32Array).filter((difference) => difference > 30).length]
          : [],
      );
      return median(counts);
    };
    expect(covered('car')).toBeGreaterThan(10);
    expect(covered('van')).toBeGreaterThan(1.2 * covered('car'));
    expect(covered('truck')).toBeGreaterThan(1.2 * covered('van'));
  });

  test('the light drifts: slowly from frame to frame, clearly over an hour', () => {
    const means = Array.from(
      trafficFrames({ size: 16, frames: 1_800, seed: 6, empty: 1 }),
      ({ pixels }) => pixels.reduce((a, b) => a + b, 0) / pixels.length,
    );
    const steps = means.slice(1).map((mean, f) => Math.abs(mean - Number(means[f])) / mean);
    expect(Math.max(...steps)).toBeLessThan(0.01);
    expect(Math.max(...means) / Math.min(...means)).toBeGreaterThan(1.08);
  });

  function fromBackground(pixels: Uint8Array, background: Float32Array): Float32Array {
    const gains = [0, 1, 2].map((c) =>
      median(Array.from({ length: size * size }, (_, p) => Number(pixels[3 * p + c]) / Number(background[3 * p + c]))),
    );
    return Float32Array.from({ length: size * size }, (_, p) =>
      Math.max(...gains.map((gain, c) => Math.abs(Number(pixels[3 * p + c]) - gain * Number(background[3 * p + c])))),
    );
  }

  /** 1 where a vehicle of the lane can be seen: the ray through the pixel, or one up to 3.6 m above the ground, meets it. */
  function laneRegion(lane: number): Uint8Array {
    const { road, aside } = lanes[lane] as (typeof lanes)[number];
    return Uint8Array.from({ length: size * size }, (_, p) => {
      const hit = groundAt(((p % size) + 0.5) / size, (Math.floor(p / size) + 0.5) / size);
      if (hit === undefined) return 0;
      // between the ground and 3.6 m above it, is the ray over the lane, give or take what a load sticks out?
      for (let height = 0; height <= 3.6; height += 0.3) {
        const share = height / camera.place[2];
        const across =
          road === 'main' ? hit.y + share * (camera.place[1] - hit.y) : hit.x + share * (camera.place[0] - hit.x);
        if (Math.abs(across - aside) < 2.6) return 1;
      }
      return 0;
    });
  }
});

function median(values: readonly number[]): number {
  return Number([...values].sort((a, b) => a - b)[values.length >> 1]);
}
