import { expect, it } from 'vitest';
import { decodeRecord, encodeRecord } from '../../src/store/record.ts';
import { recordOf, sampleTrials } from './sample-record.ts';

const [trial] = sampleTrials('1');
if (trial === undefined) throw new Error('the sample has trials');
const record = recordOf(trial);

it('a record comes back as it was, values that JSON cannot say included', () => {
  const odd = {
    ...record,
    metrics: { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY, d: 0.1 },
  };
  expect(decodeRecord(encodeRecord(odd))).toEqual(odd);
  const failed = recordOf(trial, { status: 'failed', reason: 'the worker died', varied: ['penalty.weight'] });
  expect(decodeRecord(encodeRecord(failed))).toEqual(failed);
});

it.each<[string, (text: string) => string]>([
  ['empty', () => ''],
  ['not JSON', (text) => text.slice(0, -40)],
  ["status: expected done, diverged or failed, got 'finished'", (text) => text.replace('"done"', '"finished"')],
  ['its spec does not match its hash', (text) => text.replace('"batch": 32', '"batch": 64')],
  ['metrics.modesCaptured: expected a number', (text) => text.replace('"modesCaptured": 0', '"modesCaptured": "0"')],
  ["unknown key 'stepz'", (text) => text.replace('"status"', '"stepz": 1, "status"')],
  ['expected an object', () => 'null'],
])('says in one line what is wrong with a file: %s', (says, damage) => {
  const damaged = damage(encodeRecord(record));
  expect(damaged).not.toBe(encodeRecord(record));
  expect(() => decodeRecord(damaged)).toThrow(says);
});
