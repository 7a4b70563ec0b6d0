/** The foreground's metrics by hand, against an independent implementation under changing light, and their bounds. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { foregroundValues } from '../../../src/metrics/foreground/foreground.ts';
import { occupancyMaps } from '../../../src/metrics/foreground/occupancy.ts';
import { car, footage, framesOf, type Rectangle, relit, type Shape, street, streetShape } from './frames.ts';

const settings = { threshold: 0.1, cells: 3 };
const measure = (parts: Parameters<typeof footage>[0]) => foregroundValues(footage(parts), settings, streetShape);

/** Cells of 4 × 4 pixels: a car of 3 × 4 at (0, 4 · k) lies in cell k alone. */
const [left, middle, right] = [car(0, 0), car(0, 4), car(0, 8)];
const low = car(8, 0);

describe('by hand, on cells of 4 × 4 pixels', () => {
  // 8 frames: cell 0 in four, cell 2 in one; four are empty
  const real = street([left], [left], [left], [left, right], [], [], [], []);

  test('every column', () => {
    const generated = street([left], [low], [], [], [], [], [], []);
    const secondReal = street([left, right], [left], [right], [], [], [], [], []);
    const reconstructed = street([left], [right], [left, low], [right], [left], [], [], []);
    expect(measure({ real, generated, secondReal, reconstructed })).toEqual({
      foregroundShare: 2 / 8,
      foregroundGap: 4 / 8 - 2 / 8,
      // cell 0 has one of eight frames and needs one; cell 2 has none
      cellsCovered: 1 / 2,
      // scipy.spatial.distance.jensenshannon([4/5, 1/5, 0], [1/2, 0, 1/2]) ** 2
      occupancyJS: expect.closeTo(0.2600661929904059, 12),
      // jensenshannon([4/8, 3/8, 1/8], [6/8, 2/8, 0]) ** 2
      blobsJS: expect.closeTo(0.06219874273876738, 12),
      // of the four with foreground, the second is elsewhere
      foregroundReconstructed: 3 / 4,
      foregroundShareReal: 4 / 8,
      foregroundGapReal: 4 / 8 - 3 / 8,
      cellsCoveredReal: 1,
      // jensenshannon([4/5, 1/5], [1/2, 1/2]) ** 2 and jensenshannon([4/8, 3/8, 1/8], [5/8, 2/8, 1/8]) ** 2
      occupancyJSReal: expect.closeTo(0.050671836985565905, 12),
      blobsJSReal: expect.closeTo(0.009771750213565123, 12),
    });
  });

  test('columns stand only where there is something to look at', () => {
    const columns = (parts: Omit<Parameters<typeof footage>[0], 'dataset'>) => Object.keys(measure(parts));
    expect(columns({ real })).toEqual(['foregroundShareReal']);
    expect(columns({ real, generated: real })).toEqual([
      'foregroundShare',
      'foregroundGap',
      'cellsCovered',
      'occupancyJS',
      'blobsJS',
      'foregroundShareReal',
    ]);
    expect(columns({ real, reconstructed: real })).toEqual(['foregroundReconstructed', 'foregroundShareReal']);
  });

  test('a generator that only knows the empty street: nothing covered, no map', () => {
    expect(measure({ real, generated: street([], [], [], []) })).toMatchObject({
      foregroundShare: 0,
      cellsCovered: 0,
      occupancyJS: Number.NaN,
    });
  });

  test('data without foreground has no cells, no map, nothing to reconstruct', () => {
    const still = street([], [], []);
    expect(measure({ real: still, generated: real, reconstructed: still })).toEqual({
      foregroundShare: 1 / 2,
      foregroundGap: 1 / 2,
      cellsCovered: Number.NaN,
      occupancyJS: Number.NaN,
      blobsJS: expect.closeTo(0.21576155433883565, 12), // jensenshannon([4/8, 3/8, 1/8], [1, 0, 0]) ** 2
      foregroundReconstructed: Number.NaN,
      foregroundShareReal: 0,
    });
  });

  test('a cell is active from 0.5 % of the real frames on, and covered from a quarter of their share up to four times it', () => {
    const scenes = (count: number, ...cars: Rectangle[]) => Array.from({ length: count }, () => cars);
    // of 400 frames 40 have the left, 2 the middle, 1 the right
    const many = street(...scenes(40, left), ...scenes(2, middle), ...scenes(1, right), ...scenes(357));
    const covered = (...frames: Rectangle[][]) => measure({ real: many, generated: street(...frames) }).cellsCovered;
    expect(covered(...scenes(1, left, right), ...scenes(39))).toBe(1 / 2);
    expect(covered(...scenes(1, left, right), ...scenes(40))).toBe(0);
    expect(covered(...scenes(1, middle), ...scenes(199))).toBe(1 / 2);
    expect(covered(...scenes(5, left), ...scenes(1, middle), ...scenes(194))).toBe(1);
  });

  test('a cell that samples occupy more than four times as often as real frames is as little covered as one that they leave out', () => {
    const scenes = (count: number, ...cars: Rectangle[]) => Array.from({ length: count }, () => cars);
    const rare = street(...scenes(4, left), ...scenes(36));
    const covered = (...frames: Rectangle[][]) => measure({ real: rare, generated: street(...frames) }).cellsCovered;
    expect(covered(...scenes(16, left), ...scenes(24))).toBe(1);
    expect(covered(...scenes(17, left), ...scenes(23))).toBe(0);
  });

  test('five blobs and more are one outcome', () => {
    const five = [car(0, 0), car(4, 0), car(8, 0), car(0, 5), car(4, 5)];
    const crowd = street(five, [], []);
    expect(measure({ real: crowd, generated: street([...five, car(8, 5)], [], []) }).blobsJS).toBe(0);
    expect(measure({ real: crowd, generated: street(five.slice(1), [], []) }).blobsJS).toBeGreaterThan(0.1);
  });

  test('frames that are not of the scene: no cell, no blob, and as far from the data’s blobs as can be', () => {
    for (const fill of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const lost = { ...real, values: real.values.map(() => fill) };
      expect(measure({ real, generated: lost, reconstructed: lost })).toMatchObject({
        foregroundShare: 0,
        cellsCovered: 0,
        occupancyJS: Number.NaN,
        blobsJS: expect.closeTo(Math.LN2, 12),
        foregroundReconstructed: 0,
      });
    }
  });

  test('maps for a report: the share of frames with foreground in each cell', () => {
    const generated = street([left], [low], [], []);
    const maps = occupancyMaps(footage({ real, generated }), settings);
    expect(maps).toEqual({
      real: Float64Array.of(1 / 2, 0, 1 / 8, 0, 0, 0, 0, 0, 0),
      generated: Float64Array.of(1 / 4, 0, 0, 0, 0, 0, 1 / 4, 0, 0),
    });
    expect(occupancyMaps(footage({ real, reconstructed: real }), settings)).toEqual({
      real: maps.real,
      reconstructed: maps.real,
    });
  });

  test('the real sample is looked at once, the generated one at every evaluation', () => {
    const [sample, generated] = [street([left], [], []), street([left], [], [])];
    const before = measure({ real: sample, generated });
    sample.values.fill(0);
    expect(measure({ real: sample, generated })).toEqual(before);
    generated.values.set(street([]).values);
    expect(measure({ real: sample, generated })).toMatchObject({ foregroundShare: 0, foregroundShareReal: 1 / 3 });
  });

  test('other settings on the same real sample are other values', () => {
    const at = (cells: number, threshold: number) =>
      [...occupancyMaps(footage({ real }), { cells, threshold }).real].map((share) => 8 * share);
    expect(at(1, 0.1)).toEqual([4]);
    expect(at(2, 0.1)).toEqual([4, 1, 0, 0]);
    expect(at(1, 0.9)).toEqual([0]);
    expect(at(1, 0.1)).toEqual([4]);
  });
});

