/** The processes that `bench -- scale` measures: coordinators and workers of a queue. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CoordinatorLine, CoordinatorWork } from './scale-coordinator.ts';

/** Runs a coordinator to its end. Throws what it said last where it fails. */
export async function coordinator(tree: string, work: CoordinatorWork): Promise<CoordinatorLine[]> {
  const words = ['--expose-gc', join(tree, 'test/bench/scale-coordinator.js'), JSON.stringify(work)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`a coordinator failed: ${complaints.trim().split('\n').at(-1)}`);
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CoordinatorLine); // written by scale-coordinator.ts
}

/** What runs a queue's trials, in a process of its own, as the command `worker` does. */
export function queueWorker(root: string, tree: string, url: string, folder: string, more: object = {}): ChildProcess {
  const options = {
    ...{ version: { code: 'scale', commit: '' }, engine: 'onnx', device: 'cpu', jobs: 1, data: folder },
    worker: [join(tree, 'test/bench/scale-tiny.js')],
    ...more,
  };
  const script = join(root, 'test/launch/redis/worker-process.mjs');
  return spawn(process.execPath, [script, tree, url, JSON.stringify(options)], { stdio: 'ignore' });
}
