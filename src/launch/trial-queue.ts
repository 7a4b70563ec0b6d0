/** The trials that are still to run, in the plan's order; those that another run holds come last and are asked for again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedTrial } from '../experiment/plan.ts';

/** Milliseconds before a trial that another run holds is asked for again. */
const askAgainAfter = 500;

export interface TrialQueue {
  /** The next trial to ask for; waits while only postponed ones are left; `undefined` at the end or once the signal aborts. */
  next(): Promise<PlannedTrial | undefined>;
  /** Puts a trial off; true the first time. */
  postpone(trial: PlannedTrial): boolean;
}

export function openQueue(trials: readonly PlannedTrial[], signal: AbortSignal): TrialQueue {
  const ready = [...trials];
  const postponed: { readonly trial: PlannedTrial; readonly until: number }[] = [];
  const known = new Set<string>();

  return {
    next: async () => {
      for (;;) {
        if (signal.aborted) return undefined;
        const trial = ready.shift();
        if (trial) return trial;
        const first = postponed.shift();
        if (!first) return undefined;
        const wait = first.until - performance.now();
        // Waiting is cut short by the abort, which the loop then sees.
        if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
        ready.push(first.trial);
      }
    },
    postpone: (trial) => {
      postponed.push({ trial, until: performance.now() + askAgainAfter });
      const isNew = !known.has(trial.id);
      known.add(trial.id);
      return isNew;
    },
  };
}
