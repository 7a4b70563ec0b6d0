/** Shows a run while it trains: what its launch tells, and the files of trials that have ended. */

import type { PlannedTrial } from '../experiment/plan.ts';
import type { LaunchEvent, TrialEvent } from '../launch/events.ts';
import { type ReportKinds, reportKinds } from '../report/kinds.ts';
import { openTrial } from '../report/trial-files.ts';
import type { HistoryRow } from '../store/history.ts';
import type { Metadata } from '../store/metadata.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import type { Progress } from '../trial/run-trial.ts';
import type { Glimpse } from '../trial/watcher.ts';
import { Board } from './board.ts';
import type { Shot } from './film.ts';
import { framePicture, pointsPicture, sheetPicture } from './picture.ts';
import type { Shown, Source } from './source.ts';
import type { Seen } from './summary.ts';
import { unfinishedTrial } from './unfinished-trial.ts';
import type { ExperimentLine, Picture } from './wire.ts';

/** Of the coordinator's time: on a full machine it is the run's. */
const share = 0.005;

/** What is known of a trial that has no record yet. */
interface AtWork {
  readonly trial: PlannedTrial;
  readonly history: readonly HistoryRow[];
  readonly glimpse?: Glimpse;
  /** What was seen of it so far, thinned. */
  readonly shots: readonly Shot[];
}

export interface Watched {
  readonly store: Store;
  /** What the store is told of the experiment. */
  readonly metadata: Metadata;
  readonly trials: readonly PlannedTrial[];
}

export class WatchedRun implements Source {
  readonly #store: Store;
  readonly #board: Board;
  readonly #claim: string;
  readonly #kinds: ReportKinds;
  readonly #atWork = new Map<string, AtWork>();

  constructor({ store, metadata, trials }: Watched) {
    const kinds = reportKinds(metadata);
    const { claim } = metadata;
    this.#store = store;
    this.#kinds = kinds;
    this.#claim = claim;
    const told = { experiment: store.experiment, claim, problems: [] };
    this.#board = new Board(
      told,
      kinds,
      async (id) => this.#pictureOf(id),
      share,
      (id) => this.#atWork.get(id)?.shots ?? [],
    );
    for (const trial of trials) this.#atWork.set(trial.id, { trial, history: [], shots: [] });
    this.#board.replace(
      [...this.#atWork.values()].map((one) => this.#waiting(one)),
      told,
      kinds,
    );
  }

  async experiments(): Promise<readonly ExperimentLine[]> {
    return [{ name: this.#store.experiment, trials: this.#board.wall().trials.length, claim: this.#claim }];
  }

  async open(experiment: string): Promise<Shown | undefined> {
    return experiment === this.#store.experiment ? this.#board : undefined;
  }

  /** Trials of a further run: those that were shown before stay as they are. */
  add(trials: readonly PlannedTrial[]): void {
    for (const trial of trials) {
      if (this.#board.get(trial.id) !== undefined) continue;
      const one = { trial, history: [], shots: [] };
      this.#atWork.set(trial.id, one);
      this.#board.put(this.#waiting(one));
    }
  }

  /** Takes what the launch tells. */
  on(event: LaunchEvent): void {
    switch (event.kind) {
      case 'found':
      case 'ended':
        this.#end(event.trial, event.record);
        break;
      case 'started':
      case 'died':
        this.#begin(event.trial);
        break;
      case 'progress':
        this.#goOn(event);
        break;
      case 'waiting': {
        const one = this.#atWork.get(event.trial.id);
        if (one) this.#board.put(this.#waiting(one));
        break;
      }
      case 'elsewhere':
      case 'refused':
      case 'faulted':
      case 'slots':
      case 'notice':
        break;
      default:
        event satisfies never;
    }
  }

  /** Nothing comes any more. */
  end(): Promise<void> {
    return this.#board.tellNow();
  }

  #begin(trial: PlannedTrial): void {
    const one = { trial, history: [], shots: [] };
    this.#atWork.set(trial.id, one);
    this.#board.put({ ...this.#waiting(one), state: 'running', version: 'running' });
  }

  #goOn({ trial, progress }: Extract<TrialEvent, { kind: 'progress' }>): void {
    const { history = [], glimpse: before, shots = [] } = this.#atWork.get(trial.id) ?? {};
    const glimpse = progress.glimpse ?? before;
    const seen = progress.glimpse?.kind === 'frame' ? thinned([...shots, progress.glimpse]) : shots;
    const one = { trial, history: longer(history, trial, progress), shots: seen, ...(glimpse && { glimpse }) };
    this.#atWork.set(trial.id, one);
    this.#board.put({
      ...this.#waiting(one),
      state: 'running',
      step: progress.step,
      stepsPerSecond: progress.stepsPerSecond,
      values: progress.metrics,
      version: `running ${glimpse ? stepOf(glimpse) : ''}`,
    });
  }

  #end(trial: PlannedTrial, record: TrialRecord): void {
    this.#atWork.delete(trial.id);
    const { status, steps, metrics, finishedAt } = record;
    // A fault of its files is no fault of the run: its panel says that there is nothing.
    const files = openTrial(record, this.#store.folder(record.id), this.#kinds.truthOf, () => {});
    this.#board.put({ trial: files, state: status, step: steps, values: metrics, version: `${status} ${finishedAt}` });
  }

  #waiting({ trial, history }: AtWork): Seen {
    const { id, hash, spec, preset, varied } = trial;
    const known = { ...{ id, hash, spec, preset, varied, history }, steps: history.at(-1)?.step ?? 0 };
    const shown = unfinishedTrial(known, this.#kinds.truthOf(spec.data));
    return { trial: shown, state: 'waiting', step: 0, values: {}, version: 'waiting' };
  }

  async #pictureOf(id: string): Promise<Picture> {
    const { trial, glimpse } = this.#atWork.get(id) ?? {};
    if (trial === undefined || glimpse === undefined) return { kind: 'none', why: 'nothing to see yet' };
    if (glimpse.kind === 'frame') return framePicture(glimpse.film, glimpse.frame, trial.spec.loss);
    if (glimpse.kind === 'points') return pointsPicture(glimpse, this.#kinds.truthOf(trial.spec.data), trial.spec);
    return sheetPicture(glimpse);
  }
}

/** Shots of a trial that are kept: when there are more, every other one goes, and the newest stays. */
const mostShots = 120;
const thinned = (shots: readonly Shot[]): readonly Shot[] =>
  shots.length <= mostShots ? shots : shots.filter((_, at) => (shots.length - 1 - at) % 2 === 0);

const stepOf = (glimpse: Glimpse): number => (glimpse.kind === 'frame' ? glimpse.frame.step : glimpse.step);

/** With the row of an evaluation that was not there before. */
function longer(
  history: readonly HistoryRow[],
  { spec }: PlannedTrial,
  { step, metrics }: Progress,
): readonly HistoryRow[] {
  const { every } = spec.evaluation;
  const evaluated = step === spec.training.steps ? step : Math.floor(step / every) * every;
  const isNew = Object.keys(metrics).length > 0 && evaluated > (history.at(-1)?.step ?? 0);
  return isNew ? [...history, { step: evaluated, values: metrics }] : history;
}
