import { expect, it } from 'vitest';
import { groupBy, slices } from '../../src/base/collections.ts';

it('groups items by key, groups and items in the order in which they come', () => {
  expect([...groupBy(['b1', 'a1', 'b2'], ([letter]) => letter)]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});

it('slices a list', () => {
  expect([...slices([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]]);
  expect([...slices([], 2)]).toEqual([]);
});
