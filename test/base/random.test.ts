import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawAt, type Random, shuffle, stream } from '../../src/base/random.ts';

const bounds = (draws: number[]): Random => ({
  ...stream(0, 'data'),
  below(n) {
    draws.push(n);
    return 0;
  },
});

it('shuffles every item to somewhere, and draws below n, n − 1 … 2', () => {
  const items = fc.array(fc.integer(), { maxLength: 20 });
  fc.assert(
    fc.property(items, fc.nat(), (list, seed) => {
      const order = [...list];
      shuffle(order, stream(seed, 'data'));
      expect(order.sort()).toEqual([...list].sort());
    }),
  );
  const draws: number[] = [];
  const order = [1, 2, 3, 4];
  shuffle(order, bounds(draws));
  expect([draws, order]).toEqual([
    [4, 3, 2],
    [2, 3, 4, 1],
  ]);
});

it('draws items one after another without repetition', () => {
  const order = Int32Array.from({ length: 50 }, (_, index) => index);
  const random = stream(3, 'data');
  const drawn = Array.from(order, (_, at) => drawAt(order, at, random));
  expect(new Set(drawn).size).toBe(50);
  const draws: number[] = [];
  for (const at of [0, 1, 2]) drawAt([1, 2, 3], at, bounds(draws));
  expect(draws).toEqual([3, 2, 1]);
});