describe('mistakes', () => {
  const real = street([], [left]);
  test.each([
    [{ threshold: 0.1, cells: 13 }, 'measures.foreground.cells: expected at most 12 (the picture’s side), got 13'],
    [{ threshold: 0, cells: 3 }, 'measures.foreground.threshold: expected more than 0'],
  ])('%o', (wrong, message) => {
    const attempt = () => foregroundValues(footage({ real }), wrong, streetShape);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(message.replace('’', "'"));
  });

  test('frames of another shape are our own fault', () => {
    expect(() => foregroundValues(footage({ real }), settings, [12, 12, 3])).toThrow(
      'internal: foreground expects frames',
    );
    expect(() => occupancyMaps(footage({ real }, [144]), settings)).toThrow('height × width × channels, got [144]');
    expect(() => measure({ real, reconstructed: street([left]) })).toThrow('internal: foreground expects 2');
  });
});

describe('an independent implementation, which sees the frames before the light changes', () => {
  // import numpy as np; from scipy import ndimage; from scipy.spatial.distance import jensenshannon
  // N, S, cells = 60, 24, 5; y, x, c = np.mgrid[0:S, 0:S, 0:3]; cy = np.arange(S) * cells // S
  // def frames(s, reach, drop=False):
  //     out = np.empty((N, S, S, 3))
  //     for f in range(N):
  //         b = 60 + (x*5 + y*3 + c*20) % 90 + (f*31 + y*17 + x*5 + c*7 + f*x*3 + s) % 7 - 3
  //         rects = [0, 0, 0, 1, 1, 2, 0, 4, 9][(f*7 + f//3 + s) % 9]
  //         if drop: rects = 0 if f % 4 == 0 else min(rects, 1)
  //         for j in range(rects):
  //             top, left = (f*13 + j*29 + s*5) % 20, (f*7 + j*17 + s) % reach
  //             b[top:top + 2, left:left + 4] = 220
  //         if (f + s) % 3 == 0: b[f*11 % S, f*17 % S] = 230
  //         out[f] = b
  //     return out
  // real, secondReal, generated, reconstructed = frames(0, 19), frames(1, 19), frames(2, 8), frames(0, 19, True)
  // generated[9] = ((y*77 + x*131) % 256)
  // background = np.median(real, axis=0)
  // def observe(frames, nan=()):
  //     blobs, occ, mass = [], np.zeros((N, cells, cells), bool), np.zeros((cells, cells))
  //     for f, frame in enumerate(frames):
  //         mask = np.abs(frame - background).max(2) > 0.1 * 255
  //         if f in nan or mask.mean() > 0.5: blobs.append(6); continue
  //         labels, n = ndimage.label(mask, np.ones((3, 3)))
  //         area = np.bincount(labels.ravel()); area[0] = 0
  //         keep = area >= 0.004 * S * S
  //         blobs.append(min(5, int(keep.sum())))
  //         yy, xx = np.nonzero(keep[labels])
  //         np.add.at(mass, (cy[yy], cy[xx]), 1); occ[f, cy[yy], cy[xx]] = True
  //     return np.array(blobs), occ, mass
  // R, O, G, C = observe(real), observe(secondReal), observe(generated, nan=[6]), observe(reconstructed)
  // def against(a, t):
  //     fa, ft = a[1].mean(0), t[1].mean(0); active = ft >= 0.005; h = lambda b: np.bincount(b, minlength=7) / N
  //     return (np.isin(a[0], range(1, 6)).sum(), (fa[active] >= ft[active] / 4).sum(), active.sum(),
  //             jensenshannon(a[2].ravel() / a[2].sum(), t[2].ravel() / t[2].sum()) ** 2,
  //             jensenshannon(h(a[0]), h(t[0])) ** 2)
  // against(G, R), against(O, R), R[1].any((1, 2)).sum(), (R[1] & C[1]).any((1, 2)).sum(), R[1].sum(0), G[1].sum(0)
  const [count, size] = [60, 24];
  const shape: Shape = [size, size, 3];
  const passing = [0, 0, 0, 1, 1, 2, 0, 4, 9];

  function frames(s: number, reach: number, drop = false): Points {
    return framesOf(count, shape, (f, y, x, c) => {
      if ((f + s) % 3 === 0 && y === (f * 11) % size && x === (f * 17) % size) return 230;
      const rectangles = passing[(f * 7 + Math.floor(f / 3) + s) % 9] as number; // nine of them
      for (let j = 0; j < (!drop ? rectangles : f % 4 === 0 ? 0 : Math.min(1, rectangles)); j++) {
        const top = (f * 13 + j * 29 + s * 5) % 20;
        const left = (f * 7 + j * 17 + s) % reach;
        if (y >= top && y < top + 2 && x >= left && x < left + 4) return 220;
      }
      return 60 + ((x * 5 + y * 3 + c * 20) % 90) + ((f * 31 + y * 17 + x * 5 + c * 7 + f * x * 3 + s) % 7) - 3;
    });
  }

  const [real, secondReal, generated, reconstructed] = [
    frames(0, 19),
    frames(1, 19),
    frames(2, 8),
    frames(0, 19, true),
  ];
  const noise = framesOf(1, shape, (_, y, x) => (y * 77 + x * 131) % 256);
  generated.values.set(noise.values, 9 * noise.dim);
  generated.values[6 * noise.dim + 100] = Number.NaN;

  const lights = {
    still: () => ({ gain: 1, offset: 0 }),
    'slow drift': (f: number) => ({ gain: 0.95 + 0.15 * Math.sin(f / 9), offset: 6 * Math.cos(f / 7) }),
    'another colour in every frame': (f: number, index: number) => ({
      gain: 0.95 + 0.15 * Math.sin(f * 7 + (index % 3)),
      offset: 0,
    }),
  };

  test.each(Object.entries(lights))('%s', (_, light) => {
    const inputs = footage(
      {
        real: relit(real, light),
        secondReal: relit(secondReal, light),
        generated: relit(generated, light),
        reconstructed: relit(reconstructed, light),
      },
      shape,
    );
    const wide = { threshold: 0.1, cells: 5 };
    expect(foregroundValues(inputs, wide, shape)).toMatchObject({
      foregroundShare: 31 / 60,
      cellsCovered: 12 / 25,
      occupancyJS: expect.closeTo(0.17848595201534892, 12),
      blobsJS: expect.closeTo(0.014266926420883516, 12),
      foregroundReconstructed: 24 / 33,
      foregroundShareReal: 33 / 60,
      cellsCoveredReal: 24 / 25,
      occupancyJSReal: expect.closeTo(0.014486225837492902, 12),
      blobsJSReal: expect.closeTo(0.02816055765728646, 12),
    });
    const maps = occupancyMaps(inputs, wide);
    expect([...maps.real].map((share) => Math.round(share * count))).toEqual([
      8, 11, 7, 10, 4, 9, 12, 10, 10, 6, 12, 10, 9, 10, 1, 11, 10, 8, 10, 3, 2, 2, 2, 2, 1,
    ]);
    expect([...(maps.generated ?? [])].map((share) => Math.round(share * count))).toEqual([
      14, 13, 1, 0, 0, 14, 15, 4, 0, 0, 15, 16, 2, 0, 0, 13, 15, 4, 0, 0, 2, 5, 0, 0, 0,
    ]);
  });
});

