/** A worker of a queue for tests and benchmarks of scale: it runs the trials of scale-tiny.ts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What runs a queue's trials, in a process of its own, as the command `worker` does. */
export function queueWorker(root: string, tree: string, url: string, folder: string, more: object = {}): ChildProcess {
  const options = {
    ...{ version: { code: 'scale', commit: '' }, engine: 'onnx', device: 'cpu', jobs: 1, data: folder },
    ...{
      worker: join(tree, 'src/launch/worker.js'),
      module: pathToFileURL(join(tree, 'test/bench/scale-tiny.js')).href,
    },
    ...more,
  };
  const script = join(root, 'test/queue/worker-process.mjs');
  return spawn(process.execPath, [script, tree, url, JSON.stringify(options)], { stdio: 'ignore' });
}
