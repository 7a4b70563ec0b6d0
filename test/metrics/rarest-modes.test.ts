/** The rarest captured modes by hand: of attributes and of classes, with the pictures that count as them. */
import { expect, test } from 'vitest';
import type { Labels } from '../../src/datasets/dataset.ts';
import type { ScorerOutput, ScorerOutputs } from '../../src/metrics/evaluation-inputs.ts';
import { rarestCaptured } from '../../src/metrics/rarest-modes.ts';
import { inputs, points, truth } from './inputs.ts';

const attributes: Labels = { kind: 'attributes', names: ['car', 'van', 'truck'] };

const judged = (...rows: number[][]): ScorerOutput => ({
  features: points(...rows.map(() => [0])),
  probabilities: points(...rows),
});

const rarest = (scored: ScorerOutputs, most = 6) => rarestCaptured(inputs({ dataset: truth({}), scored }), most);

test('attributes that samples have often enough, the rarest first, the surest pictures of each first', () => {
  const real = judged([0.9, 0, 0], [0.8, 0, 0.9], [0.7, 0.6, 0], [0.95, 0.7, 0]);
  const generated = judged([0.6, 0.9, 0], [0.9, 0.95, 0], [0, 0, 0.4], [0, 0, 0]);
  expect(rarest({ labels: attributes, real, generated })).toEqual([
    { mode: 'van', real: [3, 2], generated: [1, 0] },
    { mode: 'car', real: [3, 0, 1, 2], generated: [1, 0] },
  ]);
  expect(rarest({ labels: attributes, real, generated }, 1).map(({ mode }) => mode)).toEqual(['van']);
  expect(rarest({ labels: attributes, real })).toEqual([]);
});

test('classes that a sample shows', () => {
  const labels: Labels = { kind: 'classes', heads: [['0', '1', '2']] };
  const real = judged([0.8, 0.1, 0.1], [0.9, 0.1, 0], [0.1, 0.9, 0], [0, 0.3, 0.7]);
  const generated = judged([0.5, 0.3, 0.2], [0.1, 0.8, 0.1]);
  expect(rarest({ labels, real, generated })).toEqual([
    { mode: '1', real: [2], generated: [1] },
    { mode: '0', real: [1, 0], generated: [0] },
  ]);
});

test('a thousand modes are no sheet', () => {
  const digits = Array.from({ length: 10 }, (_, d) => `${d}`);
  const labels: Labels = { kind: 'classes', heads: [digits, digits, digits] };
  const stack = judged(Array.from({ length: 30 }, (_, at) => (at % 10 === 0 ? 1 : 0)));
  expect(rarest({ labels, real: stack, generated: stack })).toEqual([]);
});
