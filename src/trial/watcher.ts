/**
 * Looks at a trial while it trains, for whoever watches: the frame of a film, or a sheet of the samples that were evaluated
 * last. It changes no number and writes nothing, and takes no more than its share of the trial's time.
 */
import { firstPoints, type Points } from '../base/points.ts';
import { processorTime } from '../base/processor-time.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Film, Frame } from '../store/film-file.ts';
import type { Evaluation } from './outputs/artefacts.ts';
import { FilmRecorder } from './outputs/film-recorder.ts';
import { type SheetLook, sheetLook } from './outputs/sheet-look.ts';
import { rawWeights } from './probe.ts';
import type { TrialSetup } from './setup.ts';

export type Glimpse =
  | { readonly kind: 'frame'; readonly film: Omit<Film, 'frames'>; readonly frame: Frame }
  | ({ readonly kind: 'sheet' } & SheetLook)
  /** Points of so many dimensions that no film is taken of them: the first that were evaluated, `[count, dim]`. */
  | { readonly kind: 'points'; readonly step: number; readonly real: Float32Array; readonly generated: Float32Array };

/** Of the trial's own processor time: on a full machine it has less than the clock says. */
const share = 0.005;
/** Milliseconds between two looks, however quick they are. */
const every = 250;
const mostPoints = 600;
const sheet = { columns: 6, rows: 6, side: 32 };

export class Watcher {
  readonly #setup: TrialSetup;
  readonly #recorder: FilmRecorder | undefined;
  /** Milliseconds, by `performance.now()` and by `processorTime`: no look before both. */
  #next = 0;
  #due = 0;
  #shown = -1;

  constructor(setup: TrialSetup, spec: ResolvedSpec) {
    const { kind, probe, dataset, axes } = setup;
    this.#setup = setup;
    this.#recorder = kind && probe && new FilmRecorder({ probe, dataset, axes }, kind, spec, []);
  }

  /** `undefined` where there is nothing new, or a look would be too soon. */
  async look(step: number, evaluation: Evaluation | undefined): Promise<Glimpse | undefined> {
    const now = performance.now();
    if (now < this.#next) return undefined;
    const began = processorTime();
    if (began < this.#due) {
      // Asking costs as much as a small step does: no sooner again than one thread can have worked so long.
      this.#next = now + this.#due - began;
      return undefined;
    }
    const glimpse = this.#recorder ? await this.#frame(this.#recorder, step) : await this.#evaluated(evaluation);
    if (glimpse) {
      this.#next = performance.now() + every;
      this.#due = began + (processorTime() - began) / share;
    }
    return glimpse;
  }

  async #frame(recorder: FilmRecorder, step: number): Promise<Glimpse> {
    const frame = await recorder.take(step, rawWeights(this.#setup.step.state()));
    return { kind: 'frame', film: recorder.reel, frame };
  }

  async #evaluated(evaluation: Evaluation | undefined): Promise<Glimpse | undefined> {
    if (evaluation === undefined || evaluation.step === this.#shown) return undefined;
    const { step, inputs } = evaluation;
    this.#shown = step;
    const { generated, real, dataset } = inputs;
    if (dataset.shape.length === 1) {
      const first = (points: Points) => firstPoints(points, mostPoints).values;
      return generated && { kind: 'points', step, real: first(real), generated: first(generated) };
    }
    const look = await sheetLook(inputs, step, sheet);
    return look && { kind: 'sheet', ...look };
  }
}
