/**
 * Throttles work that shows the newest state and is requested again and again, such as writing a whole table after every
 * trial: after each run it rests in proportion to the run's duration, so that it takes no more than its share of the
 * time.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Throttle {
  /** Has the work done once more, as soon as it has rested; calls until then share it. Throws what the last run threw. */
  request(): void;
  /** Calls off what was requested, and waits for a run that has begun. What it throws is lost. */
  stop(): Promise<void>;
}

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Ends early where `signal` is aborted. */
  rest(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const systemClock: Clock = {
  now: () => performance.now(),
  rest: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => {}),
};

/** @param share of the time that the work may take, between 0 and 1. */
export function throttle(work: () => Promise<void>, share: number, clock = systemClock): Throttle {
  let isRequested = false;
  let runs: Promise<void> | undefined;
  let resting = new AbortController();
  let thrown: { readonly error: unknown } | undefined;

  async function runWhileRequested(): Promise<void> {
    while (isRequested) {
      isRequested = false;
      const began = clock.now();
      await work();
      await clock.rest((clock.now() - began) * (1 / share - 1), resting.signal);
    }
  }

  return {
    request() {
      if (thrown) {
        const { error } = thrown;
        thrown = undefined;
        throw error;
      }
      isRequested = true;
      runs ??= runWhileRequested()
        .catch((error: unknown) => {
          thrown = { error };
        })
        .finally(() => {
          runs = undefined;
        });
    },
    async stop() {
      isRequested = false;
      resting.abort();
      await runs;
      resting = new AbortController();
      thrown = undefined;
    },
  };
}
