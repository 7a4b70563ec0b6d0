/** What a page that reads slowly, or not at all, costs: it gets the newest state when it reads again, and nothing piles up. */
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../src/view/server/server.ts';
import type { Shown } from '../../src/view/source.ts';
import type { TrialRow, Wall } from '../../src/view/wire.ts';

/** A wall whose rows take a megabyte, each of them another at every version. */
class Growing implements Shown {
  version = 0;
  walls = 0;
  readonly watchers = new Set<() => void>();

  wall(): Wall {
    this.walls++;
    const trials = Array.from({ length: 2_000 }, (_, seed): TrialRow => {
      const row = { id: `gan-s${seed}`, group: 'gan', seed, state: 'running' as const, step: this.version, steps: 1e6 };
      return { ...row, values: [], version: `${this.version} ${'x'.repeat(400)}` };
    });
    const groups = [{ key: 'gan', label: 'gan', method: 'gan', colour: ['#6c78a8', '#8d90ba'] as const }];
    return { experiment: 'made-up', claim: '', groups, columns: [], trials, table: [], problems: [], rules: {} };
  }

  panel = async () => undefined;
  film = async () => undefined;
  curves = () => undefined;

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  change(): void {
    this.version++;
    for (const changed of this.watchers) changed();
  }
}

async function opened(shown: Shown): Promise<Socket> {
  const server = await startServer({ source: { experiments: async () => [], open: async () => shown } });
  onTestFinished(() => server.close());
  const { port, host, pathname } = new URL(server.address);
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(`GET ${pathname}changes/made-up HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return socket;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('makes nothing for a page that does not read, and then tells it the newest', async () => {
  const shown = new Growing();
  const socket = await opened(shown);
  await expect.poll(() => shown.watchers.size).toBe(1);
  for (let version = 0; version < 300; version++) {
    shown.change();
    await turn();
  }
  // Of three hundred changes, a gigabyte's third, it made those that the sockets took.
  expect(shown.walls).toBeLessThan(30);
  let tail = '';
  socket.setEncoding('utf8').on('data', (text) => {
    tail = (tail + text).slice(-2_000);
  });
  socket.resume();
  await expect.poll(() => tail, { timeout: 10_000 }).toContain('"version":"300 ');
});

it('forgets a page that has gone', async () => {
  const shown = new Growing();
  const socket = await opened(shown);
  await expect.poll(() => shown.watchers.size).toBe(1);
  socket.destroy();
  await expect.poll(() => shown.watchers.size).toBe(0);
});
