/** A trial from spec to record, on the engines that `auto` takes, in a folder of its own. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { automaticEngines } from '../../src/engine/engines.ts';
import type { Values } from '../../src/metrics/evaluation-inputs.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../src/store/checkpoint.ts';
import { decodeFilm } from '../../src/store/film-file.ts';
import { type Progress, runTrial, TrialStopped } from '../../src/trial/run-trial.ts';
import { methodNames } from '../support/methods.ts';
import { runningHere } from '../support/native.ts';
import { planned, smallSpec } from './specs.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-trial-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every file of the folder but the checkpoint, which the last evaluation leaves behind for the store to remove. */
async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name !== 'checkpoint').sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  );
}

const engines = runningHere(automaticEngines);
const [usual] = engines;

/** One without an encoder, one with, and one without a generator: what another engine leaves for them, it leaves for all. */
const ofEachForm = ['gan', 'bigan-pgp', 'encoder-only'] as const;

/** Operations of each method's trial, the same on every engine. */
const worked = new Map<string, number | undefined>();

describe.each(engines)('runTrial on %s', (engine) => {
  /** What no engine has a part in: films, exported networks, which checkpoints are taken. */
  const once = it.runIf(engine === usual);
  const context = (onProgress: (progress: Progress) => void = () => {}) =>
    ({ engine, device: 'cpu', data: folder, folder, onProgress, checkpointSeconds: 0 }) as const;

  for (const method of engine === usual ? methodNames : ofEachForm) {
    it(`trains ${method} to its end and leaves its course, samples, pictures of D and networks`, async () => {
      const record = await runTrial(planned(smallSpec(method)), context());
      expect(record).toMatchObject({ status: 'done', steps: 24, engine, device: 'cpu' });
      expect(record.flops).toBeGreaterThan(0);
      expect(record.flops).toBe(worked.get(method) ?? record.flops);
      worked.set(method, record.flops);
      const generator = method !== 'encoder-only';
      const encoder = method.startsWith('bigan') || ['encoder-only', 'veegan'].includes(method);
      expect(Object.keys(await contents())).toEqual(
        [
          'discriminator.onnx',
          ...(encoder ? ['encoder.onnx'] : []),
          ...(generator ? ['generator.onnx'] : []),
          'history.csv',
          'landscape.csv',
          ...(generator && encoder ? ['lines.csv'] : []),
          'losses.csv',
          'networks',
          'samples.csv',
        ].sort(),
      );
      expect('modesCaptured' in record.metrics).toBe(generator);
      expect('reconstructionX' in record.metrics).toBe(generator && encoder);
      const history = readCsv(await readFile(join(folder, 'history.csv'), 'utf8'), 'history.csv');
      expect(history.rows.map((row) => row.get('step'))).toEqual(['8', '16', '24']);
      for (const column of ['lossD', 'lossG', 'scoreReal', 'scoreFake', 'gradientD', 'gradientG']) {
        expect(history.rows.every((row) => Number.isFinite(Number.parseFloat(row.get(column) ?? '')))).toBe(true);
      }
    });
  }

  it('ends with the same bytes, film included, when it is cut off after any evaluation and started again', async () => {
    const trial = { ...planned(smallSpec('bigan-pgp', 3)), film: { frames: 9 } };
    const whole = await runTrial(trial, context());
    const expected = await contents();
    expect(Object.keys(expected)).toContain('film.json');
    for (const cut of [8, 16]) {
      await rm(folder, { recursive: true });
      folder = await mkdtemp(join(tmpdir(), 'modebench-trial-'));
      const killed = runTrial(
        trial,
        context(({ step }) => {
          if (step === cut) throw new Error('cut off');
        }),
      );
      await expect(killed).rejects.toThrow('cut off');
      const seen: number[] = [];
      const resumed = await runTrial(
        trial,
        context(({ step }) => seen.push(step)),
      );
      expect(seen[0]).toBe(cut + 8);
      expect(await contents()).toEqual(expected);
      expect(resumed.metrics).toEqual(whole.metrics);
    }
  });

  it('ends with the same bytes when it is stopped between evaluations and started again', async () => {
    const spec = smallSpec('bigan-pgp', 3);
    const trial = { ...planned({ ...spec, evaluation: { ...spec.evaluation, every: 12 } }), film: { frames: 9 } };
    const whole = await runTrial(trial, context());
    const expected = await contents();
    await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'modebench-trial-'));
    for (const cut of [6, 18]) {
      const stop = new AbortController();
      const onProgress = ({ step }: Progress) => {
        expect(step).toBeLessThanOrEqual(cut);
        if (step === cut) stop.abort();
      };
      const stopped = runTrial(trial, { ...context(onProgress), checkpointSeconds: 1e6, signal: stop.signal });
      await expect(stopped).rejects.toThrow(TrialStopped);
    }
    const resumed = await runTrial(trial, context());
    expect(await contents()).toEqual(expected);
    expect(resumed.metrics).toEqual(whole.metrics);
  });

  once('hears what its process is told while it trains, however fast and long its steps are', async () => {
    const { spec, ...trial } = planned(smallSpec('gan', 3));
    const steps = 1_000_000; // without an evaluation, at which files are written and the process has turns
    const long = { ...spec, training: { ...spec.training, steps }, evaluation: { ...spec.evaluation, every: steps } };
    const stop = new AbortController();
    let reached = 0;
    const onProgress = ({ step }: Progress) => {
      if (reached === 0) setTimeout(() => stop.abort(), 1);
      reached = step;
    };
    const running = runTrial({ ...trial, spec: long }, { ...context(onProgress), signal: stop.signal });
    await expect(running).rejects.toThrow(TrialStopped);
    expect(reached).toBeLessThan(steps);
  });

  once('changes no number by filming, and says what it took', async () => {
    const trial = planned(smallSpec('bigan', 3));
    const plain = await runTrial(trial, context());
    const expected = await contents();
    const filmed = await runTrial({ ...trial, film: { frames: 4 } }, context());
    const { 'film.json': film, ...rest } = await contents();
    expect(film).toBeDefined();
    expect(rest).toEqual(expected);
    expect(filmed.metrics).toEqual(plain.metrics);
    expect(plain.timings.film).toBeUndefined();
    expect(filmed.timings.film).toBeGreaterThan(0);
  });

  once('starts again, to film it whole, where the checkpoint is of a trial that was not filmed', async () => {
    const trial = planned(smallSpec('gan', 3));
    await runTrial(trial, context()); // leaves a checkpoint of step 16
    const seen: number[] = [];
    await runTrial(
      { ...trial, film: { frames: 4 } },
      context(({ step }) => seen.push(step)),
    );
    expect(seen[0]).toBe(8);
    const film = decodeFilm(await readFile(join(folder, 'film.json'), 'utf8'), 'film.json');
    expect(film.frames.map(({ step }) => step)).toEqual([0, 8, 24]);
  });

  once('starts again where the checkpoint is damaged, and says so', async () => {
    const trial = planned(smallSpec('gan', 3));
    await runTrial(trial, context());
    const expected = await contents();
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.message);
    process.on('warning', listen);
    await writeFile(join(folder, 'checkpoint'), 'MODEBENCH\0 nonsense');
    await runTrial(trial, context());
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(await contents()).toEqual(expected);
    expect(warnings.join()).toContain('the trial starts again');
  });

  once(
    'starts again where a sound checkpoint is none that it leaves: the head start is lost and nothing else',
    async () => {
      const trial = { ...planned(smallSpec('bigan', 3)), film: { frames: 4 } };
      await runTrial(trial, context());
      const expected = await contents();
      const path = join(folder, 'checkpoint');
      const own = decodeCheckpoint(await readFile(path));
      expect(own.step).toBe(16);
      const half = (array: Float32Array) => array.slice(0, array.length / 2);
      const [names, [row]] = [Object.keys(own.arrays), own.history];
      const without = (name: string) => Object.fromEntries(Object.entries(own.arrays).filter(([one]) => one !== name));
      const changes: readonly Partial<Checkpoint>[] = [
        ...[24, 32, 17, 8].map((step) => ({ step })),
        ...[
          [],
          own.history.slice(1),
          [...own.history, ...own.history],
          [
            { step: 8, values: {} },
            { step: 15, values: {} },
          ],
        ].map((history) => ({ history })),
        { step: 0, history: [], arrays: {} },
        ...(row ? [{ history: [row, row] }] : []),
        ...names.slice(0, 2).map((name) => ({ arrays: without(name) })),
        ...names.map((name) => ({ arrays: { ...own.arrays, [name]: half(own.arrays[name] ?? new Float32Array()) } })),
        { arrays: { ...own.arrays, more: new Float32Array(3) } },
      ];
      // Half of an empty array is the array itself.
      const forged = changes.filter(({ arrays }) => JSON.stringify(arrays) !== JSON.stringify(own.arrays));
      expect(names.length).toBeGreaterThan(5);
      for (const [at, change] of forged.entries()) {
        await writeFile(path, encodeCheckpoint({ ...own, ...change }));
        const seen: number[] = [];
        const begun = runTrial(
          trial,
          context(({ step }) => {
            seen.push(step);
            if (at > 0) throw new Error('seen'); // one that starts again ends as any other
          }),
        );
        if (at > 0) await expect(begun).rejects.toThrow('seen');
        else await begun;
        expect([change, seen[0]]).toEqual([change, 8]);
        if (at === 0) expect(await contents()).toEqual(expected);
      }
      await writeFile(path, encodeCheckpoint(own));
      const seen: number[] = [];
      await runTrial(
        trial,
        context(({ step }) => seen.push(step)),
      );
      expect([seen[0], await contents()]).toEqual([24, expected]);
      // Only the next evaluation says which columns there are.
      const [column = ''] = Object.keys(row?.values ?? {});
      const changed: readonly ((values: Values) => Values)[] = [
        ({ [column]: _, ...others }) => others,
        (values) => ({ ...values, more: 1 }),
      ];
      for (const change of changed) {
        const history = own.history.map(({ step, values }) => ({ step, values: change(values) }));
        await writeFile(path, encodeCheckpoint({ ...own, history }));
        const steps: number[] = [];
        await runTrial(
          trial,
          context(({ step }) => steps.push(step)),
        );
        expect([steps[0], await contents()]).toEqual([8, expected]);
      }
    },
    120_000,
  );

  it('records divergence as a result, with the step and the number that was not finite', async () => {
    const spec = smallSpec('wgan-gp');
    const optimiser = { kind: 'rmsprop', rate: 1e30, decay: 0.9, epsilon: 1e-8 } as const;
    const record = await runTrial(planned({ ...spec, training: { ...spec.training, optimiser } }), context());
    expect(record.status).toBe('diverged');
    expect(record.reason).toMatch(/^\w+ is not finite at step \d+$/);
    expect(record.steps).toBeLessThan(24);
  });

  it('gives the same figures on the eager engine as on the compiled one, up to rounding', async () => {
    const spec = smallSpec('bigan-pgp');
    // Three steps: Adam divides small gradients by themselves, which amplifies rounding with every step.
    const trial = planned({ ...spec, training: { ...spec.training, steps: 3 }, evaluation: { every: 3, samples: 64 } });
    const compiled = await runTrial(trial, context());
    const eager = await runTrial(trial, { ...context(), engine: 'tfjs', device: 'cpu' });
    for (const name of ['lossD', 'lossG', 'slicedW2', 'reconstructionX', 'reconstructionZ']) {
      expect(eager.metrics[name]).toBeCloseTo(compiled.metrics[name] ?? Number.NaN, 2);
    }
  });

  once('exports networks that take data units and any batch size', async () => {
    await runTrial(planned(smallSpec('bigan')), context());
    const run = async (name: string, inputs: Record<string, Tensor>) => {
      const session = await InferenceSession.create(join(folder, `${name}.onnx`));
      return session.run(inputs);
    };
    const samples = readCsv(await readFile(join(folder, 'samples.csv'), 'utf8'), 'samples.csv').rows;
    const cells = (set: string, columns: string[]) =>
      Float32Array.from(
        samples
          .filter((row) => row.get('set') === set)
          .flatMap((row) => columns.map((column) => Number(row.get(column)))),
      );
    const generated = cells('generated', ['x0', 'x1']);
    const { x } = await run('generator', { z: new Tensor('float32', cells('generated', ['z0', 'z1']), [64, 2]) });
    for (const [index, value] of generated.entries()) expect(Number(x?.data[index])).toBeCloseTo(value, 3);
    const codes = cells('real', ['z0', 'z1']);
    const { z } = await run('encoder', { x: new Tensor('float32', cells('real', ['x0', 'x1']), [64, 2]) });
    for (const [index, value] of codes.entries()) expect(Number(z?.data[index])).toBeCloseTo(value, 3);
    const pair = {
      x: new Tensor('float32', generated.slice(0, 10), [5, 2]),
      z: new Tensor('float32', codes.slice(0, 10), [5, 2]),
    };
    expect((await run('discriminator', pair)).logit?.dims).toEqual([5, 1]);
  });
});
