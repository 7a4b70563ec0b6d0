/** Records of a file: in memory and from the disk they are the same; what is in memory was checked, and is there once. */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { memoryLimit, type StoredBytes, storedBytes } from '../../../src/datasets/pictures/stored-bytes.ts';
import { pattern, put, scratch } from './files.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function record(stored: StoredBytes, index: number, length: number): Uint8Array {
  const { bytes, from } = stored.find(index);
  return bytes.slice(from, from + length);
}

test('a small file is checked when it is first read, then served from one copy in memory', () => {
  const bytes = pattern(500);
  const path = put(scratch(), 'x', bytes);
  const fifty = { count: 50, length: 10 };
  const stored = storedBytes(path, fifty, sha256(bytes), 'the command');
  expect(record(stored, 0, 10)).toEqual(bytes.subarray(0, 10));
  expect(record(stored, 49, 10)).toEqual(bytes.subarray(490));
  expect(storedBytes(path, fifty, sha256(bytes), '').find(0).bytes).toBe(stored.find(0).bytes);
  for (const index of [-1, 50, 0.5, Number.NaN])
    expect(() => stored.find(index)).toThrow(/^internal: .* records 0 to 49/);
  const wrong = storedBytes(path, fifty, '0'.repeat(64), 'the command');
  expect(() => wrong.find(0)).toThrow(/its bytes are not those that were prepared .* again with the command$/);
});

test('a file beyond what is held is read by position, and costs no memory', () => {
  const path = join(scratch(), 'x');
  const count = memoryLimit / 100 + 10;
  const file = openSync(path, 'w');
  ftruncateSync(file, Math.ceil(count) * 100); // a hole: it takes no room on the disk
  writeSync(file, pattern(100), 0, 100, 1_000_000 * 100);
  closeSync(file);
  const before = process.memoryUsage().arrayBuffers;
  const stored = storedBytes(path, { count: Math.ceil(count), length: 100 }, 'not looked at', '');
  expect(record(stored, 1_000_000, 100)).toEqual(pattern(100));
  expect(record(stored, 999_999, 100)).toEqual(new Uint8Array(100));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
});
