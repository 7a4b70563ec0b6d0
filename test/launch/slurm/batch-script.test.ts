/** The batch script, run by a real shell as a task would run it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { batchScript, outputOption } from '../../../src/launch/slurm/batch-script.ts';

const job = {
  name: 'grid25',
  shards: [1, 2, 5],
  count: 7,
  cpus: 2,
  folder: '/home/me',
  words: ['node', 'bin/modebench.mjs'],
};

describe('the batch script', () => {
  it('asks for an array of the open shards, and for a second chance', () => {
    expect(
      batchScript({
        ...job,
        words: ['/usr/bin/node', 'bin/modebench.mjs', 'exp', 'grid25', '--set', 'nets.hidden=[8]'],
      }),
    ).toBe(`#!/bin/sh
#SBATCH --job-name=modebench-grid25
#SBATCH --array=1-2,5
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=2
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
# A task is its shard of the planned trials. Stopped early, it goes on from its checkpoints when it is run again.
cd /home/me || exit 2
exec /usr/bin/node bin/modebench.mjs exp grid25 --set 'nets.hidden=[8]' --shard "\${SLURM_ARRAY_TASK_ID:?runs as a task of a Slurm array}/7"
`);
  });

  it('takes any arguments and any folder through a real shell', () => {
    const root = mkdtempSync(join(tmpdir(), 'script-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const text = fc.string({ unit: 'binary', maxLength: 12 }).map((some) => some.replaceAll('\0', ''));
    const nasty = fc.constantFrom(
      `'`,
      `"; exit 7; "`,
      '$(exit 7)',
      '`exit 7`',
      '\n#SBATCH --array=9\nexit 7\n',
      '\\',
      '!!',
      '-',
      '',
    );
    const folders = fc
      .oneof(text, nasty)
      .map((name) => name.replaceAll('/', '').trim())
      .filter((name) => !/^\.*$/.test(name));
    fc.assert(
      fc.property(folders, fc.array(fc.oneof(text, nasty), { maxLength: 6 }), (name, words) => {
        const folder = join(root, name);
        mkdirSync(folder, { recursive: true });
        const say = ['sh', '-c', 'printf "%s\\0" "$PWD" "$@"', 'sh'];
        const script = batchScript({ ...job, folder, words: [...say, ...words] });
        const { stdout, status } = spawnSync('/bin/sh', ['-s'], {
          input: script,
          encoding: 'utf8',
          env: { ...process.env, SLURM_ARRAY_TASK_ID: '5' },
        });
        expect([status, stdout.split('\0').slice(0, -1)]).toEqual([0, [folder, ...words, '--shard', '5/7']]);
        // Nothing that was typed may be read by sbatch, which stops at the first command.
        expect(script.split('\ncd ')[0]).toBe(batchScript(job).split('\ncd ')[0]);
      }),
      { numRuns: 40 },
    );
  });

  it('outside of Slurm says what it is for and runs nothing', () => {
    const { SLURM_ARRAY_TASK_ID: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-s'], {
      input: batchScript({ ...job, folder: '/', words: ['echo', 'ran'] }),
      encoding: 'utf8',
      env,
    });
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('runs as a task of a Slurm array');
  });

  it("names logs in sbatch's own language, which has no backslash", () => {
    expect(outputOption('/a b/100 %a')).toBe('--output=/a b/100 %%a/%A_%a.log');
    expect(() => outputOption('/a\\b')).toThrow('--slurm: sbatch cannot write to a path with a backslash (/a\\b)');
  });
});
