/** The report of `bench -- scale`, from figures that are easy to check by hand. */
import { expect, test } from 'vitest';
import type { ScaleResult } from './scale.ts';
import { scaleText } from './scale-text.ts';

const result: ScaleResult = {
  steps: 1000,
  rates: { 1: [10, 20, 10], 2: [18, 40, 16] },
  here: [5, 5, 6],
  queue: [15, 25, 8],
  memory: [
    { ended: 1000, rss: 100e6 },
    { ended: 10_000, rss: 130e6 },
  ],
  resume: { trials: 10_000, seconds: 2.5 },
  quiet: { quiet: true, probeSpread: 0, load: 0, says: '' },
};
const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));

test('efficiency and what a queue adds are taken round by round', () => {
  const text = scaleText(result);
  // 18/20, 40/40, 16/20; 15 − 5, 25 − 5, 8 − 6
  expect(lineOf(text, 'efficiency at two')).toMatch(/0\.90 \[0\.80–1\.00\]$/);
  expect(lineOf(text, 'what the queue adds')).toMatch(/10\.0 \[2\.0–20\.0\] ms$/);
  expect(lineOf(text, 'the coordinator after 10,000 trials')).toMatch(/130 MB$/);
  expect(lineOf(text, 'finding 10,000 finished trials')).toMatch(/2\.50 s$/);
});

test('without a Redis it says so, and adds nothing up', () => {
  const text = scaleText({ ...result, queue: 'redis-server is not installed' });
  expect(lineOf(text, 'the same through a queue')).toMatch(/redis-server is not installed$/);
  expect(lineOf(text, 'what the queue adds')).toBeUndefined();
});
