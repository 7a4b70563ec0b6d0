/** Shards through the command line, without Slurm: what a store is after all of them, beside what one local run makes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { run, scratch } from '../../cli/run-cli.ts';
import { runHere } from '../../cli/run-here.ts';

const exp = (store: string, ...more: readonly string[]) => [
  ...['exp', 'grid25', '--methods', 'gan,bigan-pgp', '--seeds', '2', '--store', store, '--set', 'training.steps=100'],
  ...['--set', 'nets.hidden=[8]', '--set', 'training.batch=16', '--set', 'evaluation.samples=100', ...more],
];

const csvOf = (store: string) => readFileSync(join(store, 'grid25/trials.csv'), 'utf8');
/** The one column that differs from run to run is left out. */
const timeless = (store: string) =>
  (parse(csvOf(store), { columns: true }) as Record<string, string>[]).map(({ wallSeconds: _, ...row }) => row);

/** Every file of the trials by its path, but for the records, which hold times. */
function trialFiles(store: string): Record<string, string> {
  const root = join(store, 'grid25/trials');
  const ids = readdirSync(root).sort();
  const paths = ids.flatMap((id) =>
    readdirSync(join(root, id))
      .sort()
      .map((name) => join(id, name)),
  );
  return Object.fromEntries(
    paths.map((path) => [path, path.endsWith('trial.json') ? 'a record' : readFileSync(join(root, path), 'latin1')]),
  );
}

it('three shards, two of them at once, then --gather: the bytes of a local run; again, and nothing is done', async () => {
  const [sharded, local] = [scratch(), scratch()];
  const [first, second] = await Promise.all([
    run(...exp(sharded, '--shard', '1/3', '--jobs', '1')),
    run(...exp(sharded, '--shard', '3/3', '--jobs', '1', '--quiet')),
  ]);
  expect([first.code, second.code, first.stderr, second.stderr]).toEqual([0, 0, '', '']);
  expect(first.stdout).toContain('This shard: 2 of 2 trials done\nGather:     npm run exp -- grid25 ');
  // Tasks leave the table, and its lock, alone.
  expect(existsSync(join(sharded, 'grid25/trials.csv'))).toBe(false);

  const early = await runHere(...exp(sharded, '--gather'));
  expect(early.code).toBe(1);
  expect(early.stderr).toBe('modebench: 1 trial missing (0 at work): bigan-pgp seed 0\n');
  expect(early.stdout).toMatch(/^gan +\d/m);
  expect(early.stdout).toMatch(/^Next: npm run exp -- grid25 [^\n]*evaluation\.samples=100\n$/m);
  expect(timeless(sharded)).toHaveLength(3);

  expect((await runHere(...exp(sharded, '--shard', '2/3', '--jobs', '1'))).code).toBe(0);
  const gathered = await runHere(...exp(sharded, '--gather'));
  const alone = await runHere(...exp(local, '--jobs', '1'));
  expect([gathered.code, gathered.stderr, alone.code]).toEqual([0, '', 0]);
  const table = (stdout: string) => stdout.slice(stdout.indexOf('\nMean ±'), stdout.indexOf('\nRows:'));
  expect(table(gathered.stdout)).toBe(table(alone.stdout));
  expect(timeless(sharded)).toEqual(timeless(local));
  expect(csvOf(sharded).split('\n')[0]).toBe(csvOf(local).split('\n')[0]);
  expect(trialFiles(sharded)).toEqual(trialFiles(local));

  const again = await runHere(...exp(sharded, '--shard', '1/3', '--json', '--quiet'));
  const ended = { done: 2, missing: 0, workerMaxRssBytes: 0 };
  expect(JSON.parse(again.stdout)).toMatchObject({ plan: [{ status: 'done' }, { status: 'done' }], outcome: ended });
}, 60_000);
