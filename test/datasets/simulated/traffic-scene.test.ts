/** The camera's geometry, the lanes' shares, and where vehicles stand: seen, apart from one another, in their lanes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { fill, makeCanvas } from '../../../src/datasets/simulated/raster.ts';
import { camera, groundAt, project } from '../../../src/datasets/simulated/traffic/camera.ts';
import { roadHalf } from '../../../src/datasets/simulated/traffic/ground.ts';
import { arrivals, lanes, modes, trafficLabels, trafficShares } from '../../../src/datasets/simulated/traffic/lanes.ts';
import { leastVisible, place, type Standing, visibleShares } from '../../../src/datasets/simulated/traffic/placing.ts';
import { silhouette } from '../../../src/datasets/simulated/traffic/solid.ts';
import { lengths, vehicle } from '../../../src/datasets/simulated/traffic/vehicles.ts';

describe('camera', () => {
  test('the ray through a picture’s place meets the ground where the camera sees that place', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (u, v) => {
        const hit = groundAt(u, v);
        if (hit === undefined) throw new Error('the horizon is in the picture');
        const [x, y] = project([hit.x, hit.y, 0]);
        expect(x).toBeCloseTo(u, 9);
        expect(y).toBeCloseTo(v, 9);
      }),
    );
  });

  test('what is higher appears higher, what is farther smaller', () => {
    expect(project([0, 0, 2])[1]).toBeLessThan(project([0, 0, 0])[1]);
    const width = (x: number, y: number) => project([x + 1, y, 0])[0] - project([x, y, 0])[0];
    expect(width(0, 15)).toBeLessThan(0.75 * width(0, -8));
    expect(camera.place[2]).toBeGreaterThan(10);
  });
});

describe('lanes', () => {
  test('twelve modes of sixteen pairs; the kinds of a lane add up to 1', () => {
    expect(modes).toHaveLength(12);
    expect(trafficLabels).toMatchObject({ kind: 'attributes' });
    for (const lane of lanes) expect(Object.values(lane.kinds).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  test('shares by hand: lane 1 has a car in 0.4 · 0.62 of the frames that 1 − 0.6 · 0.7 · 0.78 · 0.85 are left of', () => {
    expect(trafficShares[0]).toBeCloseTo((0.4 * 0.62) / (1 - 0.6 * 0.7 * 0.78 * 0.85), 12);
    const rare = trafficShares.filter((share) => share < 0.015);
    expect(rare).toHaveLength(2);
    for (const share of rare) expect(share).toBeGreaterThan(0.008);
  });

  test('60,000 arrivals have the declared shares', () => {
    const count = 60_000;
    const random = stream(2, 'preparation');
    const seen = modes.map(() => 0);
    for (let i = 0; i < count; i++)
      for (const { lane, kind } of arrivals(random)) {
        const m = modes.findIndex((mode) => mode.lane === lane && mode.kind === kind);
        seen[m] = Number(seen[m]) + 1;
      }
    trafficShares.forEach((share, m) => {
      expect(Math.abs(Number(seen[m]) / count - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / count));
    });
  });
});

describe('placing', () => {
  const random = stream(3, 'preparation');
  const scenes = Array.from({ length: 1_500 }, () => place(arrivals(random), random));

  test('every vehicle shows at least a third of itself', () => {
    for (const scene of scenes)
      for (const share of visibleShares(scene)) expect(share).toBeGreaterThanOrEqual(leastVisible);
  });

  test('no two vehicles stand in one another', () => {
    for (const scene of scenes)
      scene.forEach((one, i) => {
        for (const other of scene.slice(i + 1)) expect(apart(one, other)).toBe(true);
      });
  });

  test('vehicles stand on their own half of their own road', () => {
    for (const { lane, stand } of scenes.flat()) {
      const road = lanes[lane]?.road;
      const aside = road === 'main' ? stand.y : stand.x;
      expect(Math.sign(aside)).toBe(Math.sign(Number(lanes[lane]?.aside)));
      expect(Math.abs(aside)).toBeLessThan(roadHalf - 0.3);
    }
  });

  test('the visible share of a vehicle alone is that of its silhouette as it is painted, inside and at the edge', () => {
    for (const x of [0, -4, -11, 9, 11]) {
      const one = { solids: vehicle('truck', random), stand: { x, y: -1.95, heading: 0 } };
      const outline = silhouette(one.solids, one.stand);
      const canvas = makeCanvas(128);
      // the picture shrunk to its middle half: what was outside is painted too
      const shrunk = outline.map((value) => 0.25 + value / 2);
      fill(canvas, shrunk, { kind: 'flat', colour: [1, 1, 1] });
      let inside = 0;
      let all = 0;
      canvas.colours.forEach((value, at) => {
        const [column, row] = [Math.floor(at / 3) % 128, Math.floor(at / 3 / 128)];
        all += value;
        if (column >= 32 && column < 96 && row >= 32 && row < 96) inside += value;
      });
      expect(visibleShares([one])[0]).toBeCloseTo(inside / all, 1.5);
    }
  });

  test('a truck hides the motorcycle behind it, not the one in front of it', () => {
    const truck = { solids: vehicle('truck', random), stand: { x: 0, y: -1.95, heading: 0 } };
    const behind = { solids: vehicle('motorcycle', random), stand: { x: -0.8, y: 1.6, heading: Math.PI } };
    const before = { solids: vehicle('motorcycle', random), stand: { x: 1, y: -3.8, heading: Math.PI } };
    const [hidden, whole, seen] = visibleShares([behind, truck, before]);
    expect(hidden).toBeLessThan(0.2);
    expect(whole).toBeGreaterThan(0.7);
    expect(whole).toBeLessThan(0.97);
    expect(seen).toBeGreaterThan(0.95);
  });
});

/** Whether the footprints of two vehicles are apart: some side of one of them separates them. */
function apart(one: Standing, other: Standing): boolean {
  const corners = ({ kind, solids, stand }: Standing) => {
    const half = Math.max(...solids.map((solid) => solid.half));
    return [1, -1].flatMap((along) =>
      [1, -1].map((side) => {
        const [s, w] = [(along * lengths[kind]) / 2, side * half];
        const [cos, sin] = [Math.cos(stand.heading), Math.sin(stand.heading)];
        return [stand.x + s * cos - w * sin, stand.y + s * sin + w * cos] as const;
      }),
    );
  };
  return [one.stand.heading, other.stand.heading].some((heading) =>
    [heading, heading + Math.PI / 2].some((axis) => {
      const reach = (vehicle: Standing) => corners(vehicle).map(([x, y]) => x * Math.cos(axis) + y * Math.sin(axis));
      return Math.max(...reach(one)) < Math.min(...reach(other)) || Math.max(...reach(other)) < Math.min(...reach(one));
    }),
  );
}
