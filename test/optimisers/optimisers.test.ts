import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import type { Slots } from '../../src/optimisers/optimiser.ts';
import type { Section as OptimiserSpec } from '../../src/schema/kind.ts';
import { makeOptimiser } from '../support/methods.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Large, small, vanishing and returning; the same for all. */
const gradients = [
  [0.5, -1, 0.001],
  [-0.25, -2, 0],
  [1.5, 0.75, -0.002],
  [0.1, -0.3, 0.003],
];
const start = [1, -2, 3];

/**
 * After these four steps in PyTorch 2.13, float64:
 *
 *     p = torch.tensor([1.0, -2.0, 3.0], requires_grad=True); o = make([p])
 *     for g in gradients: p.grad = torch.tensor(g); o.step()
 */
const cases: readonly [string, OptimiserSpec, readonly number[]][] = [
  // torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.9), eps=1e-8)
  [
    'adam',
    { kind: 'adam', rate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
    [0.755089649, -1.749664911, 2.869062654],
  ],
  // torch.optim.Adam(p, lr=0.1, betas=(0.0, 0.99), eps=1e-8)
  [
    'adam without a first moment',
    { kind: 'adam', rate: 0.1, beta1: 0, beta2: 0.99, epsilon: 1e-8 },
    [0.789222648, -1.803494109, 2.894898446],
  ],
  // torch.optim.Adam(p, lr=0.1, betas=(0.9, 0.999), eps=1e-2): shows that ε stands outside of the root
  [
    'adam with a large epsilon',
    { kind: 'adam', rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-2 },
    [0.751929629, -1.707142867, 2.98564912],
  ],
  // torch.optim.RMSprop(p, lr=0.1, alpha=0.9, eps=1e-8)
  ['rmsprop', { kind: 'rmsprop', rate: 0.1, decay: 0.9, epsilon: 1e-8 }, [0.510739229, -1.460016255, 2.712305377]],
];

/** What the optimiser remembers before its first step. */
function freshSlots(spec: OptimiserSpec, size: number): Slots {
  const slots = makeOptimiser(spec).slots(size);
  return Object.fromEntries(
    Object.entries(slots).map(([name, { shape, initial }]) => [name, tf.fill([...shape], initial)]),
  );
}

describe.each(cases)('%s', (_, spec, expected) => {
  const optimiser = makeOptimiser(spec);

  it('ends where PyTorch ends', () => {
    let [parameters, slots]: [tf.Tensor, Slots] = [tf.tensor1d(start), freshSlots(spec, 3)];
    for (const gradient of gradients)
      ({ parameters, slots } = optimiser.update(parameters, tf.tensor1d(gradient), slots));
    parameters.dataSync().forEach((number, index) => {
      expect(number).toBeCloseTo(expected[index] ?? Number.NaN, 5);
    });
  });

  it('is pure: it changes nothing that it is given, and returns slots of the same names and shapes', () => {
    const [parameters, slots] = [tf.tensor1d(start), freshSlots(spec, 3)];
    const before = Object.values(slots).map((tensor) => [...tensor.dataSync()]);
    const next = optimiser.update(parameters, tf.tensor1d([1, 2, 3]), slots);
    expect([...parameters.dataSync()]).toEqual(start);
    expect(Object.values(slots).map((tensor) => [...tensor.dataSync()])).toEqual(before);
    const shapes = (all: Slots) => Object.fromEntries(Object.entries(all).map(([name, { shape }]) => [name, shape]));
    expect(shapes(next.slots)).toEqual(shapes(slots));
  });

  it('stands still without a gradient', () => {
    const { parameters } = optimiser.update(tf.tensor1d(start), tf.zeros([3]), freshSlots(spec, 3));
    expect([...parameters.dataSync()]).toEqual(start);
  });
});

it('adam keeps no first moment where it has no use for one', () => {
  const names = (beta1: number) =>
    Object.keys(makeOptimiser({ kind: 'adam', rate: 1, beta1, beta2: 0.9, epsilon: 1e-8 }).slots(2)).toSorted();
  expect(names(0)).toEqual(['power2', 'square']);
  expect(names(0.5)).toEqual(['mean', 'power1', 'power2', 'square']);
});
