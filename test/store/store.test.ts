import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { readCsv } from '../../src/disk/csv.ts';
import { encodeRecord } from '../../src/store/record.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { encodeTrials } from '../../src/store/trials-csv.ts';
import { bundle, exitCode, firstLine, start } from './child.ts';
import { recordOf, sampleTrials } from './sample-record.ts';

let root = '';
let store: Store;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modebench-store-'));
  store = openStore(root, 'sample');
});
// A table that another store's `save` asked for may appear meanwhile.
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

const records = sampleTrials('3').map((trial) => recordOf(trial));
const [one, two, three] = records;
if (one === undefined || two === undefined || three === undefined) throw new Error('the sample has trials');

const plant = async (id: string, text: string): Promise<void> => {
  await mkdir(store.folder(id), { recursive: true });
  await writeFile(join(store.folder(id), 'trial.json'), text);
};

describe('a store', () => {
  it('writes nothing until there is something to write', async () => {
    expect(await store.records()).toEqual([]);
    expect(store.find(one)).toBeUndefined();
    expect(await store.holder(one.id)).toBeUndefined();
    await store.forget(one.id);
    expect(await readdir(root)).toEqual([]);
  });

  it('gives back what was saved, here and in the next process', async () => {
    for (const record of records) await store.save(record);
    await store.rebuild();
    expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials(records));
    const again = openStore(root, 'sample');
    expect(again.find(two)).toEqual(two);
    expect(await again.records()).toHaveLength(6);
    expect(again.problems).toEqual([]);
  });

  it('has every record in trials.csv soon, also where many are saved at once and nothing comes after them', async () => {
    await Promise.all(records.map((record) => store.save(record)));
    await vi.waitFor(async () => expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials(records)));
  });

  it('takes a record anew when its trial is done again, here or elsewhere', async () => {
    await store.save({ ...one, status: 'failed', reason: 'killed' });
    const other = openStore(root, 'sample');
    await other.save(one);
    await store.save(two);
    await store.rebuild();
    expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials([one, two]));
    await other.save({ ...two, wallSeconds: 9 });
    await store.rebuild();
    expect(readCsv(await readFile(store.csv, 'utf8'), 'csv').rows.map((row) => row.get('wallSeconds'))).toContain('9');
  });

  it('reports broken records by name and goes on without them', async () => {
    await store.save(one);
    await plant('gan-s7-00000000', '{"id": ');
    await plant('gan-s8-00000000', encodeRecord(two));
    await writeFile(join(store.path, 'trials', 'stray.txt'), 'not a folder');
    await mkdir(store.folder('gan-s9-00000000')); // unfinished: no problem at all
    expect(await store.records()).toEqual([one]);
    expect(store.problems).toEqual([
      `${join(store.folder('gan-s7-00000000'), 'trial.json')}: not JSON (cut short?)`,
      `${join(store.folder('gan-s8-00000000'), 'trial.json')}: it is the record of ${two.id}`,
    ]);
    await store.rebuild();
    expect(readCsv(await readFile(store.csv, 'utf8'), 'csv').rows).toHaveLength(1);
    await plant('gan-s7-00000000', '');
    await store.forget('gan-s7-00000000');
    await store.records();
    expect(store.problems).toHaveLength(1);
  });

  it('forgets a trial with all its files', async () => {
    await store.save(one);
    await store.save(two);
    await writeFile(join(store.folder(one.id), 'checkpoint'), 'x');
    await store.forget(one.id);
    expect(existsSync(store.folder(one.id))).toBe(false);
    expect(store.find(one)).toBeUndefined();
    await store.rebuild();
    expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials([two]));
    expect((await readdir(store.path)).filter((name) => name.startsWith('.forgotten'))).toEqual([]);
  });

  it('makes trials.csv again after a crash between a record and its row', async () => {
    await plant(one.id, encodeRecord(one));
    await writeFile(join(store.path, `.trials.csv.x-1-0.tmp`), 'half a fi');
    await store.rebuild();
    expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials([one]));
  });

  it('leaves nothing of writers that died behind a finished trial', async () => {
    await mkdir(join(store.path, '.locks'), { recursive: true });
    const owner = { pid: 2 ** 22 + 1, host: hostname(), started: '' };
    await writeFile(join(store.path, '.locks', `${one.id}.lock`), JSON.stringify(owner));
    await mkdir(store.folder(one.id), { recursive: true });
    const host = hostname().replace(/[^A-Za-z0-9]+/g, '_');
    await writeFile(join(store.folder(one.id), `.history.csv.${host}-${owner.pid}-0.tmp`), 'half a li');
    await store.save(one);
    await store.rebuild();
    expect(await readdir(store.folder(one.id))).toEqual(['trial.json']);
    expect(await readdir(join(store.path, '.locks'))).toEqual([]);
  });

  it.each(['..', '.', '', 'a/b', 'a\\b', '.hidden', 'a b', '../x'])('refuses the experiment name %j', (name) => {
    expect(() => openStore(root, name)).toThrow(UsageError);
  });

  it('refuses ids that would lead out of its folder', () => {
    expect(() => store.folder('../../etc')).toThrow('internal:');
  });
});

