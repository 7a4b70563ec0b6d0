/** The launch with real worker processes and a real store; only what a trial does is the test's own (trials/*.mjs). */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import type { LocalOptions } from '../../../src/launch/local/launch.ts';
import { openStore } from '../../../src/store/store.ts';
import { recordOf, specOf } from '../../cli/records.ts';
import { freshStores, launched, planned, poolOptions, tree, workerOf } from '../kit.ts';

const here = freshStores();

type Options = Omit<LocalOptions, 'known'>;

const options = (change: Partial<Options> = {}): Options => ({
  ...poolOptions(here.root, 'mixed'),
  ...{ jobs: 2, failFast: false },
  ...change,
});

const run = (seeds: readonly number[], change?: Partial<Options>) => launched(here, seeds, options(change));

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(condition: () => boolean, seconds = 15): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > seconds * 20) throw new Error(`did not come true within ${seconds} s: ${condition}`);
    await sleep(50);
  }
}

describe('launch', () => {
  it('runs every trial, one process for many, and saves the rows', async () => {
    const { outcome, events, kinds } = await run([0, 1, 2, 3], { jobs: 1 });
    expect(outcome.records.map(({ spec }) => spec.seed)).toEqual([0, 1, 2, 3]);
    expect(new Set(outcome.records.map(({ metrics }) => metrics.pid)).size).toBe(1);
    // The test's trials say under `host` where they were told that pictures lie.
    expect(outcome.records.map(({ host }) => host)).toEqual(Array(4).fill(join(here.root, 'data')));
    expect(outcome.stopped).toBeUndefined();
    expect(outcome.maxRssBytes).toBeGreaterThan(20e6);
    expect(kinds(2)).toEqual(['started', 'ended']);
    expect(events.some(({ kind }) => kind === 'progress')).toBe(true);
    expect(readFileSync(here.store.csv, 'utf8').trim().split('\n')).toHaveLength(5);
  });

  it('keeps the checkpoint of a trial until its record is safe, and of one that failed', async () => {
    for (const seed of [0, 9]) {
      mkdirSync(here.store.folder(planned(seed).id), { recursive: true });
      writeFileSync(join(here.store.folder(planned(seed).id), 'checkpoint'), 'half of it');
    }
    const { outcome } = await run([0, 9]);
    expect(outcome.records.map(({ status }) => status)).toEqual(['done', 'failed']);
    expect([0, 9].map((seed) => existsSync(join(here.store.folder(planned(seed).id), 'checkpoint')))).toEqual([
      false,
      true,
    ]);
  });

  it('carries NaN from the worker into the record', async () => {
    const { outcome } = await run([0]);
    expect(outcome.records[0]?.metrics.reverseKL).toBeNaN();
  });

  it('does not run again what is there, diverged trials included', async () => {
    const diverged = recordOf(specOf('gan', 1), {}, { status: 'diverged', steps: 3 });
    await here.store.keep(diverged);
    await run([0]);
    const { outcome, kinds } = await run([0, 1, 2]);
    expect([kinds(0), kinds(1), kinds(2)]).toEqual([['found'], ['found'], ['started', 'ended']]);
    expect(outcome.records[1]).toMatchObject({ status: 'diverged', steps: 3 });
  });

  it('tries a trial once more when its process is killed; the others do not notice', async () => {
    const { outcome, kinds } = await run([7, 0, 1]);
    expect(kinds(7)).toEqual(['started', 'died', 'ended']);
    expect(outcome.records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('gives a trial up when its process is killed twice, with a reason of one line, and runs the others', async () => {
    const { outcome, kinds } = await run([8, 0, 1], { jobs: 1 });
    expect(kinds(8)).toEqual(['started', 'died', 'ended']);
    expect(outcome.records.map(({ status }) => status)).toEqual(['failed', 'done', 'done']);
    expect(outcome.records[0]).toMatchObject({ steps: 5, reason: expect.stringMatching(/^twice, .*SIGKILL.*$/) });
    expect(here.store.find(planned(8))?.status).toBe('failed');
  });

  it('tries failed trials again in a later launch', async () => {
    await here.store.keep(recordOf(specOf('gan', 0), {}, { status: 'failed', reason: 'no memory' }));
    const { outcome, kinds } = await run([0]);
    expect(kinds(0)).toEqual(['started', 'ended']);
    expect(outcome.records[0]?.status).toBe('done');
  });

  it('records what a trial throws as failed, in one line, and keeps the trace in its folder', async () => {
    const { outcome, kinds } = await run([9, 0]);
    expect(kinds(9)).toEqual(['started', 'faulted', 'ended']);
    expect(outcome.records.map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'no room'],
      ['done', undefined],
    ]);
    expect(readFileSync(join(here.store.folder(planned(9).id), 'error.txt'), 'utf8')).toMatch(
      /no room[\s\S]*mixed\.mjs/,
    );
  });

  it('stops at the first failure where that is asked for', async () => {
    const { outcome } = await run([9, 0, 1, 2], { jobs: 1, failFast: true });
    expect(outcome.stopped).toBe('failure');
    expect(outcome.records.map(({ spec }) => spec.seed)).toEqual([9]);
  });

  it("hands a user's mistake on as such, and leaves no claim behind", async () => {
    await expect(run([10])).rejects.toThrow(UsageError);
    await expect(run([10])).rejects.toThrow('data.side: expected an odd number, got 4');
    expect(await here.store.holder(planned(10).id)).toBeUndefined();
  });

  it('kills its workers at once when the signal aborts, even one that never yields, and can be called again', async () => {
    const controller = new AbortController();
    const running = run([0, 1, 2], { signal: controller.signal, worker: workerOf('endless') });
    const pidFiles = [0, 1].map((seed) => join(here.store.folder(planned(seed).id), 'pid'));
    await until(() => pidFiles.every((file) => existsSync(file) && readFileSync(file, 'utf8') !== ''));
    const pids = pidFiles.map((file) => Number(readFileSync(file, 'utf8')));
    controller.abort();
    // These trials never end by themselves.
    const { outcome } = await running;
    expect(outcome).toMatchObject({ stopped: 'interrupted', records: [] });
    expect(pids.filter(isAlive)).toEqual([]);
    expect((await run([0, 1, 2])).outcome.records).toHaveLength(3);
  });

  it('has the trials at work write their checkpoints when it is to leave, and begins no other', async () => {
    const leaving = new AbortController();
    const worker = workerOf('yielding');
    const running = run([0, 1, 2], { leave: leaving.signal, worker });
    await until(() => [0, 1].every((seed) => existsSync(here.store.folder(planned(seed).id))));
    leaving.abort();
    const { outcome } = await running;
    expect(outcome).toMatchObject({ stopped: 'interrupted', records: [] });
    const begun = [0, 1, 2].filter((seed) => existsSync(join(here.store.folder(planned(seed).id), 'checkpoint')));
    expect(begun).toEqual([0, 1]);
    expect((await run([0, 1], { worker })).outcome.records).toHaveLength(2);
  });

  it('waits for a trial that another run holds, and takes its row or, if there is none, the trial', async () => {
    const claims = [await here.store.claim(planned(0).id), await here.store.claim(planned(1).id)];
    const running = run([0, 1]);
    await sleep(800);
    await openStore(here.root, 'test').keep(recordOf(specOf('gan', 0), { modesCaptured: 99 }));
    for (const claim of claims) await claim?.release();
    const { outcome, kinds } = await running;
    expect([kinds(0), kinds(1)]).toEqual([
      ['elsewhere', 'found'],
      ['elsewhere', 'started', 'ended'],
    ]);
    expect(outcome.records.map(({ metrics }) => metrics.modesCaptured)).toEqual([99, 1]);
  });

  it('leaves no orphan when the coordinator is killed, even one that never yields', async () => {
    const trials = [planned(0), planned(1)];
    const coordinator = spawn(
      process.execPath,
      [fileURLToPath(new URL('../trials/coordinator.mjs', import.meta.url)), tree, here.root, JSON.stringify(trials)],
      { stdio: 'inherit' },
    );
    const pidFiles = trials.map(({ id }) => join(here.store.folder(id), 'pid'));
    onTestFinished(() => void coordinator.kill('SIGKILL'));
    await until(() => pidFiles.every((file) => existsSync(file) && readFileSync(file, 'utf8') !== ''));
    const pids = pidFiles.map((file) => Number(readFileSync(file, 'utf8')));
    expect(pids.every(isAlive)).toBe(true);
    coordinator.kill('SIGKILL');
    await until(() => !pids.some(isAlive), 5);
    expect(await here.store.holder(planned(0).id)).toBeUndefined();
  });
});
