/** Data of more than two dimensions on the live page: seen along the principal axes of their modes, the same for every trial. */
import { expect, it } from 'vitest';
import type { Truth } from '../../src/datasets/data-kind.ts';
import { pointsPicture } from '../../src/view/picture.ts';
import { wallTruth } from '../../src/view/summary.ts';
import { specOf } from '../report/sample-store.ts';

/** Along x2 and x0 the centres lie apart, along x1 they hardly do. */
const centres = [3, 0.1, 0, -3, -0.1, 0, 0, 0.1, 5, 0, -0.1, -5];
const truth: Truth = {
  dim: 3,
  scale: 1,
  modes: { centres: Float64Array.from(centres), count: 4, dim: 3, std: 0.2, weights: Float64Array.from([1, 1, 1, 1]) },
};
const spec = specOf('bigan', 0);

it('draws points and modes in one plane, and says which', () => {
  const points = Float32Array.from(centres);
  const picture = pointsPicture({ real: points, generated: points }, truth, spec);
  if (picture.kind !== 'plane') throw new Error(picture.kind);
  const seen = wallTruth(truth);
  expect(seen?.seen).toMatch(/^The data have 3 dimensions: seen along their first two principal axes \(100 % of/);
  const bytes = Buffer.from(picture.generated ?? '', 'base64');
  const drawn = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
  expect(drawn).toHaveLength(8);
  for (const [at, value] of drawn.entries()) expect(value).toBeCloseTo(seen?.centres[at] ?? Number.NaN, 5);
  const [far, less] = [0, 1].map((axis) => Math.max(...drawn.filter((_, at) => at % 2 === axis)));
  expect([Math.round(far ?? 0), Math.round(less ?? 0)]).toEqual([5, 3]);
});

it('draws none where nothing says how they lie, and leaves data of a plane as they are', () => {
  const points = new Float32Array(6);
  expect(pointsPicture({ real: points, generated: points }, { dim: 3, scale: 1 }, spec).kind).toBe('none');
  expect(wallTruth({ dim: 3, scale: 1 })).toBeUndefined();
});
