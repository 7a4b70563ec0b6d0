import * as tf from '@tensorflow/tfjs-core';
import '../../src/engine/tfjs-parts.ts';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { joinLayouts, layoutOf, partsOf, unflatten } from '../../src/nets/layout.ts';

beforeAll(() => tf.setBackend('cpu'));

const shapesArb = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), { minLength: 1, maxLength: 5 });

it('a vector holds its tensors one after another, in row-major order, and nothing besides', () =>
  fc.assert(
    fc.property(shapesArb, (shapes) => {
      const layout = layoutOf(shapes);
      const vector = tf.tensor1d(Array.from({ length: layout.size }, (_, index) => index));
      const tensors = unflatten(vector, layout);
      expect(tensors.map(({ shape }) => shape)).toEqual(shapes);
      expect(tensors.flatMap((tensor) => [...tensor.dataSync()])).toEqual([...vector.dataSync()]);
    }),
    { numRuns: 25 },
  ));

it('a layout of given shapes has the size that one counts', () => {
  expect(layoutOf([[2, 3], [3], []]).size).toBe(10);
});

it('joined layouts come apart again', () =>
  fc.assert(
    fc.property(fc.array(shapesArb, { minLength: 1, maxLength: 3 }), (lists) => {
      const layouts = lists.map(layoutOf);
      const joined = joinLayouts(layouts);
      expect(joined.size).toBe(layouts.reduce((size, layout) => size + layout.size, 0));
      const tensors = unflatten(tf.zeros([joined.size]), joined);
      expect(partsOf(tensors, layouts).map((part) => part.map(({ shape }) => shape))).toEqual(lists);
    }),
    { numRuns: 25 },
  ));

it('the gradient of a vector is that of its tensors, in their places', () => {
  const layout = layoutOf([[2], [2, 2]]);
  const gradient = tf.grad((vector) => {
    const [first, second] = unflatten(vector, layout);
    return tf.add(tf.sum(tf.mul(first as tf.Tensor, 3)), tf.sum(tf.square(second as tf.Tensor)));
  })(tf.tensor1d([1, 2, 3, 4, 5, 6]));
  expect([...gradient.dataSync()]).toEqual([3, 3, 6, 8, 10, 12]);
});
