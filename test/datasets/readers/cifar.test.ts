/** CIFAR-10's records: planes become pixels, and what is not a batch is refused with the place where it goes wrong. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCifar } from '../../../src/datasets/readers/cifar.ts';
import { chunked, cifarRecord } from '../pictures/files.ts';
import { anyBytes, endsWell } from './fuzz.ts';

async function read(bytes: Uint8Array, chunks?: readonly number[]): Promise<{ pixels: number[]; label: number }[]> {
  const records = [];
  for await (const { pixels, labels } of readCifar(chunked(bytes, chunks), 'x')) {
    records.push({ pixels: [...pixels], label: labels[0] ?? -1 });
  }
  return records;
}

test('red, green and blue planes come out pixel by pixel, in whatever chunks', async () => {
  const file = Buffer.concat([cifarRecord(3), cifarRecord(9, 5)]);
  // by the construction of cifarRecord byte j of the picture, row by row and channel by channel, is j mod 256
  const expected = [0, 5].map((shift) => Array.from({ length: 3072 }, (_, j) => (j + shift) % 256));
  for (const chunks of [[file.length], [1000], [3072, 2, 1]]) {
    const records = await read(file, chunks);
    expect(records.map(({ label }) => label)).toEqual([3, 9]);
    expect(records.map(({ pixels }) => pixels)).toEqual(expected);
  }
});

test.each<[string, Uint8Array, RegExp]>([
  ['an empty file', Buffer.alloc(0), /^x: cut short after 0 records of 3073 bytes, 0 bytes are left over$/],
  [
    'a cut file',
    Buffer.concat([cifarRecord(1), cifarRecord(2)]).subarray(0, 4000),
    /^x: cut short after 1 records .* 927 bytes/,
  ],
  [
    'a label of its own',
    Buffer.concat([cifarRecord(1), cifarRecord(10)]),
    /^x: expected a label from 0 to 9, record 1 has 10/,
  ],
])('%s is refused', async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message);
});

test('any bytes end in records or in one clear line', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes(Buffer.concat([cifarRecord(1), cifarRecord(2)])), (bytes) => endsWell(() => read(bytes))),
  );
});
