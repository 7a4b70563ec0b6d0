/**
 * Checkpoints whose sum is right and whose content is not: of another version of the code, or of somebody else's making
 * (they travel between machines). That every changed bit of a file is found by its sum is in test/results.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/store/checkpoint.ts';
import { memoryTaken } from '../datasets/readers/fuzz.ts';
import { mutatedJson } from './json-mutations.ts';
import { mutated } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

const whole = encodeCheckpoint({
  hash: 'abc',
  step: 400,
  elapsed: 1.25,
  history: [
    { step: 200, values: { lossD: 0.1, modes: Number.NaN } },
    { step: 400, values: { lossD: 2, modes: 7 } },
  ],
  arrays: { players: Float32Array.of(1, -0, Number.NaN), empty: new Float32Array(), moments: Float32Array.of(3.5) },
});
const magicBytes = 10;
const headerFrom = magicBytes + 8;
const body = whole.subarray(0, -32);
const headerLength = whole.readUInt32LE(magicBytes + 4);
const header: unknown = JSON.parse(whole.toString('utf8', headerFrom, headerFrom + headerLength));
const numbers = body.subarray(headerFrom + headerLength);

const signed = (content: Uint8Array): Buffer => Buffer.concat([content, createHash('sha256').update(content).digest()]);

/** The sample with another header, whose length is told right. */
function withHeader(text: string): Buffer {
  const head = Buffer.from(text);
  const fixed = Buffer.from(body.subarray(0, headerFrom));
  fixed.writeUInt32LE(head.length, magicBytes + 4);
  return signed(Buffer.concat([fixed, head, numbers]));
}

const read = (bytes: Buffer) => valueOrLine(() => decodeCheckpoint(bytes), { says: 'checkpoint' });

test('any header in front of the same numbers', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(mutatedJson(header).map(withHeader), async (bytes) => {
      const checkpoint = await read(bytes);
      if (checkpoint === undefined) return;
      accepted++;
      // NaN stands for a value that a row lacks, so a checkpoint is compared by its bytes.
      const again = encodeCheckpoint(checkpoint);
      expect(encodeCheckpoint(decodeCheckpoint(again))).toEqual(again);
    }),
    runs(500),
  );
  expect(accepted).toBeGreaterThan(0);
});

test('any bytes with a sum that is right', async () => {
  const contents = fc.oneof(mutated(body), fc.uint8Array({ maxLength: 80 }));
  await fc.assert(
    fc.asyncProperty(contents.map(signed), async (bytes) => void (await read(bytes))),
    runs(600),
  );
});

test('a header that promises a gigabyte, or more than there are numbers, costs nothing', async () => {
  const promise = (arrays: unknown, rows: number) =>
    withHeader(JSON.stringify({ hash: 'abc', step: 1, elapsed: 1, columns: ['a'], rows, arrays }));
  const lies = [promise([['players', 2 ** 28]], 0), promise([], 2 ** 27), promise([['players', 2 ** 52]], 2 ** 51)];
  const taken = await memoryTaken(async () => {
    for (const lie of lies) expect(() => decodeCheckpoint(lie)).toThrow('its header promises more than there is');
  });
  expect(taken).toBeLessThan(2 ** 20);
});

test('one that holds more than its header says', () => {
  expect(() => decodeCheckpoint(signed(Buffer.concat([body, Buffer.alloc(4)])))).toThrow(
    'the checkpoint is damaged: it holds more than its header says',
  );
});
