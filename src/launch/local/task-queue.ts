/**
 * The trials that are still to run, in the plan's order, one by one or as many at once as may be stacked; those that another
 * run holds come last and are asked for again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedTrial } from '../../experiment/plan.ts';

/** Milliseconds before a trial that another run holds is asked for again. */
const askAgainAfter = 500;

export interface TrialQueue {
  /**
   * The next trials to ask for, which may be stacked where there are several; waits while only postponed ones are left;
   * `undefined` at the end or once the signal aborts.
   */
  next(): Promise<readonly PlannedTrial[] | undefined>;
  /** Puts a trial off; true the first time. */
  postpone(trial: PlannedTrial): boolean;
}

export interface Stacking {
  /** The most trials at once. */
  readonly most: number;
  /** Equal for trials that may be stacked; undefined for one that is not. */
  readonly keyOf: (trial: PlannedTrial) => string | undefined;
}

export function openQueue(
  trials: readonly PlannedTrial[],
  signal: AbortSignal,
  { most, keyOf }: Stacking = { most: 1, keyOf: () => undefined },
): TrialQueue {
  const keyed = (trial: PlannedTrial) => ({ trial, key: most > 1 ? keyOf(trial) : undefined });
  const ready = trials.map(keyed);
  const postponed: { readonly trial: PlannedTrial; readonly until: number }[] = [];
  const known = new Set<string>();

  /** The first of those that are ready and have this key, as many as a stack has room for beside one. */
  function companionsOf(key: string): PlannedTrial[] {
    const companions: PlannedTrial[] = [];
    for (let at = 0; at < ready.length && companions.length < most - 1; ) {
      if (ready[at]?.key === key) companions.push(...ready.splice(at, 1).map(({ trial }) => trial));
      else at += 1;
    }
    return companions;
  }

  return {
    next: async () => {
      for (;;) {
        if (signal.aborted) return undefined;
        const next = ready.shift();
        if (next) return [next.trial, ...(next.key === undefined ? [] : companionsOf(next.key))];
        const first = postponed.shift();
        if (!first) return undefined;
        const wait = first.until - performance.now();
        // Waiting is cut short by the abort, which the loop then sees.
        if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => {});
        ready.push(keyed(first.trial));
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
