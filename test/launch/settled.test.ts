/** What a launch leaves alone: a record, and its film where one is wanted. On a real store. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trialId } from '../../src/catalogue/identity.ts';
import type { Origin } from '../../src/catalogue/origin.ts';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import { originNotes } from '../../src/launch/origins.ts';
import { findRecords, forgetEarlier, isSettled, knownRecords } from '../../src/launch/settled.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { recordOf, specOf } from '../cli/records.ts';
import { pictureSpec } from '../trial/picture-specs.ts';

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

describe('a trial on files', () => {
  const spec = pictureSpec('gan', { set: 'quarters', measures: [{ kind: 'ssim' }] });
  const origin = (data: string): Origin => ({
    ...{ says: `quarters (${data.repeat(8)})`, simulated: false, data: data.repeat(64) },
  });
  const bare = recordOf(spec, {});
  const of = (what?: Origin) => ({
    ...bare,
    ...(what && { origin: what }),
    id: trialId(spec, bare.hash, what),
  });
  const plannedOn = (what: Origin): PlannedTrial => ({ ...trial, ...of(what), origin: what, varied: [] });
  const here = plannedOn(origin('a'));
  const found = async () => {
    const { known, others } = await findRecords([here], store);
    return { known: known.get(here.hash)?.id, others: others.map(({ id }) => id) };
  };

  it('is there where its record saw the same, and others lie beside it', async () => {
    await store.keep(of(origin('b')));
    expect(await found()).toEqual({ known: undefined, others: [of(origin('b')).id] });
    expect(originNotes([here], await findRecords([here], store))).toEqual([
      '1 trial there saw other data (quarters (bbbbbbbb)): it stays, and what is missing is trained beside',
    ]);
    await store.keep(of(origin('a')));
    expect(await found()).toEqual({ known: here.id, others: [of(origin('b')).id] });
    expect(await store.records()).toHaveLength(2);
  });

  it('is taken to be there where an earlier version left it and says nothing else, and it says so', async () => {
    await store.keep(of());
    expect(await found()).toEqual({ known: bare.id, others: [] });
    expect(originNotes([here], await findRecords([here], store))).toEqual([
      '1 trial of an earlier version there does not say which data were seen, and is taken to have seen these',
    ]);
    await forgetEarlier(here, store);
    expect(await store.records()).toEqual([]);
  });

  it('is not there where an earlier version’s words name other data', async () => {
    const { data: _, ...words } = origin('b');
    await store.keep(of(words));
    expect(await found()).toEqual({ known: undefined, others: [bare.id] });
    await forgetEarlier(here, store);
    expect(await store.records()).toHaveLength(1);
  });

  it('is not there where the experiment’s file was another', async () => {
    const coded = (digit: string) => recordOf(specOf('gan', 0, { code: digit.repeat(64) }), {});
    await store.keep(coded('c'));
    const planned: PlannedTrial = { ...trial, ...coded('d'), varied: [] };
    const seen = await findRecords([planned], store);
    expect(seen.known.size).toBe(0);
    expect(originNotes([planned], seen)).toEqual([
      "1 trial there ran the experiment's file as it was (cccccccc): it stays, and what is missing is trained beside",
    ]);
  });
});
