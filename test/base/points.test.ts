import { expect, it } from 'vitest';
import { chunks, firstPoints, joinPoints, pickPoints, pointAt, slicePoints } from '../../src/base/points.ts';

const three = { values: Float32Array.of(0, 1, 10, 11, 20, 21), count: 3, dim: 2 };

it('takes points one by one, from the first on, and by their indices', () => {
  expect([...pointAt(three, 1)]).toEqual([10, 11]);
  expect(slicePoints(three, 1, 2)).toEqual({ values: Float32Array.of(10, 11, 20, 21), count: 2, dim: 2 });
  expect(firstPoints(three, 1)).toEqual({ values: Float32Array.of(0, 1), count: 1, dim: 2 });
  expect(firstPoints(three, 9).count).toBe(3);
  expect([...pickPoints(three, [2, 0]).values]).toEqual([20, 21, 0, 1]);
});

it('shares memory where it says so, and joins copies of as many points as each part counts', () => {
  expect(slicePoints(three, 1, 1).values.buffer).toBe(three.values.buffer);
  const joined = joinPoints([firstPoints(three, 2), { ...three, count: 1 }]);
  expect(joined).toEqual({ values: Float32Array.of(0, 1, 10, 11, 0, 1), count: 3, dim: 2 });
  expect(joinPoints([])).toEqual({ values: new Float32Array(0), count: 0, dim: 0 });
});

it('counts in chunks, the last of which is what is left', () => {
  expect([...chunks(7, 3)]).toEqual([
    { first: 0, count: 3 },
    { first: 3, count: 3 },
    { first: 6, count: 1 },
  ]);
  expect([...chunks(0, 3)]).toEqual([]);
});
