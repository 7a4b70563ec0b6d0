/** kill -9, of workers and of whole runs, in the middle of real trials: in the end there is what an undisturbed run leaves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { isMissing } from '../../src/disk/files.ts';
import { scratch, until } from '../cli/run-cli.ts';
import { contents, exp, isUnderWay, killWorker, type Run, run, start, undisturbed } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const command = (store: string, jobs = 2) =>
  exp(store, 8_000, '--methods', 'gan', '--seeds', '2', '--jobs', String(jobs));
const whole = undisturbed(command);
const triedAgain = /^gan seed \d: its process was killed .*; trying once more$/m;

it('of a worker that has a checkpoint, then of the coordinator: the same command ends with the same bytes', async () => {
  const expected = await whole();
  const store = scratch();
  const first = start(command(store));
  await until(() => isUnderWay(store), 60);
  killWorker(first);
  // Where a machine is quick enough, the worker was done with its trial.
  await until(() => triedAgain.test(first.said.stdout) || first.child.exitCode !== null);
  await sleep(500);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await run(command(store))).toMatchObject({ code: 0, stderr: '' });
  expect(contents(store)).toEqual(expected);
});

it('of one of two runs on one store: the other one does its trials too, every row is whole at any time', async () => {
  const expected = await whole();
  const store = scratch();
  const [one, other] = [start(command(store, 1)), start(command(store, 1))];
  await until(() => isUnderWay(store), 60);
  one.child.kill('SIGKILL');
  const rows = await watchedRows(other, join(store, 'grid25/trials.csv'));
  expect(await other.ended).toMatchObject({ code: 0, stderr: '' });
  expect(contents(store)).toEqual(expected);
  expect(rows).toBe(2);
});

/** The most rows that a reader saw while the run was at work; throws where it saw half a table. */
async function watchedRows({ child, ended }: Run, path: string): Promise<number> {
  let most = 0;
  const look = () => {
    try {
      most = Math.max(most, readCsv(readFileSync(path, 'utf8'), path).rows.length);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };
  for (; child.exitCode === null; await sleep(5)) look();
  await ended;
  look();
  return most;
}
