import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Clock, throttle } from '../../src/disk/throttle.ts';

/** Time that stands still but where the test lets it pass. */
class TestClock implements Clock {
  #time = 0;
  readonly #waiting = new Set<{ readonly until: number; readonly wake: () => void }>();

  now(): number {
    return this.#time;
  }

  rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(waiter);
        resolve();
      };
      const waiter = { until: this.#time + milliseconds, wake };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', wake);
    });
  }

  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left--) {
      this.#time += 1;
      for (const { until, wake } of this.#waiting) if (until <= this.#time) wake();
      await setImmediate(); // what was woken goes on
    }
  }
}

it('takes its share of the time at most, and shows the last state', async () => {
  const clock = new TestClock();
  let state = 0;
  const shown: number[] = [];
  const table = throttle(
    async () => {
      shown.push(state);
      await clock.rest(10);
    },
    0.2,
    clock,
  );
  for (; state < 100; state += 1) {
    table.request();
    await clock.pass(2);
  }
  table.request();
  await clock.pass(100);
  // 10 ms of work, 40 ms of rest: a run every 50 ms, each of which finds 25 requests; the last request comes after 200 ms.
  expect(shown).toEqual([0, 24, 49, 74, 99, 100]);
});

it('runs again for what was requested while it ran', async () => {
  const clock = new TestClock();
  const seen: number[] = [];
  let state = 1;
  const table = throttle(
    async () => {
      seen.push(state);
      await clock.rest(5);
    },
    0.5,
    clock,
  );
  table.request();
  await clock.pass(1);
  state = 2;
  table.request();
  table.request();
  await clock.pass(100);
  expect(seen).toEqual([1, 2]);
});

it('hands what it threw to the next request, once', async () => {
  let fails = true;
  const table = throttle(async () => {
    if (fails) throw new Error('no space left');
  }, 0.5);
  table.request();
  await setImmediate();
  fails = false;
  expect(() => table.request()).toThrow('no space left');
  expect(() => table.request()).not.toThrow();
  await table.stop();
});

it('stops: the run that has begun ends, what was requested is called off, and it may be requested again', async () => {
  const clock = new TestClock();
  let [begun, ended] = [0, 0];
  const table = throttle(
    async () => {
      begun += 1;
      await clock.rest(10);
      ended += 1;
    },
    0.001, // rests for ten seconds
    clock,
  );
  const stopped = async () => {
    const stopping = table.stop();
    await clock.pass(10);
    await stopping;
  };
  table.request();
  table.request();
  await stopped();
  expect([begun, ended]).toEqual([1, 1]);
  table.request();
  await stopped();
  expect([begun, ended]).toEqual([2, 2]);
});
