/** What `--stack` means, and that it changes no number but by rounding: through the command line. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/disk/csv.ts';
import type { EngineName } from '../../../src/engine/engines.ts';
import { groupingOf, jobsFor } from '../../../src/launch/local/capacity.ts';
import { specOf } from '../../cli/records.ts';
import { run, scratch } from '../../cli/run-cli.ts';

const points = [{ spec: specOf('gan', 0) }];
const pictures = [{ spec: specOf('gan', 0, { nets: { kind: 'dcgan', width: 4 } }) }];
const on = (device: string, engine: EngineName = 'onnx') => ({ engine, device });

describe('--stack', () => {
  it('is 8 on a GPU and 1 on the CPU, unless said; on a GPU the plan says how', () => {
    for (const word of [undefined, 'auto']) {
      expect(groupingOf(word, on('cpu'), points)).toEqual({ most: 1 });
      expect(groupingOf(word, on('wasm', 'tfjs'), points)).toEqual({ most: 1 });
      expect(groupingOf(word, on('webgpu'), points)).toMatchObject({
        most: 8,
        note: expect.stringMatching(/^up to 8/),
      });
      expect(groupingOf(word, on('cuda'), pictures)).toMatchObject({
        most: 1,
        note: expect.stringContaining('by itself'),
      });
    }
    expect(groupingOf('3', on('cpu'), points)).toMatchObject({ most: 3, note: expect.stringMatching(/^up to 3/) });
    expect(groupingOf('1', on('cuda'), points)).toMatchObject({ most: 1, note: expect.stringContaining('--stack 1') });
  });

  it('is refused in one line where it cannot be', () => {
    const refusal =
      (word: string, where: ReturnType<typeof on>, trials = points) =>
      () =>
        groupingOf(word, where, trials);
    for (const word of ['0', '65', '1.5', 'many', ' 2']) {
      expect(refusal(word, on('cpu'))).toThrow(`--stack: expected auto or a whole number from 1 to 64, got '${word}'`);
    }
    expect(refusal('2', on('wasm', 'tfjs'))).toThrow(/^--stack: the engine tfjs trains each trial by itself/);
    expect(refusal('8', on('cpu'), pictures)).toThrow(/^--stack: convolutional nets train by themselves/);
  });

  it('takes as few processes on a GPU as the stacks need, unless they are named', () => {
    const jobs = { jobs: 16, named: false };
    expect(jobsFor(8, on('cuda'), 30, jobs)).toBe(4);
    expect(jobsFor(8, on('cuda'), 30, { ...jobs, named: true })).toBe(16);
    expect(jobsFor(8, on('cpu'), 30, jobs)).toBe(16);
    expect(jobsFor(1, on('cuda'), 30, jobs)).toBe(16);
  });
});

it('gives the records and histories of trials that train by themselves, but for rounding', async () => {
  const store = scratch();
  // An ε that leaves a step smooth in its gradient: with Adam's 1e-8 rounding would grow with every step.
  const words = [
    '--preset',
    'smoke',
    '--seeds',
    '2',
    '--methods',
    'bigan-pgp',
    '--lambda',
    '0.1,1,10',
    '--quiet',
    '--jobs',
    '1',
  ];
  const sets = ['training.steps=8', 'evaluation.every=4', 'evaluation.samples=100', 'training.optimiser.epsilon=0.1'];
  // What stacks trials.
  const exp = ['exp', 'grid25', '--engine', 'onnx', ...words, ...sets.flatMap((set) => ['--set', set])];
  const [alone, stacked] = await Promise.all([
    run(...exp, '--store', join(store, 'alone')),
    run(...exp, '--store', join(store, 'stacked'), '--stack', '4'),
  ]);
  expect([alone.code, stacked.code, alone.stderr, stacked.stderr]).toEqual([0, 0, '', '']);
  const tableOf = (folder: string, name: string) =>
    readCsv(readFileSync(join(store, folder, 'grid25', name), 'utf8'), name).rows;
  const ids = readdirSync(join(store, 'alone/grid25/trials')).sort();
  expect(ids).toHaveLength(6);
  expect(readdirSync(join(store, 'stacked/grid25/trials')).sort()).toEqual(ids);
  const stackOf = (folder: string, id: string): unknown =>
    JSON.parse(readFileSync(join(store, folder, 'grid25/trials', id, 'trial.json'), 'utf8')).stack;
  expect(ids.map((id) => stackOf('stacked', id)).sort()).toEqual([2, 2, 4, 4, 4, 4]);
  expect(ids.map((id) => stackOf('alone', id))).toEqual(ids.map(() => undefined));
  const measured = ['lossD', 'lossG', 'gradientD', 'scoreReal', 'scoreFake', 'slicedW2'];
  const isClose = (name: string, columns: readonly string[], same: readonly string[]) => {
    const [a, b] = [tableOf('alone', name), tableOf('stacked', name)];
    expect(b).toHaveLength(a.length);
    for (const [at, row] of a.entries()) {
      for (const column of same) expect(b[at]?.get(column)).toBe(row.get(column));
      for (const column of columns) expect(Number(b[at]?.get(column))).toBeCloseTo(Number(row.get(column)), 4);
    }
  };
  isClose('trials.csv', measured, ['method', 'seed', 'penalty.weight', 'spec', 'status', 'steps', 'engine', 'device']);
  for (const id of ids) isClose(join('trials', id, 'history.csv'), measured, ['step']);
});
