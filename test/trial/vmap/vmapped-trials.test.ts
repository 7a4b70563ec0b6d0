/** Whole trials in a vmap group: whichever others are in it, and whenever they come and go, a trial ends with the same bytes. */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import { readCsv } from '../../../src/disk/csv.ts';
import type { PlannedTrial } from '../../../src/experiment/plan.ts';
import type { TrialRecord } from '../../../src/store/record.ts';
import { type Progress, runTrial } from '../../../src/trial/run-trial.ts';
import { VmapGroup } from '../../../src/trial/vmap/barrier.ts';
import { planned, smallSpec } from '../specs.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modebench-vmapped-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

interface Sitting {
  /** Each trial's folder, `<store>/<id>`. */
  readonly store: string;
  /** The step at which a trial is stopped; all are where one is. */
  readonly until?: number;
  /** Whose folder is not there when it is to write into it. */
  readonly homeless?: PlannedTrial;
}

const folderOf = (store: string, { id }: PlannedTrial) => join(root, store, id);

/** Trials as one group; each record, or what it threw. */
async function together(trials: readonly PlannedTrial[], { store, until, homeless }: Sitting) {
  const group = new VmapGroup(trials.length);
  const ending = new AbortController();
  const onProgress = ({ step }: Progress) => until !== undefined && step >= until && ending.abort();
  const ended = await Promise.allSettled(
    trials.map(async (trial, index) => {
      const folder = folderOf(store, trial);
      if (trial !== homeless) await mkdir(folder, { recursive: true });
      const context = { engine: 'onnx', device: 'cpu', data: root, checkpointSeconds: 0 } as const;
      const member = { group, index };
      const run = runTrial(trial, { ...context, folder, onProgress, signal: ending.signal, member });
      return run.finally(() => group.leave(index));
    }),
  );
  return ended.map((end): TrialRecord | Error => (end.status === 'fulfilled' ? end.value : end.reason));
}

/** Every file but the checkpoint, which is the launcher's to remove. */
async function contents(store: string, trial: PlannedTrial): Promise<Record<string, string>> {
  const folder = folderOf(store, trial);
  const names = (await readdir(folder)).filter((name) => name !== 'checkpoint').sort();
  const files = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
  return Object.fromEntries(await Promise.all(files));
}

const known = new Map<string, Record<string, string>>();

/** In groups of one: what every other group is compared with. */
async function undisturbed(trials: readonly PlannedTrial[]): Promise<(Record<string, string> | undefined)[]> {
  for (const trial of trials) {
    if (known.has(trial.hash)) continue;
    expect((await together([trial], { store: 'undisturbed' }))[0]).toMatchObject({ status: 'done' });
    known.set(trial.hash, await contents('undisturbed', trial));
  }
  return trials.map(({ hash }) => known.get(hash));
}

/** Sizes that fit no vector unit: nothing may depend on where in memory a slice lies. */
const odd = (spec: ResolvedSpec): ResolvedSpec => ({
  ...spec,
  nets: { kind: 'mlp', hidden: [7, 5], activation: 'leaky-relu', slope: 0.2, initialiser: 'xavier-uniform' },
  training: { ...spec.training, steps: 12, batch: 11 },
  evaluation: { ...spec.evaluation, every: 4 }, // four steps a run
});
const withWeight = (seed: number, weight: number): PlannedTrial =>
  planned(odd({ ...smallSpec('bigan-pgp', seed), penalty: { weight, form: 'squared' } }));

