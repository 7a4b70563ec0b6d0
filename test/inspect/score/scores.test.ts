/** Scores from outputs: their order, what they are of, and how many examples those bear that compare every pair. */
import { expect, it } from 'vitest';
import type { Dataset, Labels } from '../../../src/datasets/dataset.ts';
import { documentName, type ScoreDocument } from '../../../src/inspect/score/document.ts';
import { modeCount, scoresOf } from '../../../src/inspect/score/scores.ts';
import { usual } from '../../../src/inspect/score/settings.ts';
import type { ScorerOutput } from '../../../src/metrics/evaluation-inputs.ts';
import { prdc } from '../../../src/metrics/scores/prdc.ts';
import { uniform } from '../../engine/harness.ts';

const dataset = { shape: [1, 1, 1], dim: 1, scale: 1 } as unknown as Dataset; // no score of outputs draws from it

function scorerOutput(count: number, seed: number): ScorerOutput {
  const next = uniform(seed);
  return { features: { values: Float32Array.from({ length: 2 * count }, next), count, dim: 2 } };
}

it('compares every pair of the first 5,000 examples only, and all of them for the rest', () => {
  const [generated, real] = [scorerOutput(5_200, 1), scorerOutput(5_200, 2)];
  const counts = { generated: 5_200, real: 5_200, secondReal: 0, secondRealFrom: 'train' } as const;
  const scores = scoresOf({ generated, real, inverse: { ssim: 0.5 }, counts }, undefined, dataset, usual);
  expect(scores.map(({ metric, examples }) => [metric, examples])).toEqual([
    ['fid', 5_200],
    ['kid', 5_200],
    ['precision', 5_000],
    ['recall', 5_000],
    ['density', 5_000],
    ['coverage', 5_000],
    ['ndb', 5_200],
    ['birthdaySupport', 5_000],
    ['ssim', 5_200],
  ]);
  const first = ({ features }: ScorerOutput) => ({
    ...features,
    values: features.values.slice(0, 10_000),
    count: 5_000,
  });
  const expected = prdc(first(real), first(generated), 5);
  expect(scores.find(({ metric }) => metric === 'density')?.value).toBe(expected.density);
  expect(scores.find(({ metric }) => metric === 'coverage')?.value).toBe(expected.coverage);
  // no further examples: nothing stands beside the scores
  expect(scores.some(({ real: ceiling }) => ceiling !== undefined)).toBe(false);
});

it('modes are combinations of classes, or attributes', () => {
  const digits = Array.from({ length: 10 }, (_, digit) => `${digit}`);
  expect(modeCount({ kind: 'classes', heads: [digits, digits, digits] })).toBe(1_000);
  const attributes: Labels = { kind: 'attributes', names: ['hat', 'beard'] };
  expect(modeCount(attributes)).toBe(2);
});

it('a trial’s files of scores are told apart by whatever is not as usual', () => {
  const document = {
    scorer: { says: '', hash: '0123456789abcdef' },
    data: { set: 'mnist', size: 28 },
    counts: { generated: 5_000 },
    splits: 10,
    seed: 0,
  } as unknown as ScoreDocument; // what the name is made of
  const name = (changes: object) => documentName({ ...document, ...changes }, { ...usual, size: 28 });
  expect(name({})).toBe('01234567-mnist-5000.json');
  expect(name({ seed: 2, splits: 5, data: { set: 'mnist', size: 14 } })).toBe(
    '01234567-mnist-5000-14px-5splits-s2.json',
  );
});
