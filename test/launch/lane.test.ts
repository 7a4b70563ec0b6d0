/** One lane with a real worker process: what `yield` does to the trial at work. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { compileTree } from '../../compile.mjs';
import { openLane } from '../../src/launch/lane.ts';
import { recordOf, specOf } from '../cli/records.ts';

it('has the trial at work write its checkpoint and end; a later run of it goes on in the same process', async () => {
  const tree = await compileTree(fileURLToPath(new URL('../..', import.meta.url)));
  const root = mkdtempSync(join(tmpdir(), 'lane-'));
  const spec = specOf('gan', 0);
  const { id, hash } = recordOf(spec, {});
  const lane = openLane(
    {
      engine: 'onnx',
      device: 'cpu',
      data: join(root, 'data'),
      worker: join(tree, 'src/launch/worker.js'),
      module: new URL('./trials/yielding.mjs', import.meta.url).href,
      signal: new AbortController().signal,
    },
    ({ kind }) => kind === 'progress' && lane.yield(),
  );
  onTestFinished(async () => {
    await lane.stop();
    rmSync(root, { recursive: true, force: true });
  });
  lane.yield(); // nothing at work: nothing happens
  const trial = { id, hash, spec, preset: 'default', varied: [] };
  expect(await lane.run(trial, root)).toBeUndefined();
  expect(existsSync(join(root, 'checkpoint'))).toBe(true);
  expect(await lane.run(trial, root)).toMatchObject({ id, status: 'done' });
});
