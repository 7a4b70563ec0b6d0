import { expect, test } from 'vitest';
import { oneOf } from './options.ts';
import { benchStacks } from './stack.ts';
import { stackText } from './stack-text.ts';

test('a stack is timed beside the step by itself, a step of a trial at a time', { timeout: 60_000 }, async () => {
  const [result, ...more] = await benchStacks({
    ...{ widths: [8], counts: [2, 3], device: 'cpu', rounds: 2, turn: 0.01 },
    tell: () => {},
  });
  expect(more).toEqual([]);
  expect(result?.rows.map(({ contender }) => contender)).toEqual(['by itself', 'stack of 2', 'stack of 3']);
  for (const { timing } of result?.rows ?? []) expect(timing.wall.every((seconds) => seconds > 0)).toBe(true);
  expect(stackText(result ? [result] : [], 'cpu')).toContain('\n3 × 8, batch 128 ');
});

test('a device is one that there is', () => {
  expect(oneOf('--device', 'cpu', ['cpu', 'webgpu'])).toBe('cpu');
  expect(() => oneOf('--device', 'webgp', ['cpu', 'webgpu'])).toThrow(
    "--device: expected cpu, webgpu, got 'webgp'; did you mean 'webgpu'?",
  );
});
