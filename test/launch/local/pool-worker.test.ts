/** One lane with a real worker process: what `yield` does to the trial at work. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PoolWorker } from '../../../src/launch/local/pool-worker.ts';
import { planned, poolOptions } from '../kit.ts';

it('has the trial at work write its checkpoint and end; a later run of it goes on in the same process', async () => {
  const root = mkdtempSync(join(tmpdir(), 'pool-worker-'));
  const worker = new PoolWorker(poolOptions(root, 'yielding'), ({ kind }) => kind === 'progress' && worker.yield());
  onTestFinished(async () => {
    await worker.stop();
    rmSync(root, { recursive: true, force: true });
  });
  worker.yield(); // nothing at work: nothing happens
  const trial = planned(0);
  expect(await worker.run({ trial, folder: root })).toBeUndefined();
  expect(existsSync(join(root, 'checkpoint'))).toBe(true);
  expect(await worker.run({ trial, folder: root })).toMatchObject({ id: trial.id, status: 'done' });
});
