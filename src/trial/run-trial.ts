/**
 * Runs one trial from its resolved spec to its record: trains, evaluates, writes checkpoints and its files into its own folder.
 * A launcher decides which trials run where, and writes the store's tables.
 */
import { join } from 'node:path';
import { setImmediate as turnOver } from 'node:timers/promises';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { trialId } from '../catalogue/identity.ts';
import { writeWhole } from '../disk/files.ts';
import type { Arrays } from '../engine/engine.ts';
import { catalogueFor } from '../experiment/load.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { EvaluationInputs, ScorerOutputs, Values } from '../metrics/evaluation-inputs.ts';
import { unusable } from '../metrics/unusable.ts';
import { type Checkpoint, encodeCheckpoint } from '../store/checkpoint.ts';
import type { HistoryRow } from '../store/history.ts';
import type { TrialRecord } from '../store/record.ts';
import { begin, checkpointKey, dropCheckpoint, type Ground } from './begin.ts';
import { Callbacks } from './callbacks.ts';
import { Clock } from './clock.ts';
import { type Evaluation, writeArtefacts } from './outputs/artefacts.ts';
import { provenance } from './outputs/provenance.ts';
import { evaluatedWeights, rawWeights } from './probe.ts';
import { hasOtherColumns, whyUnfit } from './resume.ts';
import type { TrialSetup } from './setup.ts';
import { type Glimpse, Watcher } from './watcher.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** Of the latest evaluation; empty before the first. */
  readonly metrics: Values;
  /** What the trial looks like; now and then, where it is watched. */
  readonly glimpse?: Glimpse;
}

/** Its folder exists, and is the trial's own. */
export interface TrialContext extends Ground {
  /** Where the kinds of the trial's spec are found; absent: the project's own. */
  readonly catalogue?: Catalogue;
  readonly onProgress: (progress: Progress) => void;
  /** Least seconds between checkpoints, which are written at evaluations only: no numbers depend on when. */
  readonly checkpointSeconds?: number;
  /** Whether somebody watches: reports of progress then bring glimpses. Changes no number. */
  readonly watched?: boolean;
  /** Ends the trial before its next step: it writes a checkpoint and throws TrialStopped. */
  readonly signal?: AbortSignal;
}

/** Milliseconds of training after which the process looks at its messages: steps of machine code settle at once and leave it no turn. */
const turnEvery = 100;

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
  const { setup, checkpoint, reason: because } = await begin(trial, context, catalogue, clock);
  let run = await start(trial, setup, checkpoint, context.folder, clock);
  const { spec } = trial;
  const { checkpointSeconds = 2 } = context;
  const watcher = context.watched ? new Watcher(setup, spec) : undefined;
  let saved = performance.now();
  let turned = saved;
  let resumedAt = run.step;
  let outputs: Arrays = {};
  let reason: string | undefined;
  while (run.step < spec.training.steps && reason === undefined) {
    if (performance.now() - turned >= turnEvery) {
      await turnOver();
      turned = performance.now();
    }
    if (context.signal?.aborted) {
      await saveCheckpoint(trial, run, setup, context.folder, clock);
      throw new TrialStopped(`${trial.id} was stopped at step ${run.step}`);
    }
    outputs = await clock.time('train', () => setup.step.run(setup.batches.draw(run.step)));
    run.step += setup.stepsPerRun;
    await run.callbacks.afterStep(run.step, outputs, clock);
    const bad = Object.entries(outputs).find(([, value]) => !value.every(Number.isFinite))?.[0];
    if (bad !== undefined) reason = `${bad} is not finite at step ${run.step}`;
    if (reason === undefined && (run.step % spec.evaluation.every === 0 || run.step === spec.training.steps)) {
      run.evaluation = undefined; // makes room for the next one
      const { values, inputs } = await evaluate(setup, outputs, clock);
      if (resumedAt > 0 && hasOtherColumns(run.history, values)) {
        await dropCheckpoint(context.folder, 'its learning curve has other columns than the trial');
        run = await start(trial, setup, undefined, context.folder, clock);
        resumedAt = 0;
        continue;
      }
      run.history.push({ step: run.step, values });
      run.evaluation = { step: run.step, inputs };
      if (performance.now() - saved >= checkpointSeconds * 1e3 && run.step < spec.training.steps) {
        await clock.time('write', () => saveCheckpoint(trial, run, setup, context.folder, clock));
        saved = performance.now();
      }
    }
    const seconds = clock.seconds('train') + clock.seconds('evaluate');
    const glimpse = await watcher?.look(run.step, run.evaluation);
    context.onProgress({
      step: run.step,
      steps: spec.training.steps,
      stepsPerSecond: (run.step - resumedAt) / Math.max(seconds, 1e-9),
      metrics: run.history.at(-1)?.values ?? {},
      ...(glimpse && { glimpse }),
    });
  }
  await clock.time('write', () => writeArtefacts(setup, trial, run, context.folder));
  return {
    id: trialId(spec, trial.hash, setup.origin),
    hash: trial.hash,
    spec,
    preset: trial.preset,
    varied: trial.varied,
    status: reason === undefined ? 'done' : 'diverged',
    ...(reason !== undefined && { reason }),
    steps: run.step,
    wallSeconds: round(run.elapsed + clock.total()),
    ...(setup.stack > 0 && { stack: setup.stack }),
    ...(setup.model.packing > 1 && { packing: setup.model.packing }),
    timings: clock.buckets(round),
    ...(setup.step.flops !== undefined && { flops: setup.step.flops * run.step }),
    engine: setup.engine.name,
    device: setup.engine.device,
    ...(because !== undefined && { because }),
    metrics: run.history.at(-1)?.values ?? {},
    ...(setup.scorer && { scorer: setup.scorer.description }),
    ...unusableOf(run.evaluation?.inputs.scored),
    ...(setup.origin && { origin: setup.origin }),
    ...provenance(),
    finishedAt: new Date().toISOString(),
  };
}

