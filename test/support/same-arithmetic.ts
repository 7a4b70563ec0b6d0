/**
 * Runs with each test file that shares its process with others. onnxruntime makes its process take denormal numbers as zero,
 * for good; a file that starts it belongs to the files of `vitest.config.ts` that expect so.
 */
import { afterAll, expect } from 'vitest';

afterAll(() => {
  const least = Number.MIN_VALUE;
  expect(least / 1, 'denormal numbers have become zero: this file starts onnxruntime').toBeGreaterThan(0);
});
