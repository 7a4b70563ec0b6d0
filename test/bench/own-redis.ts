/** A redis-server of a benchmark's or a test's own, on a free port. Whoever starts it stops it, and removes its folder. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Why there is no server to start; `undefined` where it is installed. */
export const noRedis =
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'redis-server is not installed';

export interface OwnRedis {
  readonly port: number;
  readonly url: string;
  /** Stops it in order, its data on disk where it was told to keep them. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param options as on redis-server's command line, without ports; with a certificate it speaks TLS alone. */
export async function ownRedis(folder: string, options: readonly string[] = []): Promise<OwnRedis> {
  const port = await freePort();
  const isTls = options.includes('--tls-cert-file');
  const ports = isTls ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
  let server: ChildProcess | undefined;
  const start = async () => {
    const words = [...ports, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...options];
    server = spawn('redis-server', words, { stdio: 'ignore' });
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 200 || server.exitCode !== null) throw new Error(`redis-server ${words.join(' ')} does not start`);
      await sleep(25);
    }
  };
  await start();
  const url = `${isTls ? 'rediss' : 'redis'}://127.0.0.1:${port}`;
  return { port, url, start, stop: async () => server && ended(server) };
}

/** Tells a process to end, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Whether something listens there. A server that loads its data listens already. */
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
