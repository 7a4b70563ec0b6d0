/** Tracks the progress of a run from its events: counts, running trials, time left. */
import { mean } from '../../base/statistics.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import type { Status } from '../../store/record.ts';
import { builtInColumns, type Columns } from '../../summary/column-info.ts';
import type { Progress } from '../../trial/run-trial.ts';
import { headline, trialLabel } from './trial-text.ts';

export interface ActiveTrial {
  readonly label: string;
  readonly progress: Progress | undefined;
  /** The figure to watch; '' before there is one. */
  readonly headline: string;
  /** Seconds; NaN before the first report. */
  readonly secondsLeft: number;
}

/** Seconds. What a trial takes besides its steps outweighs an estimate of less that knows its steps alone. */
const leastCredible = 10;

export class RunProgress {
  readonly total: number;
  /** Trials that have a record, whoever made it and when. */
  readonly counts: Record<Status, number> = { done: 0, diverged: 0, failed: 0 };
  readonly #swept: readonly string[];
  readonly #columns: Columns;
  /** Trials that run at once. */
  #slots: number;
  readonly #open: Map<string, PlannedTrial>;
  readonly #active = new Map<string, { readonly trial: PlannedTrial; readonly progress: Progress | undefined }>();
  /** Ids of trials that were given back and wait. */
  readonly #waiting = new Set<string>();
  /** Whether a trial has ended here, so that what one takes besides its steps is known. */
  #hasTimed = false;
  /** By method. */
  readonly #secondsAStep = new Map<string, number>();

  /** @param swept the paths whose values tell trials apart. @param slots trials that run at once. @param columns of metrics. */
  constructor(
    trials: readonly PlannedTrial[],
    swept: readonly string[],
    slots: number,
    columns: Columns = builtInColumns,
  ) {
    this.total = trials.length;
    this.#open = new Map(trials.map((trial) => [trial.id, trial]));
    this.#swept = swept;
    this.#slots = slots;
    this.#columns = columns;
  }

  /** What views call a trial. */
  label(trial: PlannedTrial): string {
    return trialLabel(trial, this.#swept);
  }

  get active(): readonly ActiveTrial[] {
    const shown = [...this.#active.values()].filter(({ trial }) => !this.#waiting.has(trial.id));
    return shown.map(({ trial, progress }) => ({
      label: this.label(trial),
      progress,
      headline: headline(progress?.metrics ?? {}, this.#columns),
      secondsLeft: progress ? (progress.steps - progress.step) / progress.stepsPerSecond : Number.NaN,
    }));
  }

  /** An estimate for all that is left; NaN while nothing was measured, or nobody is there to run it. */
  get secondsLeft(): number {
    if (this.#slots === 0) return Number.NaN;
    const each = [...this.#open.values()].map((trial) => this.#remaining(trial));
    const all = each.reduce((sum, seconds) => sum + seconds, 0);
    // Never less than the longest trial: it is not divided among the workers.
    const left = Math.max(all / this.#slots, ...each);
    return !this.#hasTimed && left > 0 && left < leastCredible ? Number.NaN : left;
  }

  on(event: LaunchEvent): void {
    switch (event.kind) {
      case 'started':
        this.#waiting.delete(event.trial.id);
        this.#active.set(event.trial.id, { trial: event.trial, progress: undefined });
        break;
      case 'progress':
        this.#active.set(event.trial.id, { trial: event.trial, progress: event.progress });
        if (event.progress.stepsPerSecond > 0)
          this.#secondsAStep.set(event.trial.spec.method, 1 / event.progress.stepsPerSecond);
        break;
      case 'ended':
      case 'found':
        this.#active.delete(event.trial.id);
        this.#open.delete(event.trial.id);
        this.counts[event.record.status] += 1;
        if (event.kind === 'ended' && event.record.status === 'done' && event.record.steps > 0) {
          this.#secondsAStep.set(event.trial.spec.method, event.record.wallSeconds / event.record.steps);
          this.#hasTimed = true;
        }
        break;
      case 'died':
        this.#active.set(event.trial.id, { trial: event.trial, progress: undefined });
        break;
      case 'waiting':
        this.#waiting.add(event.trial.id);
        break;
      case 'slots':
        this.#slots = event.count;
        break;
      case 'elsewhere':
      case 'faulted':
      case 'refused':
      case 'notice':
        break;
      default:
        event satisfies never;
    }
  }

  #remaining(trial: PlannedTrial): number {
    const step = this.#active.get(trial.id)?.progress?.step ?? 0;
    const secondsAStep = this.#secondsAStep.get(trial.spec.method) ?? mean([...this.#secondsAStep.values()]);
    return (trial.spec.training.steps - step) * secondsAStep;
  }
}

/** `12 of 30 done, 1 diverged`. */
export function countsText({ total, counts }: Pick<RunProgress, 'total' | 'counts'>): string {
  const others = (['diverged', 'failed'] as const).filter((status) => counts[status] > 0);
  return [`${counts.done} of ${total} done`, ...others.map((status) => `${counts[status]} ${status}`)].join(', ');
}
