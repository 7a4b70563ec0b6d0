/**
 * Records a trial while it trains: the log of losses, and the film where it has one. The training loop and its checkpoints
 * see both as one; neither changes a number of the training.
 */
import type { Arrays } from '../engine/engine.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { Checkpoint } from '../store/checkpoint.ts';
import type { Clock } from './clock.ts';
import { FilmRecorder } from './outputs/film-recorder.ts';
import { filmSteps } from './outputs/film-steps.ts';
import { LossLog } from './outputs/loss-log.ts';
import { rawWeights } from './probe.ts';
import { commonRun, type TrialSetup } from './setup.ts';

/** Whether an array of a checkpoint is a callback's. */
export const isRecorded = (name: string): boolean => /^(log|film)\./.test(name);

export class Callbacks {
  readonly losses: LossLog;
  readonly film?: FilmRecorder;
  readonly #setup: TrialSetup;

  constructor({ spec, film }: PlannedTrial, setup: TrialSetup) {
    const { kind, probe, dataset, axes, stepsPerRun } = setup;
    const { steps } = spec.training;
    this.#setup = setup;
    this.losses = new LossLog(steps, stepsPerRun);
    if (film && kind && probe) {
      this.film = new FilmRecorder(
        { probe, dataset, axes },
        kind,
        spec,
        filmSteps(steps, film.frames, commonRun(spec)),
      );
    }
  }

  /** Called after `step` steps; `outputs` are those of the last of them, absent before the first. */
  async afterStep(step: number, outputs: Arrays | undefined, clock: Clock): Promise<void> {
    if (outputs) this.losses.record(step, outputs);
    const { film } = this;
    if (film?.wants(step)) await clock.time('film', () => film.shoot(step, rawWeights(this.#setup.step.state())));
  }

  /** For the checkpoint. */
  arrays(): Arrays {
    return { ...this.losses.arrays(), ...this.film?.arrays() };
  }

  /** Takes up what a checkpoint holds; a few words where that is not all that would have been recorded. */
  restore({ arrays, step }: Pick<Checkpoint, 'arrays' | 'step'>): string | undefined {
    if (!this.losses.restore(arrays, step)) return 'its losses are not those that are logged by then';
    return this.film?.restore(arrays, step) === false ? 'it has not all frames of the film' : undefined;
  }
}
