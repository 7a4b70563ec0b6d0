import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { encodeRecord } from '../../src/store/record.ts';
import { RecordCache, recordFile } from '../../src/store/record-cache.ts';
import { recordOf, sampleTrials } from './sample-record.ts';

const trials = mkdtempSync(join(tmpdir(), 'modebench-cache-'));
afterAll(() => rmSync(trials, { recursive: true, force: true }));

const records = sampleTrials('1000').map((trial) => recordOf(trial));
const write = (record = records[0]): void => {
  if (record === undefined) throw new Error('the sample has trials');
  mkdirSync(join(trials, record.id), { recursive: true });
  writeFileSync(recordFile(join(trials, record.id)), encodeRecord(record));
};

it('reads each file of a large store once, and again only where it changed', async () => {
  for (const record of records) write(record);
  let reads = 0;
  const cache = new RecordCache(trials, (path) => {
    reads += 1;
    return readFileSync(path, 'utf8');
  });
  await cache.refresh('all');
  expect([reads, cache.records().length]).toEqual([2_000, 2_000]);
  await cache.refresh('new');
  await cache.refresh('all');
  expect(reads).toBe(2_000);

  const [one, two] = records;
  if (one === undefined || two === undefined) throw new Error('the sample has trials');
  write({ ...one, wallSeconds: 12.75 });
  await cache.refresh('new'); // a finished trial is trusted
  expect(reads).toBe(2_000);
  await cache.refresh('all');
  expect([reads, cache.find(one.id, one.hash)?.wallSeconds]).toEqual([2_001, 12.75]);

  write({ ...two, wallSeconds: 3.25 });
  cache.put({ ...two, wallSeconds: 3.25 });
  await cache.refresh('all'); // what this process wrote is known
  expect([reads, cache.find(two.id, two.hash)?.wallSeconds]).toEqual([2_001, 3.25]);
});
