/** Tracks the progress of a run from its events: counts, running trials, time left. */
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import type { Status } from '../../store/record.ts';
import type { Progress } from '../../trial/run-trial.ts';
import { trialLabel } from './trial-text.ts';

export interface ActiveTrial {
  readonly label: string;
  readonly progress: Progress | undefined;
  /** Seconds; NaN before the first report. */
  readonly secondsLeft: number;
}

export interface Watch {
  readonly total: number;
  /** Trials that have a record, whoever made it and when. */
  readonly counts: Readonly<Record<Status, number>>;
  readonly active: readonly ActiveTrial[];
  /** What views call a trial. */
  readonly label: (trial: PlannedTrial) => string;
  /** An estimate for all that is left; NaN while nothing was measured. */
  readonly secondsLeft: number;
  readonly on: (event: LaunchEvent) => void;
}

/** `jobs` is how many trials run at once; `swept` are the paths whose values tell trials apart. */
export function openWatch(trials: readonly PlannedTrial[], jobs: number, swept: readonly string[]): Watch {
  const label = (trial: PlannedTrial) => trialLabel(trial, swept);
  const counts: Record<Status, number> = { done: 0, diverged: 0, failed: 0 };
  const active = new Map<string, { trial: PlannedTrial; progress: Progress | undefined }>();
  const open = new Map(trials.map((trial) => [trial.id, trial]));
  const secondsAStep = new Map<string, number>();

  const remaining = (trial: PlannedTrial, step: number) => {
    const known = secondsAStep.get(trial.spec.method) ?? average([...secondsAStep.values()]);
    return (trial.spec.training.steps - step) * known;
  };

  return {
    total: trials.length,
    counts,
    label,
    get active() {
      return [...active.values()].map(({ trial, progress }) => ({
        label: label(trial),
        progress,
        secondsLeft: progress ? (progress.steps - progress.step) / progress.stepsPerSecond : Number.NaN,
      }));
    },
    get secondsLeft() {
      const each = [...open.values()].map((trial) => remaining(trial, active.get(trial.id)?.progress?.step ?? 0));
      const all = each.reduce((sum, seconds) => sum + seconds, 0);
      // Never less than the longest trial: it is not divided among the workers.
      return Math.max(all / jobs, ...each);
    },
    on: (event) => {
      const { id, spec } = event.trial;
      switch (event.kind) {
        case 'started':
          active.set(id, { trial: event.trial, progress: undefined });
          break;
        case 'progress':
          active.set(id, { trial: event.trial, progress: event.progress });
          if (event.progress.stepsPerSecond > 0) secondsAStep.set(spec.method, 1 / event.progress.stepsPerSecond);
          break;
        case 'ended':
        case 'found':
          active.delete(id);
          open.delete(id);
          counts[event.record.status] += 1;
          if (event.kind === 'ended' && event.record.status === 'done' && event.record.steps > 0) {
            secondsAStep.set(spec.method, event.record.wallSeconds / event.record.steps);
          }
          break;
        case 'died':
          active.set(id, { trial: event.trial, progress: undefined });
          break;
        case 'elsewhere':
        case 'faulted':
          break;
        default:
          event satisfies never;
      }
    },
  };
}

/** `12 of 30 done, 1 diverged`. */
export function countsText({ total, counts }: Pick<Watch, 'total' | 'counts'>): string {
  const others = (['diverged', 'failed'] as const).filter((status) => counts[status] > 0);
  return [`${counts.done} of ${total} done`, ...others.map((status) => `${counts[status]} ${status}`)].join(', ');
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
