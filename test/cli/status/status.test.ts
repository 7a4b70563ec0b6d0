/** `status` of a store: what is done, at work, and left; nothing is changed by looking. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { storeStatus } from '../../../src/cli/status/store-status.ts';
import { encodeCheckpoint } from '../../../src/store/checkpoint.ts';
import { openStore } from '../../../src/store/store.ts';
import { recordOf, specOf } from '../records.ts';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

it('tells what is done, at work and left', async () => {
  const root = scratch();
  const store = openStore(root, 'grid25');
  await store.keep(recordOf(specOf('gan', 0), { modesCaptured: 12 }));
  await store.keep(recordOf(specOf('gan', 1), {}, { status: 'diverged', finishedAt: '2026-01-02T00:00:00.000Z' }));
  for (const seed of [2, 3]) {
    const { id, hash } = recordOf(specOf('gan', seed), {});
    const history = [{ step: 2_000, values: { modesCaptured: 5 } }];
    mkdirSync(store.folder(id), { recursive: true });
    const state = { hash, engine: 'onnx', step: 2_000, elapsed: 10, history, arrays: {} };
    writeFileSync(join(store.folder(id), 'checkpoint'), encodeCheckpoint(state));
  }
  const claim = await store.claim(recordOf(specOf('gan', 2), {}).id);
  onTestFinished(() => claim?.release());
  const before = readdirSync(root, { recursive: true });
  const { code, stdout } = await runHere('status', '--store', root);
  expect(code).toBe(0);
  const [first, atWork, left] = stdout.split('\n');
  expect(first).toBe(
    'grid25: 1 done, 1 diverged, 1 at work, 1 begun and left; the last ended 2026-01-02T00:00:00.000Z',
  );
  expect(atWork).toMatch(/^ {2}gan-s2-\w{8} {2}step 2,000 of 8,000, 200 a second, about 30s left, process \d+ on \S+$/);
  expect(left).toMatch(/^ {2}gan-s3-\w{8} {2}step 2,000 of 8,000; the command that began it goes on with it$/);
  const { stdout: json } = await runHere('status', 'grid25', '--store', root, '--json');
  expect(JSON.parse(json)).toMatchObject([
    { experiment: 'grid25', counts: { done: 1, diverged: 1, failed: 0 }, begun: [{ step: 2_000 }, { holder: null }] },
  ]);
  expect(readdirSync(root, { recursive: true })).toEqual(before);
});

it('tells the step of trials whose settings nothing here tells, as `--set` makes them, and none before a checkpoint', async () => {
  const root = scratch();
  const store = openStore(root, 'grid25');
  const states = [
    [0, encodeCheckpoint({ hash: 'h', step: 500, elapsed: 2, history: [], arrays: {} })],
    [1, 'damaged'],
    [2],
  ] as const;
  for (const [seed, bytes] of states) {
    const folder = store.folder(recordOf(specOf('gan', seed), {}).id);
    mkdirSync(folder, { recursive: true });
    if (bytes) writeFileSync(join(folder, 'checkpoint'), bytes);
  }
  const { begun } = await storeStatus(root, 'grid25');
  expect(begun.map(({ step, steps, stepsPerSecond }) => [step, steps, stepsPerSecond])).toEqual([
    [500, null, 250],
    [null, null, null],
    [null, null, null],
  ]);
});

it.each([
  [['status', '--store', '/nowhere'], /--store: there is no store at \/nowhere/],
  [['status', 'grid52', '--store', 'results/reference'], /no trials of 'grid52'; did you mean 'grid25'\?/],
  [['status', 'grid25', '--queue', 'redis://x'], /--queue shows a server whole: expected no grid25 beside it/],
  [['status', '--queue', 'http://x'], /--queue: expected redis:/],
])('a mistake is one line: %j', async (words, line) => {
  const { code, stderr } = await runHere(...words);
  expect(code).toBe(2);
  expect(stderr).toMatch(line);
});
