/**
 * One trial from its resolved spec to its record: train, evaluate, checkpoint, write what it learned into its own folder.
 * Which trials run, where, and the store's tables are the launcher's.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isMissing, writeWhole } from '../disk/files.ts';
import type { Arrays } from '../engine/engine.ts';
import type { EngineName } from '../engine/engines.ts';
import { catalogueFor } from '../experiment/load.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { Values } from '../metrics/evaluation-inputs.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../store/checkpoint.ts';
import type { HistoryRow } from '../store/history.ts';
import type { TrialRecord } from '../store/record.ts';
import { Recorders } from './callbacks.ts';
import { Clock } from './clock.ts';
import { writeArtefacts } from './outputs/artefacts.ts';
import { provenance } from './outputs/provenance.ts';
import { evaluatedWeights, rawWeights } from './probe.ts';
import { type Workshop, workshopFor } from './setup.ts';
import type { GroupMember } from './vmap/barrier.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** Of the latest evaluation; empty before the first. */
  readonly metrics: Values;
}

export interface TrialContext {
  readonly engine: EngineName;
  readonly device: string;
  /** Where the kinds of the trial's spec are found; absent: the project's own. */
  readonly catalogue?: Catalogue;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** The trial's own folder; it exists. */
  readonly folder: string;
  readonly onProgress: (progress: Progress) => void;
  /** Least seconds between checkpoints, which are written at evaluations only: no numbers depend on when. */
  readonly checkpointSeconds?: number;
  /** Ends the trial before its next step: it writes a checkpoint and throws TrialStopped. */
  readonly signal?: AbortSignal;
  /** Its place in the vmap group: the trials of this process that train as one program with it. */
  readonly member?: GroupMember;
}

/** The trial was asked to end early. Its folder has a checkpoint from which it goes on. */
export class TrialStopped extends Error {
  override readonly name = 'TrialStopped';
}

/**
 * Goes on from the folder's checkpoint where there is a sound one. Divergence is a result: a record with that status.
 * Throws TrialStopped where the context's signal ended it.
 * Writes what `writeArtefacts` names; the record is the caller's to save.
 */
export async function runTrial(trial: PlannedTrial, context: TrialContext): Promise<TrialRecord> {
  const clock = new Clock();
  const catalogue = context.catalogue ?? (await catalogueFor(trial));
  const workshop = await workshopFor(trial.spec, { ...context, catalogue }, clock);
  const run = await start(trial, workshop, context.folder);
  const { recorders } = run;
  const { spec } = trial;
  const { checkpointSeconds = 2 } = context;
  let saved = performance.now();
  const resumedAt = run.step;
  let outputs: Arrays = {};
  let reason: string | undefined;
  if (run.step === 0) await recorders.look(0, undefined, clock);
  while (run.step < spec.training.steps && reason === undefined) {
    if (context.signal?.aborted) {
      await saveCheckpoint(trial, run, workshop, context.folder, clock);
      throw new TrialStopped(`${trial.id} was stopped at step ${run.step}`);
    }
    outputs = await clock.time('train', () => workshop.step.run(workshop.batches.draw(run.step)));
    run.step += workshop.stepsPerRun;
    await recorders.look(run.step, outputs, clock);
    const bad = Object.entries(outputs).find(([, value]) => !value.every(Number.isFinite))?.[0];
    if (bad !== undefined) reason = `${bad} is not finite at step ${run.step}`;
    if (reason === undefined && (run.step % spec.evaluation.every === 0 || run.step === spec.training.steps)) {
      run.history.push({ step: run.step, values: await evaluate(workshop, outputs, clock) });
      if (performance.now() - saved >= checkpointSeconds * 1e3 && run.step < spec.training.steps) {
        await clock.time('write', () => saveCheckpoint(trial, run, workshop, context.folder, clock));
        saved = performance.now();
      }
    }
    const seconds = clock.seconds('train') + clock.seconds('evaluate');
    context.onProgress({
      step: run.step,
      steps: spec.training.steps,
      stepsPerSecond: (run.step - resumedAt) / Math.max(seconds, 1e-9),
      metrics: run.history.at(-1)?.values ?? {},
    });
  }
  await clock.time('write', () => writeArtefacts(workshop, trial, run, context.folder));
  return {
    id: trial.id,
    hash: trial.hash,
    spec,
    preset: trial.preset,
    varied: trial.varied,
    status: reason === undefined ? 'done' : 'diverged',
    ...(reason !== undefined && { reason }),
    steps: run.step,
    wallSeconds: round(run.elapsed + clock.total()),
    ...(workshop.stack > 0 && { stack: workshop.stack }),
    timings: clock.buckets(round),
    engine: workshop.engine.name,
    device: workshop.engine.device,
    metrics: run.history.at(-1)?.values ?? {},
    ...(workshop.scorer && { scorer: workshop.scorer.description }),
    ...(workshop.dataset.origin && { origin: workshop.dataset.origin }),
    ...provenance(),
    finishedAt: new Date().toISOString(),
  };
}

