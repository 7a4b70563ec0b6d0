/** What a launch leaves alone: a record, and its film where one is wanted. On a real store. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import { isSettled, knownRecords } from '../../src/launch/settled.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { recordOf, specOf } from '../cli/records.ts';

let root: string;
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'settled-'));
  store = openStore(root, 'grid25');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const record = recordOf(specOf('gan', 0), {});
const trial: PlannedTrial = { id: record.id, hash: record.hash, spec: record.spec, preset: 'default', varied: [] };
const filmed: PlannedTrial = { ...trial, film: { frames: 10 } };

describe('a trial with a record', () => {
  it('is settled unless it failed', async () => {
    expect(await isSettled(trial, record, store)).toBe(true);
    expect(await isSettled(trial, { ...record, status: 'diverged' }, store)).toBe(true);
    expect(await isSettled(trial, { ...record, status: 'failed' }, store)).toBe(false);
  });

  it('is not settled while the film that is wanted of it is missing', async () => {
    await store.keep(record);
    expect(await isSettled(filmed, record, store)).toBe(false);
    expect([...(await knownRecords([filmed], store)).keys()]).toEqual([]);
    expect([...(await knownRecords([trial], store)).keys()]).toEqual([record.hash]);
    await mkdir(store.folder(record.id), { recursive: true });
    await writeFile(join(store.folder(record.id), 'film.json'), '{}');
    expect(await isSettled(filmed, record, store)).toBe(true);
    expect([...(await knownRecords([filmed], store)).keys()]).toEqual([record.hash]);
  });

  it('that failed stays known, so that a plan can say that it will be done again', async () => {
    await store.keep({ ...record, status: 'failed', reason: 'no memory' });
    expect((await knownRecords([filmed], store)).get(record.hash)?.status).toBe('failed');
  });
});
