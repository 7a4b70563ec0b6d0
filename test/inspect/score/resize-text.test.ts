/** The words that stand beside a score for what was done to pictures first. */
import { expect, test } from 'vitest';
import { canBecome, resizeText } from '../../../src/scorers/resize.ts';

test.each<[string, number[], number[]]>([
  ['none', [32, 32, 3], [32, 32, 3]],
  ['none', [32, 32, 3], [128]],
  ['bilinear 32 → 299', [32, 32, 3], [299, 299, 3]],
  ['area average 64 → 32', [64, 64, 3], [32, 32, 3]],
  ['bilinear 28 → 299, grey to 3 channels', [28, 28, 1], [299, 299, 3]],
  ['colour to grey (BT.601)', [28, 28, 3], [28, 28, 1]],
  ['bilinear 32 × 48 → 64 × 48', [32, 48, 1], [64, 48, 1]],
  ['area average and bilinear 32 × 64 → 48', [32, 64, 1], [48, 48, 1]],
])('%s', (words, from, to) => {
  expect(resizeText(from, { shape: to })).toBe(words);
});

test('grey becomes any number of channels, colour grey, and nothing else anything', () => {
  const pairs = [1, 2, 3, 4].flatMap((from) =>
    [1, 2, 3, 4].filter((to) => canBecome(from, to)).map((to) => [from, to]),
  );
  expect(pairs).toEqual([
    [1, 1],
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 2],
    [3, 1],
    [3, 3],
    [4, 4],
  ]);
});
