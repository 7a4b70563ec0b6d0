/**
 * Many tiny trials through a queue with four worker processes, two of which are killed at random moments: every row is there
 * once, and the coordinator's memory grows by their records alone. `npm run test:long` makes it three thousand, whose events are
 * more than the queue's log keeps.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compileTree } from '../../bin/compile.mjs';
import { stream } from '../../src/base/random.ts';
import { readCsv } from '../../src/disk/csv.ts';
import { noRedis } from '../bench/own-redis.ts';
import type { CoordinatorLine, CoordinatorWork } from '../bench/scale-coordinator.ts';
import { queueWorker } from '../bench/scale-processes.ts';
import { scratch } from '../launch/redis/kit.ts';
import { needingRedis, startRedis } from '../launch/redis/redis-server.ts';
import { sized } from '../support/long.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const count = sized(120, 3_000);
/**
 * Bytes that the coordinator may grow by over so many trials: the records themselves, of which the run's table is made, take
 * 1.6 kB each.
 */
const allowed = {
  heap: (trials: number): number => 1e6 + 2.5e3 * trials,
  /** With buffers, and what V8 keeps. */
  rss: (trials: number): number => 20e6 + 5e3 * trials,
};

describe.skipIf(noRedis)(needingRedis(`${count} trials on four workers, two of them killed`), () => {
  it('leave every row once, and the coordinator as small as it was', { timeout: 120_000 + 100 * count }, async () => {
    const tree = await compileTree(root);
    const { url } = await startRedis();
    const store = scratch('many');
    const workers = [0, 1, 2, 3].map(() => start(() => queueWorker(root, tree, url, store, { lockMs: 3_000 })));
    const random = stream(count, 'evaluation');
    const moments = [0.3, 0.6].map((share) => Math.round(count * (share + 0.2 * random.uniform())));
    const killed: ChildProcess[] = [];
    const lines: CoordinatorLine[] = [];
    const work: CoordinatorWork = { store, count, jobs: 1, every: Math.max(1, Math.floor(count / 20)), url };
    const words = ['--expose-gc', join(tree, 'test/bench/scale-coordinator.js'), JSON.stringify(work)];
    const child = start(() => spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] }));
    for await (const text of createInterface({ input: child.stdout ?? process.stdin })) {
      const line = JSON.parse(text) as CoordinatorLine; // written by scale-coordinator.ts
      lines.push(line);
      const moment = moments[killed.length];
      if (moment === undefined || line.ended < moment) continue;
      const victim = workers[killed.length];
      if (!victim) throw new Error('no worker to kill');
      victim.kill('SIGKILL');
      killed.push(victim);
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(killed.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL']);
    expect(lines.at(-1)).toMatchObject({ ended: count, records: count });
    const csv = join(store, 'grid25/trials.csv');
    const { rows } = readCsv(readFileSync(csv, 'utf8'), csv);
    expect(rows).toHaveLength(count);
    const [early, late] = [lines.find(({ ended }) => ended >= count / 5), lines.at(-1)];
    if (!early || !late) throw new Error('the coordinator told nothing');
    expect(late.heap - early.heap).toBeLessThan(allowed.heap(0.8 * count));
    expect(late.rss - early.rss).toBeLessThan(allowed.rss(0.8 * count));
  });
});

/** A process that does not outlive the test. */
function start(begin: () => ChildProcess): ChildProcess {
  const child = begin();
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
