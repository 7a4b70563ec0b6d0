/**
 * Work that shows the newest state of things and is asked for again and again, as a table that is written whole after every
 * trial. It rests after each time in proportion to what that took, so that it never takes more than its share of the time.
 */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Paced {
  /** Has the work done once more, as soon as it has rested; calls until then share it. Throws what it threw the last time. */
  ask(): void;
  /** Calls off what was asked for, and waits for the work where it has begun. What it throws is lost. */
  stop(): Promise<void>;
}

/** @param share of the time that the work may take, between 0 and 1. */
export function paced(work: () => Promise<void>, share: number): Paced {
  let isAsked = false;
  let turns: Promise<void> | undefined;
  let resting = new AbortController();
  let thrown: { readonly error: unknown } | undefined;

  async function takeTurns(): Promise<void> {
    while (isAsked) {
      isAsked = false;
      const began = performance.now();
      await work();
      const restMs = (performance.now() - began) * (1 / share - 1);
      await sleep(restMs, undefined, { signal: resting.signal }).catch(() => {}); // cut short by `stop`
    }
  }

  return {
    ask() {
      if (thrown) {
        const { error } = thrown;
        thrown = undefined;
        throw error;
      }
      isAsked = true;
      turns ??= takeTurns()
        .catch((error: unknown) => {
          thrown = { error };
        })
        .finally(() => {
          turns = undefined;
        });
    },
    async stop() {
      isAsked = false;
      resting.abort();
      await turns;
      resting = new AbortController();
      thrown = undefined;
    },
  };
}
