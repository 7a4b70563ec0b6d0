/** A launcher is one folder and one entry in a list: a made-up one, through the whole command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Ended, runScript, scratch } from '../../cli/run-cli.ts';

const script = fileURLToPath(new URL('./launcher.mjs', import.meta.url));
const run = (...words: readonly string[]): Promise<Ended> => runScript(script, 'exp', ...words);

it('has its options in the help, beside those of the others', async () => {
  const { stdout } = await run('--help');
  for (const option of ['--at-once', '--at-most', '--queue', '--slurm', '--jobs']) expect(stdout).toContain(option);
  expect(stdout).toContain('Make the records up, at once');
});

it('runs the trials, shows what is known of them, and says what to type next', async () => {
  const store = scratch();
  const words = ['grid25', '--methods', 'gan', '--seeds', '3', '--store', store, '--at-once'];
  const interrupted = await run(...words, '--at-most', '2');
  expect(interrupted.code).toBe(130);
  expect(interrupted.stderr).toBe(
    `Interrupted with 2 of 3 trials done; go on with: npm run exp -- ${words.join(' ')} --at-most 2\n`,
  );
  const { code, stdout, stderr } = await run(...words);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('1 method × 3 seeds = 3 trials of 8,000 steps, 2 there already');
  expect(stdout).toMatch(/^ {2}note +records are made up$/m);
  expect(stdout).toMatch(/^gan +1\.0 ±0\.6 /m);
  expect(stdout).toContain(`npm run exp -- grid25 --seeds 10 --store ${store} --at-once\n`);
  expect(readFileSync(join(store, 'grid25/trials.csv'), 'utf8').trim().split('\n')).toHaveLength(4);
});

it.each([
  [['--at-most', '2'], '--at-most is an option of --at-once, which is not given'],
  [['--at-once', '--at-most', '0'], "--at-most: expected a number above 0, got '0'"],
  [['--at-once', '--queue', 'redis://host'], '--queue and --at-once are different ways to run: leave one of them out'],
  [['--at-once', '--shards', '2'], '--shards is an option of --slurm, which is not given'],
  [['--at-once', '--jobs', '2'], '--jobs is no option of --at-once'],
])('%j is refused in one line', async (words, line) => {
  const { code, stdout, stderr } = await run('grid25', '--store', scratch(), ...words);
  expect([code, stdout, stderr]).toEqual([2, '', `modebench: ${line}\n`]);
});
