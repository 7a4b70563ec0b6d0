/** Files of a store that were cut short, or of which one bit is another: found, named, made again, and nothing else is lost. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { verifyChecksum } from '../../src/disk/checksums.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { loadReport } from '../../src/report/load.ts';
import { readMetadata } from '../../src/store/metadata.ts';
import { decodeRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { runTrial, TrialStopped } from '../../src/trial/run-trial.ts';
import { scratch } from '../cli/run-cli.ts';
import { usualEngine } from '../support/native.ts';
import { cutShort, flipBit, flipped } from './damage.ts';
import { contents, exp, run, settings } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const command = (store: string) => exp(store, 500, '--methods', 'gan', '--seeds', '3', '--jobs', '1', '--quiet');
const request = { seeds: '3', methods: 'gan', set: settings(500), sweep: [] };
const { trials } = planTrials(await loadExperiment('grid25'), request);

/** A file of the trial of a seed. */
const fileOf = (store: string, seed: number, name: string) =>
  join(openStore(store, 'grid25').folder(trials[seed]?.id ?? ''), name);

/** The store of a run that nothing happened to. */
const original = mkdtempSync(join(tmpdir(), 'modebench-whole-'));
beforeAll(async () => {
  expect(await run(command(original))).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => rmSync(original, { recursive: true, force: true }));

function copy(): string {
  const store = scratch();
  cpSync(original, store, { recursive: true, preserveTimestamps: true });
  return store;
}

it('trial.json: its trial is trained again, the others stay as they are', async () => {
  const store = copy();
  cutShort(fileOf(store, 0, 'trial.json'));
  flipBit(fileOf(store, 1, 'trial.json'), 'a record');
  const { mtimeMs } = statSync(fileOf(store, 2, 'trial.json'));
  const { code, stderr } = await run(command(store));
  expect(code).toBe(0);
  expect(stderr.trim().split('\n')).toEqual([
    `modebench: ${fileOf(store, 0, 'trial.json')}: not JSON (cut short?)`,
    expect.stringContaining(`modebench: ${fileOf(store, 1, 'trial.json')}: `),
  ]);
  expect(contents(store)).toEqual(contents(original));
  expect(statSync(fileOf(store, 2, 'trial.json')).mtimeMs).toBe(mtimeMs);
});

it.each<[string, (path: string) => void]>([
  ['cut short', cutShort],
  ['of which one bit is another', (path) => flipBit(path, 'a table')],
])('trials.csv %s is written again from the records', async (_, damage) => {
  const store = copy();
  const path = join(store, 'grid25/trials.csv');
  damage(path);
  const { code, stderr } = await run(command(store));
  expect([code, stderr]).toEqual([
    0,
    `modebench: ${path}: its rows are not those of the trials (cut short or edited?); npm run exp writes it again\n`,
  ]);
  expect(readFileSync(path)).toEqual(readFileSync(join(original, 'grid25/trials.csv')));
});

it('a checkpoint: it is named, and its trial starts again', async () => {
  const engine = usualEngine; // on which the original was trained
  const store = scratch();
  for (const [seed, trial] of trials.entries()) {
    const folder = fileOf(store, seed, '');
    mkdirSync(folder, { recursive: true });
    const stop = new AbortController();
    const onProgress = ({ step }: { readonly step: number }) => void (step >= 300 && stop.abort());
    const context = { engine, device: 'cpu', data: store, folder, onProgress, signal: stop.signal } as const;
    await expect(runTrial(trial, context)).rejects.toThrow(TrialStopped);
  }
  cutShort(fileOf(store, 0, 'checkpoint'));
  flipBit(fileOf(store, 1, 'checkpoint'), 'a checkpoint');
  const { code, stderr } = await run(command(store));
  expect(code).toBe(0);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^modebench: ${fileOf(store, 0, 'checkpoint')}: .*; its trial starts again$`)),
    expect.stringMatching(new RegExp(`^modebench: ${fileOf(store, 1, 'checkpoint')}: .*; its trial starts again$`)),
  ]);
  expect(contents(store)).toEqual(contents(original));
});

it('experiment.json: the report says so and takes the project’s own words; the next run makes it again', async () => {
  const store = copy();
  const path = join(store, 'grid25/experiment.json');
  for (const damage of [cutShort, (file: string) => flipBit(file, 'words')]) {
    damage(path);
    const { about, problems } = await loadReport(store, 'grid25', findBuiltIn);
    expect(problems).toEqual([expect.stringMatching(/^grid25\/experiment\.json: ./)]);
    expect(about?.claim).toMatch(/^BiGAN loses modes/);
  }
  expect(await run(command(store))).toMatchObject({ code: 0, stderr: '' });
  expect(readFileSync(path)).toEqual(readFileSync(join(original, 'grid25/experiment.json')));
});

it('every bit of trial.json and of experiment.json counts', () => {
  const about = scratch();
  const read = {
    'grid25/experiment.json': (bytes: Uint8Array) => {
      writeFileSync(join(about, 'experiment.json'), bytes);
      readMetadata(about);
    },
    [`grid25/trials/${trials[0]?.id}/trial.json`]: (bytes: Uint8Array) =>
      void decodeRecord(Buffer.from(bytes).toString('utf8')),
  };
  for (const [path, decode] of Object.entries(read)) {
    const bytes = readFileSync(join(original, path));
    decode(bytes);
    const bit = fc.nat(bytes.length * 8 - 1);
    fc.assert(
      fc.property(bit, (one) => {
        expect(() => decode(flipped(bytes, one))).toThrow(/^[^\n]+$/);
      }),
      { numRuns: 500 },
    );
  }
});

it('what lies beside a record has its SHA-256 there, as sha256sum reads it', () => {
  const store = copy();
  const folder = fileOf(store, 0, '.');
  const check = (...args: string[]) =>
    execFileSync('sha256sum', ['-c', ...args, 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
  expect(check().match(/^.*: OK$/gm)).toEqual(
    [
      'discriminator.onnx',
      'generator.onnx',
      'history.csv',
      'landscape.csv',
      'losses.csv',
      'networks',
      'samples.csv',
    ].map((name) => `${name}: OK`),
  );
  const history = readFileSync(fileOf(store, 0, 'history.csv'));
  verifyChecksum(folder, 'history.csv', history);
  // A row that is missing, a digit that is another: still tables.
  const lines = history.toString('utf8').split('\n');
  for (const changed of [
    `${lines.slice(0, -2).join('\n')}\n`,
    history.toString('utf8').replace(/\d\n$/, (end) => `${9 - Number(end[0])}\n`),
  ])
    expect(() => verifyChecksum(folder, 'history.csv', Buffer.from(changed))).toThrow(
      /history\.csv: its bytes are not those that the trial left \(SHA-256 differs\); remove .* and run exp again/,
    );
});

it('a table that is still one, but not the one that the trial left: the report names it and how to mend it', async () => {
  const store = copy();
  const rows = readFileSync(fileOf(store, 0, 'history.csv'), 'utf8').split('\n');
  writeFileSync(fileOf(store, 0, 'history.csv'), `${rows.slice(0, -2).join('\n')}\n`);
  const losses = readFileSync(fileOf(store, 1, 'losses.csv'), 'utf8');
  writeFileSync(
    fileOf(store, 1, 'losses.csv'),
    losses.replace(/\d\n$/, (end) => `${9 - Number(end[0])}\n`),
  );
  const { groups, problems } = await loadReport(store, 'grid25', findBuiltIn);
  const found = groups.flatMap((group) => group.trials.map(({ history, losses }) => [history.length, losses?.count]));
  expect(found).toEqual([
    [0, expect.any(Number)],
    [2, undefined],
    [2, expect.any(Number)],
  ]);
  const line = (seed: number, name: string) => {
    const folder = `grid25/trials/${trials[seed]?.id}`;
    const advice = `remove ${folder} and run exp again to have it trained again`;
    return `${folder}/${name}: its bytes are not those that the trial left (SHA-256 differs); ${advice}`;
  };
  expect(problems).toEqual([line(0, 'history.csv'), line(1, 'losses.csv')]);
});
