/** Clocks that jump an hour back and a year ahead, and machines whose clocks differ: nobody's trial is stolen, nothing hangs. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tryLock } from '../../src/disk/lock.ts';
import { type Ended, scratch } from '../cli/run-cli.ts';
import { bundle, exitCode, firstLine } from '../store/child.ts';
import { clockIn, whyNoJumps } from './clock.ts';
import { contents, exp, run, start, trialFolders, undisturbed } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const hour = 3_600;
const year = 365 * 24 * hour;

const command = (store: string, ...more: string[]) =>
  exp(store, 1_500, '--methods', 'gan', '--seeds', '3', '--jobs', '1', '--json', '--quiet', ...more);
const whole = undisturbed(command);

/** When each trial was finished, as a run's document has it: a trial that was done twice has two such times. */
const finishedIn = ({ stdout }: Ended): string[] =>
  JSON.parse(stdout).rows.map(({ id, finishedAt }: Record<string, string>) => `${id} ${finishedAt}`);

const timesOf = (store: string): number[] =>
  trialFolders(store).flatMap((folder) => {
    const { wallSeconds, timings } = JSON.parse(readFileSync(join(folder, 'trial.json'), 'utf8'));
    return [wallSeconds, ...Object.values<number>(timings)];
  });

describe.skipIf(whyNoJumps !== '')(`a clock that jumps${whyNoJumps && ` (${whyNoJumps})`}`, () => {
  it('under two runs on one store: every trial once, times as they were', async () => {
    const expected = await whole();
    const [store, { env, jump }] = [scratch(), clockIn(scratch())];
    const jumps = [year, -hour, 0];
    let times = 0;
    const timer = setInterval(() => jump(jumps[times++ % jumps.length] ?? 0), 200);
    onTestFinished(() => clearInterval(timer));
    const began = performance.now();
    const [one, other] = await Promise.all([run(command(store), { env }), run(command(store), { env })]);
    const seconds = (performance.now() - began) / 1000;
    clearInterval(timer);
    expect([one.code, other.code, one.stderr, other.stderr]).toEqual([0, 0, '', '']);
    expect(times).toBeGreaterThan(3);
    expect(finishedIn(one)).toEqual(finishedIn(other));
    expect(contents(store)).toEqual(expected);
    for (const time of timesOf(store)) expect(time).toSatisfy((value: number) => value >= 0 && value < seconds);
  });

  it('while a process waits for a lock: it gets it when it is free', async () => {
    const folder = scratch();
    const [path, { env, jump }] = [join(folder, 'a.lock'), clockIn(folder)];
    const module = await bundle(
      `import { waitForLock } from './src/disk/lock.ts';
       console.log('waiting');
       await (await waitForLock(process.argv[2] ?? '')).release();`,
      folder,
    );
    const lock = await tryLock(path);
    const child = spawn(process.execPath, [module, path], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await firstLine(child)).toBe('waiting');
    for (const seconds of [year, -hour]) {
      await sleep(300);
      jump(seconds);
    }
    await sleep(300);
    expect(child.exitCode).toBeNull();
    await lock?.release();
    expect(await exitCode(child)).toBe(0);
  });
});

/** A machine of another name, for one command. */
const elsewhere = ['unshare', '--uts', 'sh', '-c', 'hostname elsewhere && exec "$@"', 'sh'];
const noOther =
  spawnSync(elsewhere[0] ?? '', [...elsewhere.slice(1), 'true']).status === 0 ? '' : 'needs root to rename a machine';
const why = whyNoJumps || noOther;

it.skipIf(why !== '')(`two machines a year apart share a store: every trial once${why && ` (${why})`}`, async () => {
  const expected = await whole();
  const [store, { env, jump }] = [scratch(), clockIn(scratch())];
  jump(year);
  const here = start(command(store));
  const there = start(command(store), { env, under: elsewhere });
  const [one, other] = await Promise.all([here.ended, there.ended]);
  expect([one.code, other.code, one.stderr, other.stderr]).toEqual([0, 0, '', '']);
  expect(finishedIn(one)).toEqual(finishedIn(other));
  expect(contents(store)).toEqual(expected);
});