/** What the record says of a scorer that gave no numbers. */
function unusableOf(scored: ScorerOutputs | undefined): Pick<TrialRecord, 'unusable'> {
  if (scored === undefined) return {};
  const { generated, real, secondReal } = scored;
  const [own, first, second] = [generated, real, secondReal].map((output) => unusable(output).pictures);
  if (!own && !first && !second) return {};
  const [how] = [generated, real, secondReal].flatMap((output) => output?.impossible ?? []);
  return { unusable: { generated: own ?? 0, real: first ?? 0, realAgainstReal: second ?? 0, ...how } };
}

const round = (seconds: number): number => Math.round(seconds * 1e3) / 1e3;

/** What a checkpoint holds, while the trial runs. */
interface Run {
  step: number;
  /** Seconds of earlier sittings. */
  readonly elapsed: number;
  readonly history: HistoryRow[];
  readonly callbacks: Callbacks;
  /** The last one since the trial was started or resumed. */
  evaluation?: Evaluation | undefined;
}

/** From the checkpoint, unless it lacks what is to be recorded: an unfinished trial that is now to be filmed starts again. */
async function start(
  trial: PlannedTrial,
  setup: TrialSetup,
  checkpoint: Checkpoint | undefined,
  folder: string,
  clock: Clock,
): Promise<Run> {
  const callbacks = new Callbacks(trial, setup);
  const fault = checkpoint && (whyUnfit(checkpoint, trial.spec, setup) ?? callbacks.restore(checkpoint));
  if (checkpoint === undefined || fault !== undefined) {
    if (fault !== undefined) await dropCheckpoint(folder, fault);
    setup.step.load(setup.initialState);
    const fresh = new Callbacks(trial, setup);
    await fresh.afterStep(0, undefined, clock);
    return { step: 0, elapsed: 0, history: [], callbacks: fresh };
  }
  setup.step.load(checkpoint.arrays);
  return { step: checkpoint.step, elapsed: checkpoint.elapsed, history: [...checkpoint.history], callbacks };
}

async function saveCheckpoint(
  trial: PlannedTrial,
  run: Run,
  setup: TrialSetup,
  folder: string,
  clock: Clock,
): Promise<void> {
  const { step, history, callbacks } = run;
  const elapsed = run.elapsed + clock.total();
  const arrays = { ...setup.step.state(), ...callbacks.arrays() };
  const bytes = encodeCheckpoint({
    ...{ hash: checkpointKey(trial), engine: setup.engine.name },
    ...{ step, elapsed, history, arrays },
  });
  await writeWhole(join(folder, 'checkpoint'), bytes);
}

/**
 * Losses of the step just done, and every metric: of the averaged weights, and under `raw.` of the weights themselves; with
 * what the metrics of the averaged weights were computed from.
 */
async function evaluate(
  { step, evaluator }: TrialSetup,
  outputs: Arrays,
  clock: Clock,
): Promise<{ readonly values: Values; readonly inputs: EvaluationInputs }> {
  return clock.time('evaluate', async () => {
    const state = step.state();
    const losses = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, value[0] ?? Number.NaN]));
    const raw = state.average ? evaluator.compute(await evaluator.inputs(rawWeights(state).players)) : {};
    const inputs = await evaluator.inputs(evaluatedWeights(state).players);
    const named = Object.entries(raw).map(([name, value]) => [`raw.${name}`, value]);
    return { inputs, values: { ...losses, ...evaluator.compute(inputs), ...Object.fromEntries(named) } };
  });
}
