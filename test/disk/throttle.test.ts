import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { paced } from '../../src/disk/throttle.ts';

it('takes its share of the time at most, and shows the last state of things', async () => {
  let state = 0;
  let shown = 0;
  let runs = 0;
  const pace = paced(async () => {
    runs += 1;
    const seen = state;
    await sleep(10);
    shown = seen;
  }, 0.2);
  const began = performance.now();
  for (; state < 100; state += 1) {
    pace.ask();
    await sleep(2);
  }
  pace.ask();
  await vi.waitFor(() => expect(shown).toBe(100));
  // 10 ms of work (a timer may fire one early), then four times that of rest; the first begins at once.
  expect(runs).toBeLessThanOrEqual(1 + (performance.now() - began) / 45);
  expect(runs).toBeGreaterThan(1);
});

it('begins again for what came while it was at work', async () => {
  const seen: number[] = [];
  let state = 1;
  const pace = paced(async () => {
    seen.push(state);
    await sleep(5);
  }, 0.5);
  pace.ask();
  await sleep(1);
  state = 2;
  pace.ask();
  pace.ask();
  await vi.waitFor(() => expect(seen).toEqual([1, 2]));
  await sleep(30);
  expect(seen).toEqual([1, 2]);
});

it('hands what it threw to the next call, once', async () => {
  let fails = true;
  const pace = paced(async () => {
    if (fails) throw new Error('no space left');
  }, 0.5);
  pace.ask();
  await sleep(5);
  fails = false;
  expect(() => pace.ask()).toThrow('no space left');
  expect(() => pace.ask()).not.toThrow();
  await pace.stop();
});

it('stops: what is at work ends, what is due is called off, and it may be asked again', async () => {
  let [begun, ended] = [0, 0];
  const pace = paced(async () => {
    begun += 1;
    await sleep(10);
    ended += 1;
  }, 0.001); // rests for ten seconds
  pace.ask();
  pace.ask();
  await pace.stop();
  expect([begun, ended]).toEqual([1, 1]);
  pace.ask();
  await pace.stop();
  expect([begun, ended]).toEqual([2, 2]);
});