describe('claims', () => {
  it('are for one at a time, make the trial’s folder, and outlive forgetting it', async () => {
    const claim = await store.claim(one.id);
    expect(existsSync(store.folder(one.id))).toBe(true);
    expect(await openStore(root, 'sample').claim(one.id)).toBeUndefined();
    expect(await store.holder(one.id)).toContain(`process ${process.pid} on`);
    await store.forget(one.id);
    expect(await store.claim(one.id)).toBeUndefined();
    expect(await store.claim(two.id)).toBeDefined();
    await claim?.release();
    expect(await store.claim(one.id)).toBeDefined();
  });

  it('end with their process', async () => {
    const module = await bundle(
      `import { openStore } from './src/store/store.ts';
       const [, , root = '', id = ''] = process.argv;
       console.log((await openStore(root, 'sample').claim(id)) ? 'claimed' : 'refused');
       setInterval(() => {}, 1000);`,
      root,
    );
    const child = start(module, root, one.id);
    expect(await firstLine(child)).toBe('claimed');
    expect(await store.claim(one.id)).toBeUndefined();
    child.kill('SIGKILL');
    await exitCode(child);
    expect(await store.claim(one.id)).toBeDefined();
  });
});

it('two processes that save at once lose no row', async () => {
  const trials = sampleTrials('20');
  const input = join(root, 'records.json');
  await writeFile(input, JSON.stringify(trials.map((trial) => encodeRecord(recordOf(trial)))));
  const module = await bundle(
    `import { readFileSync } from 'node:fs';
     import { decodeRecord } from './src/store/record.ts';
     import { openStore } from './src/store/store.ts';
     const [, , root = '', input = '', part = ''] = process.argv;
     const store = openStore(root, 'sample');
     const texts: string[] = JSON.parse(readFileSync(input, 'utf8'));
     for (const [index, text] of texts.entries()) if (index % 2 === Number(part)) await store.save(decodeRecord(text));`,
    root,
  );
  const children = ['0', '1'].map((part) => start(module, root, input, part));
  // A reader meanwhile sees whole tables only.
  let rows = 0;
  while (children.some(({ exitCode: code }) => code === null)) {
    const text = await readFile(store.csv, 'utf8').catch(() => undefined);
    if (text !== undefined) rows = Math.max(rows, readCsv(text, 'trials.csv').rows.length);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const child of children) expect(await exitCode(child)).toBe(0);
  expect(rows).toBeGreaterThan(0);
  expect(await readFile(store.csv, 'utf8')).toBe(encodeTrials(trials.map((trial) => recordOf(trial))));
  expect((await readdir(store.path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(await readdir(join(store.path, '.locks'))).toEqual([]);
});
