/** Two variants that train in lock-step: what is shown of both is of one step, whichever is slower, and a pause ends it there. */
import { expect, it, onTestFinished } from 'vitest';
import { type Driven, LockStep } from '../../src/view/client/lock-step.ts';
import { parseVariant, type Variant } from '../../src/view/play/course.ts';
import type { PlayedFrame } from '../../src/view/play/messages.ts';
import { PlayLoop } from '../../src/view/play/play-loop.ts';
import { groundOf } from '../../src/view/play/subject.ts';

const small = 'nets.hidden=[8,8] training.batch=16';

/** A session of this process, driven as the page drives one of another. */
async function opened(text: string) {
  const { subject, actions } = parseVariant(`${text} ${small}`) as Variant; // the tests' own texts
  let last: PlayedFrame | undefined;
  const loop = await PlayLoop.open(groundOf({ variant: '', seed: 0 }, subject, undefined), actions, (report) => {
    if (report.kind === 'frame') last = report;
  });
  onTestFinished(() => loop.close());
  const shown: PlayedFrame[] = [];
  const driven: Driven = {
    get step() {
      return shown.at(-1)?.frame.step ?? 0;
    },
    async advance(steps) {
      if (steps > 0) loop.take({ kind: 'run', turn: 'both', steps });
      await loop.settled();
      return last;
    },
    show: (frame) => void shown.push(frame),
  };
  return { driven, shown };
}

it('shows two variants at the same step', async () => {
  const [one, two] = [await opened('ring8/gan'), await opened('ring8/bigan-pgp critic.steps=4')];
  const ahead = await one.driven.advance(3);
  if (ahead) one.driven.show(ahead);
  const lock = new LockStep();
  const over = lock.run([one.driven, two.driven]);
  await expect.poll(() => two.shown.length, { timeout: 60_000 }).toBeGreaterThan(3);
  lock.pause();
  await over;
  const [first, second] = [one.shown.slice(1), two.shown].map((all) => all.map(({ frame }) => frame.step));
  expect(first).toEqual(second);
  expect(first?.[0]).toBeGreaterThan(3);
  expect([one.shown.at(-1)?.isRunning, two.shown.at(-1)?.isRunning, lock.isRunning.value]).toEqual([
    false,
    false,
    false,
  ]);
});

it('ends where one cannot go on', async () => {
  const [one, two] = [await opened('ring8/gan'), await opened('ring8/gan training.optimiser.rate=1e30')];
  const lock = new LockStep();
  await lock.run([one.driven, two.driven]);
  expect(two.shown.at(-1)).toMatchObject({ isRunning: false });
  expect(lock.isRunning.value).toBe(false);
});
