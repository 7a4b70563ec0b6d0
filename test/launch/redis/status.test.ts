/** The status of a server's queues: what waits, who works and how far, what can be gathered. */
import { expect, it } from 'vitest';
import { enqueueTrials } from '../../../src/launch/redis/launch.ts';
import { queuesOf } from '../../../src/launch/redis/status.ts';
import { noRedis } from '../../bench/own-redis.ts';
import { linked, newStore, planned, scratch, startWorker, version, workerOptions } from './kit.ts';
import { needingRedis, startRedis } from './redis-server.ts';

it.skipIf(noRedis)(needingRedis('a queue tells what waits, who works and how far, what can be gathered'), async () => {
  const { url } = await startRedis();
  const connection = await linked(url);
  const look = () => queuesOf(connection.redis, version.code);
  expect(await look()).toEqual([]);
  const { signal } = new AbortController();
  const known = new Map();
  const options = {
    connection,
    version,
    known,
    signal,
    data: scratch(),
    engine: 'onnx',
    fresh: false,
    failFast: false,
  } as const;
  await enqueueTrials([planned(0), planned(1)], newStore(), options);
  const card = { engine: 'onnx', code: version.code, commit: version.commit, isOwn: true };
  expect(await look()).toEqual([{ ...card, workers: [], waiting: 2, results: 0, failed: 0, running: [] }]);
  expect(await queuesOf(connection.redis, 'other')).toMatchObject([{ isOwn: false }]);

  await startWorker(url, workerOptions('steady'));
  const until = async (isSo: (queue: Awaited<ReturnType<typeof look>>[number]) => boolean) => {
    for (;;) {
      const [queue] = await look();
      if (queue && isSo(queue)) return queue;
    }
  };
  const working = await until(({ running: [one] }) => one !== undefined && one.step !== null);
  expect(working).toMatchObject({
    workers: [{ jobs: 1, device: 'cpu' }],
    running: [{ id: planned(0).id, steps: expect.any(Number) }],
  });
  // counts are read one after another: a trial that ends between them is seen in both
  const ended = await until(({ results, running }) => results === 2 && running.length === 0);
  expect(ended).toMatchObject({ waiting: 0 });
});
