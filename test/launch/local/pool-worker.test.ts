/** One lane with a real worker process: what `yield` does to the trial at work. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLane } from '../../../src/launch/local/pool-worker.ts';
import { laneOptions, planned } from '../kit.ts';

it('has the trial at work write its checkpoint and end; a later run of it goes on in the same process', async () => {
  const root = mkdtempSync(join(tmpdir(), 'lane-'));
  const lane = openLane(laneOptions(root, 'yielding'), ({ kind }) => kind === 'progress' && lane.yield());
  onTestFinished(async () => {
    await lane.stop();
    rmSync(root, { recursive: true, force: true });
  });
  lane.yield(); // nothing at work: nothing happens
  const trial = planned(0);
  expect(await lane.run(trial, root)).toBeUndefined();
  expect(existsSync(join(root, 'checkpoint'))).toBe(true);
  expect(await lane.run(trial, root)).toMatchObject({ id: trial.id, status: 'done' });
});
