/** The processes that `bench -- scale` measures: coordinators, workers of a queue, a Redis of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { CoordinatorLine, CoordinatorWork } from './scale-coordinator.ts';

/** Why there is no queue to measure; `undefined` where there is. */
export const noRedis = (): string | undefined =>
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'redis-server is not installed';

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
    ...{
      worker: join(tree, 'src/launch/worker.js'),
      module: pathToFileURL(join(tree, 'test/bench/scale-tiny.js')).href,
    },
    ...more,
  };
  const script = join(root, 'test/queue/worker-process.mjs');
  return spawn(process.execPath, [script, tree, url, JSON.stringify(options)], { stdio: 'ignore' });
}

export interface OwnRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A server on a free port, without a file on disk. */
export async function ownRedis(folder: string): Promise<OwnRedis> {
  const port = await freePort();
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawn('redis-server', words, { stdio: 'ignore' });
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 200 || server.exitCode !== null) throw new Error(`redis-server ${words.join(' ')} does not start`);
    await sleep(25);
  }
  return { url: `redis://127.0.0.1:${port}`, stop: () => ended(server) };
}

/** Tells a process to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
