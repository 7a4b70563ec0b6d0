/** The whole of `--slurm` on a real Slurm of one node, which the test starts. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/store/checkpoint.ts';
import { decodeRecord } from '../../../src/store/record.ts';
import { type Ended, projectRoot, scratch } from '../../cli/run-cli.ts';
import { type Cluster, lacking, startCluster, until } from './cluster.ts';

const small = ['--set', 'nets.hidden=[8]', '--set', 'training.batch=16', '--set', 'evaluation.samples=100'];
const reason = lacking.length > 0 ? ` (skipped: this machine lacks ${lacking.join(', ')}; Debian: slurm-wlm)` : '';

describe.skipIf(lacking.length > 0)(`on Slurm${reason}`, () => {
  let folder = '';
  let cluster: Cluster;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modebench-slurm-'));
    cluster = await startCluster(folder, 4);
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** `exp`, where Slurm's commands find the cluster. */
  async function exp(...words: readonly string[]): Promise<Pick<Ended, 'code' | 'stdout' | 'stderr'>> {
    const child = spawn(process.execPath, ['bin/modebench.mjs', 'exp', ...words], {
      cwd: projectRoot,
      env: cluster.env,
    });
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, stdout, stderr };
  }

  it('submits shards, runs them, gathers; a folder with signs that shells and sbatch read is a folder', async () => {
    const store = join(scratch(), `it's 100 %a "$HOME" of; it`);
    mkdirSync(store);
    const words = ['grid25', '--methods', 'gan,bigan', '--seeds', '1', '--set', 'training.steps=100', ...small];
    const command = [...words, '--store', store, '--slurm', '--shards', '2', '--slurm-options=--time=10'];
    const submitted = await exp(...command);
    expect([submitted.code, submitted.stderr]).toEqual([0, '']);
    const [, job = ''] = /^Submitted: job (\d+), 2 tasks for 2 trials$/m.exec(submitted.stdout) ?? [];
    expect(job).not.toBe('');
    await cluster.finished(job);

    const logs = readdirSync(join(store, 'grid25/slurm')).filter((name) => name.endsWith('.log'));
    expect(logs.sort()).toEqual([1, 2].map((task) => `${job}_${task}.log`));
    const [, gather = ''] = /^Gather: +(npm run exp -- .*)$/m.exec(submitted.stdout) ?? [];
    expect(execFileSync('/bin/sh', ['-c', `${gather} --quiet`], { cwd: projectRoot, encoding: 'utf8' })).toMatch(
      /^bigan +\d/m,
    );
    const rows = readFileSync(join(store, 'grid25/trials.csv'), 'utf8').trim().split('\n');
    expect(rows).toHaveLength(1 + 2);

    const idle = await exp(...command);
    expect([idle.code, idle.stdout]).toEqual([0, expect.stringContaining('Every trial is there: nothing to submit')]);
    const refused = await exp(...command.slice(0, -1), '--fresh', '--slurm-options=--partition=nowhere');
    expect(refused.stderr).toBe(
      'modebench: sbatch did not take the job: invalid partition specified: nowhere; Batch job submission failed: Invalid partition name specified\n',
    );
    expect(refused.code).toBe(2);
  }, 60_000);

  it('a task that is requeued in mid-trial goes on from its checkpoint', async () => {
    const store = scratch();
    const steps = 1_000_000; // seconds, which outlast the asking, however fast the machine
    const command = ['grid25', '--methods', 'bigan-pgp', '--seeds', '1', ...small];
    const length = ['--set', `training.steps=${steps}`, '--set', `evaluation.every=${steps}`];
    const submitted = await exp(...command, ...length, '--store', store, '--slurm', '--json');
    const { job } = JSON.parse(submitted.stdout) as { readonly job: string };
    const trials = join(store, 'grid25/trials');
    const fileOf = (name: string) => join(trials, readdirSync(trials)[0] ?? '', name);
    const locks = join(store, 'grid25/.locks');
    const log = join(store, 'grid25/slurm', `${job}_1.log`);
    await until(() => existsSync(log) && /seed 0 [\d,]+\/1,000,000/.test(readFileSync(log, 'utf8')), 30);
    cluster.ask('scontrol', 'requeue', `${job}_1`);
    await until(() => cluster.ask('squeue', '--noheader', '--format=%T', '--job', job).trim() === 'PENDING', 15);
    expect(readdirSync(locks)).toEqual([]);
    // The record counts the seconds of all sittings: a first one of a thousand shows that the checkpoint was read.
    const checkpoint = decodeCheckpoint(readFileSync(fileOf('checkpoint')));
    writeFileSync(fileOf('checkpoint'), encodeCheckpoint({ ...checkpoint, elapsed: 1000 }));
    // Slurm itself would wait for two minutes.
    cluster.ask('scontrol', 'update', `JobId=${job}_1`, 'StartTime=now');
    await cluster.finished(job);
    const record = decodeRecord(readFileSync(fileOf('trial.json'), 'utf8'));
    expect([record.status, record.steps]).toEqual(['done', steps]);
    expect(record.wallSeconds).toBeGreaterThan(1000);
    expect(existsSync(fileOf('checkpoint'))).toBe(false);
  }, 120_000);
});