describe('any traffic', () => {
  const vehicle = fc.record({
    top: fc.nat(9),
    left: fc.nat(8),
    height: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 4 }),
    byte: fc.integer({ min: 160, max: 255 }),
  });
  /** At most two of five frames hold something, so that the background is the street. */
  const traffic = fc
    .array(fc.array(vehicle, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 })
    .map((scenes) => street(...scenes, ...Array.from({ length: Math.ceil(scenes.length * 1.5) }, () => [])));

  test('against itself: no divergence, every cell, everything reconstructed', () => {
    fc.assert(
      fc.property(traffic, (real) => {
        const values = measure({ real, generated: real, reconstructed: real, secondReal: real });
        expect(values).toMatchObject({ cellsCovered: 1, cellsCoveredReal: 1, foregroundReconstructed: 1 });
        expect(values).toMatchObject({ occupancyJS: 0, blobsJS: 0, occupancyJSReal: 0, blobsJSReal: 0 });
        expect(values.foregroundShare).toBe(values.foregroundShareReal);
      }),
    );
  });

  test('another light for each frame changes nothing that is counted', () => {
    const light = fc.record({ gain: fc.double({ min: 0.8, max: 1, noNaN: true }), offset: fc.nat(10) });
    fc.assert(
      fc.property(traffic, traffic, fc.array(light, { minLength: 20, maxLength: 20 }), (real, generated, each) => {
        const changed = relit(generated, (frame) => each[frame] ?? { gain: 1, offset: 0 });
        expect(measure({ real, generated: changed })).toEqual(measure({ real, generated }));
      }),
    );
  });

  test('bounds hold, and the order of the samples does not matter', () => {
    fc.assert(
      fc.property(traffic, traffic, (real, generated) => {
        const values = measure({ real, generated });
        const { dim, count } = generated;
        const reversed = new Float32Array(generated.values.length);
        for (let f = 0; f < count; f++)
          reversed.set(generated.values.subarray(f * dim, (f + 1) * dim), (count - 1 - f) * dim);
        expect(measure({ real, generated: { ...generated, values: reversed } })).toEqual(values);
        expect(values.foregroundShare).toBeGreaterThan(0);
        expect(values.foregroundShare).toBeLessThan(0.5);
        expect(values.cellsCovered).toBeLessThanOrEqual(1);
        for (const divergence of [values.occupancyJS, values.blobsJS]) {
          expect(divergence).toBeGreaterThanOrEqual(0);
          expect(divergence).toBeLessThanOrEqual(Math.LN2 + 1e-12);
        }
      }),
    );
  });
});