const round = (seconds: number): number => Math.round(seconds * 1e3) / 1e3;

/** What a checkpoint holds, while the trial runs. */
interface Run {
  step: number;
  /** Seconds of earlier sittings. */
  readonly elapsed: number;
  readonly history: HistoryRow[];
  readonly recorders: Recorders;
}

/** From the checkpoint, unless it lacks what is to be recorded: an unfinished trial that is now to be filmed starts again. */
async function start(trial: PlannedTrial, workshop: Workshop, folder: string): Promise<Run> {
  const checkpoint = await loadCheckpoint(trial, folder);
  const recorders = new Recorders(trial, workshop);
  if (checkpoint === undefined || !recorders.restore(checkpoint.arrays, checkpoint.step)) {
    workshop.step.load(workshop.initialState);
    return { step: 0, elapsed: 0, history: [], recorders: new Recorders(trial, workshop) };
  }
  workshop.step.load(checkpoint.arrays);
  return { step: checkpoint.step, elapsed: checkpoint.elapsed, history: [...checkpoint.history], recorders };
}

/** A checkpoint that is damaged or of another trial costs this trial its head start, and nothing else. */
async function loadCheckpoint(trial: PlannedTrial, folder: string): Promise<Checkpoint | undefined> {
  const path = join(folder, 'checkpoint');
  try {
    const checkpoint = decodeCheckpoint(await readFile(path));
    if (checkpoint.hash !== trial.hash) throw new Error('the checkpoint is of another trial');
    return checkpoint;
  } catch (error) {
    if (isMissing(error)) return undefined;
    process.emitWarning(`${path}: ${(error as Error).message}; the trial starts again`);
    await rm(path, { force: true });
    return undefined;
  }
}

async function saveCheckpoint(
  trial: PlannedTrial,
  run: Run,
  workshop: Workshop,
  folder: string,
  clock: Clock,
): Promise<void> {
  const { step, history, recorders } = run;
  const elapsed = run.elapsed + clock.total();
  const arrays = { ...workshop.step.state(), ...recorders.arrays() };
  const bytes = encodeCheckpoint({ hash: trial.hash, step, elapsed, history, arrays });
  await writeWhole(join(folder, 'checkpoint'), bytes);
}

/** Losses of the step just done, and every metric: of the averaged weights, and under `raw.` of the weights themselves. */
async function evaluate({ step, observer }: Workshop, outputs: Arrays, clock: Clock): Promise<Values> {
  return clock.time('evaluate', async () => {
    const state = step.state();
    const measured = async (parameters: Float32Array) => observer.measure(await observer.inputs(parameters));
    const losses = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, value[0] ?? Number.NaN]));
    const raw = state.average ? await measured(rawWeights(state).players) : {};
    // Last, so that the observer still has it when the trial's files are written.
    const evaluated = await measured(evaluatedWeights(state).players);
    const named = Object.entries(raw).map(([name, value]) => [`raw.${name}`, value]);
    return { ...losses, ...evaluated, ...Object.fromEntries(named) };
  });
}