describe('trials that train as one program', () => {
  it('end with the bytes that they have in any other group', async () => {
    const trials = [withWeight(0, 0.1), withWeight(1, 0.1), withWeight(3, 10)];
    const expected = await undisturbed(trials);
    const records = await together(trials, { store: 'all' });
    for (const [index, trial] of trials.entries()) {
      expect(records[index]).toMatchObject({ id: trial.id, hash: trial.hash, status: 'done', steps: 12 });
      expect(await contents('all', trial)).toEqual(expected[index]);
    }
  });

  it('have the history that they have by themselves, as far as float32 goes', async () => {
    const tame = { kind: 'adam', rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const;
    const trials = [0, 1].map((seed) => {
      const spec = smallSpec('wgan-gp', seed);
      return planned({ ...spec, training: { ...spec.training, optimiser: tame } });
    });
    const grouped = await together(trials, { store: 'all' });
    for (const [at, trial] of trials.entries()) {
      const folder = folderOf('alone', trial);
      await mkdir(folder, { recursive: true });
      const { flops } = await runTrial(trial, {
        ...{ engine: 'onnx', device: 'cpu', data: root, folder },
        onProgress: () => {},
      });
      expect(flops).toBeGreaterThan(0);
      expect(grouped[at]).toMatchObject({ flops });
      const history = async (store: string) =>
        readCsv(await readFile(join(folderOf(store, trial), 'history.csv'), 'utf8'), 'history.csv').rows;
      const [alone, vmapped] = [await history('alone'), await history('all')];
      for (const [at, row] of alone.entries()) {
        for (const column of ['step', 'lossD', 'gradientD', 'scoreReal', 'scoreFake', 'lossG', 'slicedW2']) {
          expect(Number(vmapped[at]?.get(column))).toBeCloseTo(Number(row.get(column)), 5);
        }
      }
    }
  });

  it('go on from checkpoints of different steps, in another group, and end at different times', async () => {
    const trials = [withWeight(0, 0.1), withWeight(1, 10), withWeight(2, 0.1)];
    const expected = await undisturbed(trials);
    const stopped = await together(trials.slice(0, 2), { store: 'all', until: 4 });
    expect(stopped.map((end) => end instanceof Error && end.name)).toEqual(['TrialStopped', 'TrialStopped']);
    await together(trials.slice(1), { store: 'all', until: 8 });
    const steps = await Promise.all(trials.map(({ id }) => readFile(join(root, 'all', id, 'checkpoint'))));
    expect(new Set(steps.map(({ length }) => length)).size).toBeGreaterThan(1); // histories of different lengths
    for (const record of await together(trials, { store: 'all' })) expect(record).toMatchObject({ status: 'done' });
    for (const [index, trial] of trials.entries()) expect(await contents('all', trial)).toEqual(expected[index]);
  });

  it('go on when one of them diverges, and when one fails', async () => {
    const trials = [withWeight(0, 0.1), withWeight(1, 10)];
    const expected = await undisturbed(trials);
    const { spec } = withWeight(2, 0.1);
    const wild = { ...spec.training, optimiser: { ...spec.training.optimiser, rate: 1e30 } };
    const diverging = planned({ ...spec, training: wild });
    const failing = withWeight(5, 0.1);
    const [first, divergent, second, failed] = await together(
      [trials[0], diverging, trials[1], failing] as PlannedTrial[],
      {
        store: 'all',
        homeless: failing,
      },
    );
    expect(divergent).toMatchObject({ status: 'diverged', steps: 4, reason: expect.stringContaining('not finite') });
    expect(failed).toMatchObject({ message: expect.stringContaining('ENOENT') });
    expect([first, second]).toMatchObject([{ status: 'done' }, { status: 'done' }]);
    for (const [index, trial] of trials.entries()) expect(await contents('all', trial)).toEqual(expected[index]);
  });

  it('train apart where a setting changes the program, and use the programs of earlier groups again', async () => {
    const trials = [withWeight(0, 0.1), withWeight(0, 0), withWeight(0, 1), withWeight(1, 1)];
    const expected = await undisturbed(trials);
    await together(trials, { store: 'all' });
    for (const [index, trial] of trials.entries()) expect(await contents('all', trial)).toEqual(expected[index]);
    const [again] = await together(trials, { store: 'again' });
    expect(again).toMatchObject({ status: 'done', timings: { capture: 0, compile: 0 } });
  });
});
