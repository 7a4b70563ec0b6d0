/** vmap groups in a launch, with real worker processes and a real store: who is in one, and what a death makes of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import type { LocalOptions } from '../../src/launch/local/launch.ts';
import { TaskQueue } from '../../src/launch/local/task-queue.ts';
import { openStore } from '../../src/store/store.ts';
import { vmapKey } from '../../src/trial/vmap/group-key.ts';
import { recordOf, specOf } from '../cli/records.ts';
import { freshStores, launched, planned, poolOptions } from './kit.ts';

const here = freshStores();

const run = (seeds: readonly number[], change: Partial<LocalOptions> = {}, trial = 'mixed') =>
  launched(here, seeds, { ...poolOptions(here.root, trial), ...{ jobs: 1, groupSize: 8, failFast: false }, ...change });

describe('a launch of vmap groups', () => {
  it('runs as many trials at once as a stack has, fewer where that keeps all workers busy', async () => {
    const { outcome, events } = await run([0, 1, 2, 3, 4, 5], { jobs: 2 });
    expect(outcome.records.map(({ spec, status }) => [spec.seed, status])).toEqual(
      [0, 1, 2, 3, 4, 5].map((seed) => [seed, 'done']),
    );
    // Three and three: a process has started all of its own before one of them ends.
    const isOf = (seeds: readonly number[]) => events.filter(({ trial }) => seeds.includes(trial.spec.seed));
    for (const seeds of [
      [0, 1, 2],
      [3, 4, 5],
    ]) {
      const kinds = isOf(seeds)
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'progress');
      expect(kinds).toEqual([...Array(3).fill('started'), ...Array(3).fill('ended')]);
    }
    expect(readFileSync(here.store.csv, 'utf8').trim().split('\n')).toHaveLength(7);
  });

  it('saves each trial and gives up its claim as soon as it ends', async () => {
    const running = run([0, 6]);
    while (!here.store.find(planned(0))) await sleep(20);
    while ((await here.store.holder(planned(0).id)) !== undefined) await sleep(20);
    expect(await here.store.holder(planned(6).id)).toContain(String(process.pid));
    expect((await running).outcome.records).toHaveLength(2);
  });

  it('tries the trials of a process that died once more, each by itself: the one that kills it fails alone', async () => {
    const { outcome, kinds } = await run([0, 6, 7, 8, 9]);
    expect(kinds(0)).toEqual(['started', 'ended']);
    expect(kinds(9)).toEqual(['started', 'faulted', 'ended']);
    for (const seed of [6, 7, 8]) expect(kinds(seed)).toEqual(['started', 'died', 'ended']);
    expect(outcome.records.map(({ spec, status }) => [spec.seed, status])).toEqual([
      [0, 'done'],
      [6, 'done'],
      [7, 'done'],
      [8, 'failed'],
      [9, 'failed'],
    ]);
    expect(outcome.records[3]?.reason).toMatch(/^twice, .*SIGKILL/);
  });

  it('leaves out what another run holds, and what it has done by then', async () => {
    const claim = await here.store.claim(planned(1).id);
    const running = run([0, 1, 2]);
    await sleep(600);
    await openStore(here.root, 'test').keep(recordOf(specOf('gan', 1), { modesCaptured: 99 }));
    await claim?.release();
    const { outcome, kinds } = await running;
    expect([kinds(0), kinds(1), kinds(2)]).toEqual([
      ['started', 'ended'],
      ['elsewhere', 'found'],
      ['started', 'ended'],
    ]);
    expect(outcome.records.map(({ metrics }) => metrics.modesCaptured)).toEqual([0, 99, 2]);
  });

  it('stops at once: at the first failure where that is asked for, for a mistake, and when the signal aborts', async () => {
    expect(await run([9, 6], { failFast: true })).toMatchObject({ outcome: { stopped: 'failure', records: [{}] } });
    await expect(run([6, 10])).rejects.toThrow('data.side: expected an odd number, got 4');
    const controller = new AbortController();
    const running = run([0, 2], { signal: controller.signal }, 'endless');
    const folders = [0, 2].map((seed) => here.store.folder(planned(seed).id));
    while (!folders.every((folder) => existsSync(join(folder, 'pid')))) await sleep(20);
    controller.abort();
    expect((await running).outcome).toMatchObject({ stopped: 'interrupted', records: [] });
    for (const seed of [0, 2, 6, 10]) expect(await here.store.holder(planned(seed).id)).toBeUndefined();
  });
});

it('a queue gives out together what may be stacked, in the order of the plan', async () => {
  const trials = [0, 1, 2, 3, 4, 5, 6].map(planned);
  const keyOf = ({ spec: { seed } }: PlannedTrial) => (seed === 2 ? undefined : seed % 2 === 0 ? 'even' : 'odd');
  const queue = new TaskQueue(trials, new AbortController().signal, { most: 3, keyOf });
  const taken: number[][] = [];
  for (let next = await queue.next(); next; next = await queue.next()) {
    taken.push(next.map(({ spec }) => spec.seed));
    if (taken.length === 1) expect(queue.postpone(next[1] as PlannedTrial)).toBe(true);
  }
  expect(taken).toEqual([[0, 4, 6], [1, 3, 5], [2], [4]]);
});

describe('what may be stacked', () => {
  const spec = (change: Partial<ResolvedSpec> = {}) => specOf('bigan-pgp', 0, change);
  const { training } = spec();
  const weight = (value: number): Partial<ResolvedSpec> => ({ penalty: { weight: value, form: 'squared' } });
  const key = vmapKey(spec(weight(0.1)));

  it('differs in seed and in numbers that are multiplied by', () => {
    const rate = { ...training, optimiser: { ...training.optimiser, rate: 0.1 } };
    for (const change of [weight(10), { seed: 4 }, { ...weight(0.1), training: rate }]) {
      expect(vmapKey(spec({ ...weight(0.1), ...change }))).toBe(key);
    }
  });

  it('is alike in everything that shapes the program; products with 0 and 1 are left out of it', () => {
    const others: Partial<ResolvedSpec>[] = [
      weight(1),
      weight(0),
      { ...weight(0.1), training: { ...training, batch: 64 } },
      { ...weight(0.1), training: { ...training, steps: 10 } },
      { penalty: { weight: 0.1, form: 'norm' } },
      { ...weight(0.1), loss: 'linear' },
      { ...weight(0.1), critic: { steps: 2, clip: 0 } },
    ];
    expect(new Set([key, ...others.map((change) => vmapKey(spec(change)))]).size).toBe(others.length + 1);
  });

  it('is not a trial of convolutional nets', () => {
    expect(vmapKey(spec({ nets: { kind: 'dcgan', width: 4 } }))).toBeUndefined();
  });
});
