/**
 * Queues the trials that are still to run, in the plan's order, one by one or as many at once as may train as one program.
 * Those that another run holds come last and are asked for again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedTrial } from '../../experiment/plan.ts';

/** Milliseconds before a trial that another run holds is asked for again. */
const askAgainAfter = 500;

export interface Grouping {
  /** The most trials at once. */
  readonly most: number;
  /** Equal for trials that may train as one program; undefined for one that may not. */
  readonly keyOf: (trial: PlannedTrial) => string | undefined;
}

interface Keyed {
  readonly trial: PlannedTrial;
  readonly key: string | undefined;
}

export class TaskQueue {
  readonly #signal: AbortSignal;
  readonly #grouping: Grouping;
  readonly #ready: Keyed[];
  readonly #postponed: { readonly trial: PlannedTrial; readonly until: number }[] = [];
  readonly #known = new Set<string>();

  constructor(trials: readonly PlannedTrial[], signal: AbortSignal, grouping: Grouping) {
    this.#signal = signal;
    this.#grouping = grouping;
    this.#ready = trials.map((trial) => this.#keyed(trial));
  }

  /**
   * The next trials to ask for, which may train as one program where there are several; waits while only postponed ones are
   * left; `undefined` at the end or once the signal aborts.
   */
  async next(): Promise<readonly PlannedTrial[] | undefined> {
    while (!this.#signal.aborted) {
      const next = this.#ready.shift();
      if (next) return [next.trial, ...(next.key === undefined ? [] : this.#takeLike(next.key))];
      const first = this.#postponed.shift();
      if (!first) return undefined;
      const wait = first.until - performance.now();
      // The abort ends the wait, and the loop then sees it.
      if (wait > 0) await sleep(wait, undefined, { signal: this.#signal }).catch(() => {});
      this.#ready.push(this.#keyed(first.trial));
    }
    return undefined;
  }

  /** Puts a trial off; true the first time. */
  postpone(trial: PlannedTrial): boolean {
    this.#postponed.push({ trial, until: performance.now() + askAgainAfter });
    const isNew = !this.#known.has(trial.id);
    this.#known.add(trial.id);
    return isNew;
  }

  #keyed(trial: PlannedTrial): Keyed {
    const { most, keyOf } = this.#grouping;
    return { trial, key: most > 1 ? keyOf(trial) : undefined };
  }

  /** The first of those that are ready and have this key, as many as a group has room for beside one. */
  #takeLike(key: string): PlannedTrial[] {
    const taken: PlannedTrial[] = [];
    for (let at = 0; at < this.#ready.length && taken.length < this.#grouping.most - 1; ) {
      if (this.#ready[at]?.key === key) taken.push(...this.#ready.splice(at, 1).map(({ trial }) => trial));
      else at += 1;
    }
    return taken;
  }
}
