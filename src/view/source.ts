/** What the server shows: experiments by name, and of each its wall and the pictures of its trials. */
import type { StoredTrial } from './play/subject.ts';
import type { Curve, ExperimentLine, Leaderboard, Panel, TrialFilm, Wall } from './wire.ts';

export interface Shown {
  /** Counts up whenever the wall is another than before. */
  readonly version: number;
  wall(): Wall;
  /** `undefined` for a trial that is not there. */
  panel(id: string): Promise<Panel | undefined>;
  /** All that is known of a trial, to be played; `undefined` for one that is not there. */
  film(id: string): Promise<TrialFilm | undefined>;
  /** What was measured and logged of a trial, with nothing to be drawn; `undefined` for one that is not there. */
  curves(id: string): readonly Curve[] | undefined;
  /** Calls `changed` after every change until it is told to stop. */
  watch(changed: () => void): () => void;
}

export interface Source {
  experiments(): Promise<readonly ExperimentLine[]>;
  /** `undefined` for a name that is not there. */
  open(experiment: string): Promise<Shown | undefined>;
  /** Over all experiments; absent where there is one alone. */
  leaderboard?(): Promise<Leaderboard>;
  /** A trial that can be played on; absent where the machine is a run's. */
  trial?(experiment: string, id: string): Promise<StoredTrial | undefined>;
}
