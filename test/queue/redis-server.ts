/** A redis-server of a test's own: a free port, a temporary folder, gone with the test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Why a test that needs the server is skipped; `undefined` where it is installed. */
export const noRedis =
  spawnSync('redis-server', ['--version']).status === 0 ? undefined : 'redis-server is not installed';

/** A suite's name, with the reason where it is skipped. */
export const needingRedis = (name: string): string => (noRedis === undefined ? name : `${name} (skipped: ${noRedis})`);

export interface TestServer {
  readonly port: number;
  readonly url: string;
  /** Its own folder. */
  readonly folder: string;
  /** Stops it in order, its data on disk. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param options as on redis-server's command line, without ports; with a certificate it speaks TLS alone. */
export async function startRedis(...options: readonly string[]): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-redis-'));
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
  const stop = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  await start();
  onTestFinished(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { port, url: `${isTls ? 'rediss' : 'redis'}://127.0.0.1:${port}`, folder, stop, start };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
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
