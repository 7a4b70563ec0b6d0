/**
 * Runs with each test file that shares its process with others. A library that has its process take denormal numbers as zero,
 * as onnxruntime can, would change what the files after it compute.
 */
import { afterAll, expect } from 'vitest';

afterAll(() => {
  const least = Number.MIN_VALUE;
  expect(least / 1, 'this file has made denormal numbers zero for its whole process').toBeGreaterThan(0);
});
