/** What is refused before anything is written or submitted. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseLauncher } from '../../../src/launch/choose-launcher.ts';
import { launchers } from '../../../src/launch/launchers.ts';
import { slurmOptions } from '../../../src/launch/slurm/sbatch.ts';
import { plainEnvironment, projectRoot, scratch } from '../../cli/run-cli.ts';
import { runHere } from '../../cli/run-here.ts';

const given = { experiment: 'grid25', seeds: '2', engine: 'onnx', device: 'auto' };

describe('options that do not go together', () => {
  it.each([
    [{ print: true }, '--print is an option of --slurm, which is not given'],
    [{ shards: '3' }, '--shards is an option of --slurm, which is not given'],
    [{ 'slurm-options': '--time=1' }, '--slurm-options is an option of --slurm, which is not given'],
    [{ shard: '1/2', slurm: true }, '--shard and --slurm do not go together: a shard runs here'],
    [{ shard: '1/2', gather: true }, '--shard and --gather do not go together: shards are gathered together'],
    [
      { slurm: true, print: true, fresh: true },
      '--print and --fresh do not go together: it writes nothing and forgets nothing',
    ],
    [{ gather: true, fresh: true }, '--gather and --fresh do not go together: it would forget what is to be gathered'],
  ])('%j', (more, says) => {
    expect(() => chooseLauncher({ ...given, ...more }, launchers)).toThrow(says);
  });
});

describe('options handed on to sbatch', () => {
  it('are words as a shell reads them', () => {
    expect(slurmOptions(undefined)).toEqual([]);
    expect(slurmOptions('--partition=long -t 2:00:00 --comment="a b"')).toEqual([
      ...['--partition=long', '-t', '2:00:00', '--comment=a b'],
    ]);
  });

  it.each([
    ['partition=long', "--slurm-options: expected options of sbatch, such as --partition=x, got 'partition=long'"],
    ['--comment="a', '--slurm-options: a quote or backslash is left open in --comment="a'],
    ['--array=1-3', '--slurm-options: --array=1-3 is set by --slurm itself (--shards says how many tasks)'],
    ['--time=5 -a1-3', '--slurm-options: -a1-3 is set by --slurm itself (--shards says how many tasks)'],
    ['--ar 1', '--slurm-options: --ar is set by --slurm itself (--shards says how many tasks)'],
    ['--wrap=true', '--slurm-options: --wrap=true is set by --slurm itself (--shards says how many tasks)'],
  ])('%s', (text, says) => {
    expect(() => slurmOptions(text)).toThrow(says);
  });
});

describe('the command line', () => {
  it('watches nothing that goes on after it has ended', async () => {
    const { code, stderr } = await runHere('exp', 'grid25', '--slurm', '--watch', '--store', scratch());
    expect(stderr).toBe(
      'modebench: --watch: the command ends before the trials do; npm run view shows the store as they are done\n',
    );
    expect(code).toBe(2);
  });

  it('without sbatch says so, and what shows the script; writes nothing', () => {
    const store = join(scratch(), 'results');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['bin/modebench.mjs', 'exp', 'grid25', '--slurm', '--store', store],
      { cwd: projectRoot, encoding: 'utf8', env: { ...plainEnvironment(), PATH: scratch() } },
    );
    expect(stderr).toBe(
      'modebench: --slurm: there is no sbatch in PATH; type this where Slurm is installed, or add --print to see the batch script\n',
    );
    expect([status, stdout, existsSync(store)]).toEqual([2, '', false]);
  });

  it('--print prints the script on stdout, alone, and the commands on stderr; writes nothing', async () => {
    const store = join(scratch(), 'results');
    const options = '--slurm-options=--partition=long --time=2:00:00';
    const words = ['grid25', '--methods', 'gan,bigan', '--seeds', '3', '--set', 'nets.hidden=[8]', '--store', store];
    const { code, stdout, stderr } = await runHere('exp', ...words, '--slurm', '--jobs', '2', options, '--print');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^#!\/bin\/sh\n/);
    expect(stdout).toContain('\n#SBATCH --array=1-6\n');
    expect(stdout).toContain('\n#SBATCH --cpus-per-task=2\n');
    expect(stdout.split('\n').at(-2)).toBe(
      `exec ${process.execPath} ${join(projectRoot, 'bin/modebench.mjs')} exp grid25 --methods gan,bigan --seeds 3 ` +
        `--set 'nets.hidden=[8]' --store ${store} --jobs=2 --shard "\${SLURM_ARRAY_TASK_ID:?runs as a task of a Slurm array}/6"`,
    );
    const typed = `npm run -s exp -- grid25 --methods gan,bigan --seeds 3 --set 'nets.hidden=[8]' --store ${store}`;
    expect(stderr).toContain(
      `Submit with: ${typed} --slurm --jobs 2 '${options}' --print | sbatch --partition=long --time=2:00:00\n`,
    );
    expect(existsSync(store)).toBe(false);
  });

  it('--gather where nothing was ever run', async () => {
    const store = scratch();
    const { code, stderr } = await runHere('exp', 'grid25', '--store', store, '--gather');
    expect(stderr).toBe(
      `modebench: --gather: expected records of grid25 in ${join(store, 'grid25')}, which is not there\n`,
    );
    expect(code).toBe(2);
  });
});
