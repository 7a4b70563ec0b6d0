/**
 * What records a trial while it trains: the log of losses, and the camera where it is filmed. One thing to the training
 * loop and to its checkpoints; neither changes a number of the training.
 */
import type { Arrays } from '../engine/engine.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { Clock } from './clock.ts';
import { FilmRecorder } from './outputs/film-recorder.ts';
import { filmSteps } from './outputs/film-steps.ts';
import { LossLog } from './outputs/loss-log.ts';
import { rawWeights } from './probe.ts';
import type { Workshop } from './setup.ts';

export class Recorders {
  readonly losses: LossLog;
  readonly film?: FilmRecorder;
  readonly #workshop: Workshop;

  constructor({ spec, film }: PlannedTrial, workshop: Workshop) {
    const { kind, probe, dataset, axes, stepsPerRun } = workshop;
    const { steps } = spec.training;
    this.#workshop = workshop;
    this.losses = new LossLog(steps, stepsPerRun);
    if (film && kind && probe) {
      this.film = new FilmRecorder({ probe, dataset, axes }, kind, spec, filmSteps(steps, film.frames, stepsPerRun));
    }
  }

  /** Looks at the state after `step` steps; `outputs` are those of the last of them, absent before the first. */
  async look(step: number, outputs: Arrays | undefined, clock: Clock): Promise<void> {
    if (outputs) this.losses.record(step, outputs);
    const { film } = this;
    if (film?.wants(step)) await clock.time('film', () => film.shoot(step, rawWeights(this.#workshop.step.state())));
  }

  /** For the checkpoint. */
  arrays(): Arrays {
    return { ...this.losses.arrays(), ...this.film?.arrays() };
  }

  /** Takes up what a checkpoint after `step` steps holds; false where that is not all that would have been recorded. */
  restore(arrays: Arrays, step: number): boolean {
    return this.losses.restore(arrays) && (this.film?.restore(arrays, step) ?? true);
  }
}
