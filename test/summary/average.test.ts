/** A moving average that is long against a run is said to be so, and a long run has nothing to say. */
import { expect, test } from 'vitest';
import { averageWarning, lagsBehind, readAs } from '../../src/summary/average.ts';

const run = (average: number, steps: number) => ({ training: { average, steps } }) as Parameters<typeof lagsBehind>[0];

test('an average lags behind while more than a hundredth of it are the weights before training', () => {
  // 0.998^400 = 0.449, 0.998^2300 = 0.0100044, 0.998^2301 = 0.0099844
  expect([run(0.998, 400), run(0.998, 2300), run(0.998, 2301), run(0.998, 8000), run(0, 1)].map(lagsBehind)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('what is said, and which figures are read', () => {
  const specs = [run(0.998, 400), run(0.998, 400), run(0.998, 8000)];
  expect(averageWarning(specs)).toMatch(
    /\(0\.998 over 400 steps\): up to 45 % of it are the weights before training\./,
  );
  expect(averageWarning([run(0.998, 8000)])).toBeUndefined();
  expect(readAs('fid', specs, () => true)).toBe('raw.fid');
  expect(readAs('fid', specs, () => false)).toBe('fid');
  expect(readAs('fid', [run(0.998, 8000)], () => true)).toBe('fid');
});
