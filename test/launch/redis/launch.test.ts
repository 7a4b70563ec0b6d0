/** Trials over a real Redis: what arrives in the store, what is told on the way, what is left behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { launch } from '../../../src/launch/local/launch.ts';
import type { Connection } from '../../../src/launch/redis/connection.ts';
import { jobData, jobId } from '../../../src/launch/redis/job.ts';
import { enqueueTrials, type QueuedOptions } from '../../../src/launch/redis/launch.ts';
import { blobKey, prefix, queueName } from '../../../src/launch/redis/names.ts';
import { openStore } from '../../../src/store/store.ts';
import { noRedis } from '../../bench/own-redis.ts';
import {
  contentOf,
  launched,
  linked,
  logOf,
  newStore,
  planned,
  scratch,
  startWorker,
  until,
  version,
  workerOptions,
} from './kit.ts';
import { needingRedis, startRedis } from './redis-server.ts';

const queue = queueName('onnx', version.code);
const { signal: never } = new AbortController();
const plainOptions = (connection: Connection): QueuedOptions => ({
  ...{ connection, version, engine: 'onnx', data: '/nowhere', fresh: false, failFast: false, signal: never },
  known: new Map(),
});

/** What Redis still has of any trial. */
async function leftIn({ redis }: Connection): Promise<string[]> {
  return (await redis.keys('*')).filter((key) => /[0-9a-f]{64}/.test(key));
}

describe.skipIf(noRedis)(needingRedis('a launch on a queue'), () => {
  it('leaves in the store what a local launch leaves there, and nothing on the queue', async () => {
    const { url } = await startRedis();
    const options = workerOptions('quick', { jobs: 2 });
    const local = newStore();
    const seeds = [0, 1, 2, 3, 8, 9];
    await launch(
      seeds.map((seed) => planned(seed)),
      local,
      { ...options, known: new Map(), engine: 'onnx', failFast: false, signal: never },
    );
    await startWorker(url, options);
    const store = newStore();
    const { outcome, kinds } = await launched(url, seeds, store);
    const { records, stopped, maxRssBytes } = await outcome;
    expect([records.map(({ status }) => status), stopped]).toEqual([
      ['done', 'done', 'done', 'done', 'failed', 'failed'],
      undefined,
    ]);
    expect(maxRssBytes).toBeGreaterThan(20e6);
    expect(kinds(0)).toEqual(['started', 'ended']);
    expect(kinds(8)).toEqual(['started', 'died', 'ended']);
    expect(kinds(9)).toEqual(['started', 'faulted', 'ended']);
    expect(records[0]?.metrics.reverseKL).toBeNaN();
    expect(contentOf(store)).toEqual(contentOf(local));
    expect(await leftIn(await linked(url))).toEqual([]);
  });

  it('can be left alone: a later call gathers what was done meanwhile, and asks for no worker', async () => {
    const { url } = await startRedis();
    const connection = await linked(url);
    const store = newStore();
    expect(
      await enqueueTrials(
        [0, 1].map((seed) => planned(seed)),
        store,
        plainOptions(connection),
      ),
    ).toBe(2);
    const options = workerOptions('quick');
    const worker = await startWorker(url, options);
    await until(() => worker.lines.length === 2);
    await worker.stop();
    expect(existsSync(store.path)).toBe(false);
    const { outcome, kinds } = await launched(url, [0, 1], store);
    expect((await outcome).records).toHaveLength(2);
    expect([kinds(0), kinds(1)]).toEqual([['ended'], ['ended']]);
    expect(logOf(options)).toEqual(['0 began', '1 began']);
    expect(await leftIn(connection)).toEqual([]);
    const { outcome: again, kinds: seen } = await launched(url, [0, 1], store);
    expect([(await again).records.length, seen(0)]).toEqual([2, ['found']]);
  });

  it('shares a job with whoever wants the same trial: run once, stored once in each store', async () => {
    const { url } = await startRedis();
    const [one, other] = [newStore(), newStore()];
    const third = openStore(join(one.path, '..'), one.experiment);
    const launches = [
      await launched(url, [0, 1, 2], one),
      await launched(url, [1, 2, 3], other),
      await launched(url, [0, 1, 2], third),
    ];
    const options = workerOptions('quick');
    await startWorker(url, options);
    const outcomes = await Promise.all(launches.map(({ outcome }) => outcome));
    expect(outcomes.map(({ records }) => records.map(({ spec }) => spec.seed))).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [0, 1, 2],
    ]);
    expect(logOf(options).sort()).toEqual(['0 began', '1 began', '2 began', '3 began']);
    const [rows, otherRows] = [one, other].map(({ csv }) => readFileSync(csv, 'utf8').trim().split('\n').slice(1));
    expect([rows?.length, otherRows?.slice(0, 2)]).toEqual([3, rows?.slice(1)]);
    expect(await leftIn(await linked(url))).toEqual([]);
  });

  it('interrupted, takes back what nobody has begun; what is at work is gathered later', async () => {
    const { url } = await startRedis();
    const connection = await linked(url);
    const store = newStore();
    const options = workerOptions('steady');
    const worker = await startWorker(url, options);
    const first = await launched(url, [0, 1, 2], store);
    await until(() => logOf(options).length === 1);
    first.stop();
    const outcome = await first.outcome;
    expect(outcome).toMatchObject({ stopped: 'interrupted', records: [] });
    await until(() => worker.lines.length === 1);
    expect(logOf(options)).toEqual(['0 from 0']);
    expect(await connection.redis.llen(`${prefix}:${queue}:wait`)).toBe(0);
    const second = await launched(url, [0], store);
    expect((await second.outcome).records).toHaveLength(1);
    expect(logOf(options)).toEqual(['0 from 0']);
  });

  it("hands a user's mistake on as such, stops at a failure where that is asked for, and forgets on demand", async () => {
    const { url } = await startRedis();
    const options = workerOptions('quick');
    await startWorker(url, options);
    const mistaken = await launched(url, [10], newStore());
    await expect(mistaken.outcome).rejects.toThrow(UsageError);
    await expect(mistaken.outcome).rejects.toThrow('data.side: expected an odd number, got 4');
    const store = newStore();
    const failing = await launched(url, [9, 20, 21], store, { failFast: true });
    expect((await failing.outcome).stopped).toBe('failure');
    const connection = await linked(url);
    await enqueueTrials([planned(5)], store, plainOptions(connection));
    // One that is at work is new enough; one that is done is what is forgotten.
    const isDone = () => connection.redis.zscore(`${prefix}:${queue}:completed`, jobId(planned(5)));
    while ((await isDone()) === null) await sleep(20);
    const fresh = await launched(url, [5], store, { fresh: true });
    expect((await fresh.outcome).records).toHaveLength(1);
    expect(logOf(options).filter((line) => line.startsWith('5'))).toHaveLength(2);
  });

  it('goes on where its own store has a checkpoint', async () => {
    const { url } = await startRedis();
    const store = newStore();
    const { id } = planned(4);
    mkdirSync(store.folder(id), { recursive: true });
    writeFileSync(join(store.folder(id), 'checkpoint'), JSON.stringify({ step: 30, value: 0.25 }));
    const options = workerOptions('steady');
    await startWorker(url, options);
    await (await launched(url, [4], store)).outcome;
    expect(logOf(options)).toEqual(['4 from 30']);
    expect(readdirSync(store.folder(id)).sort()).toEqual(['SHA256SUMS', 'history.csv', 'trial.json']);
  });

  it('puts trials on the queue again that the server lost, and runs one again whose result is damaged', async () => {
    const { url } = await startRedis();
    const { redis } = await linked(url);
    const store = newStore();
    const { outcome, kinds } = await launched(url, [0, 1], store);
    while ((await redis.llen(`${prefix}:${queue}:wait`)) < 2) await sleep(20);
    await redis.flushall();
    await redis.set(blobKey(queue, 'result', jobId(planned(1))), 'nonsense');
    const options = workerOptions('quick');
    await startWorker(url, options);
    expect((await outcome).records.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(kinds(1)).toEqual(['died', 'started', 'ended']);
    expect(logOf(options).sort()).toEqual(['0 began', '1 began']);
  });

  it('refuses what is no trial of ours, by name, and goes on with what is', async () => {
    const { url } = await startRedis();
    const connection = await linked(url);
    const jobs = new Queue(queue, { connection: connection.redis, prefix });
    const data = jobData(planned(0), { sets: [], files: [] }, 'abc');
    const wrong = jobId(planned(7));
    await jobs.add('trial', { ...data, module: '/tmp/evil.mjs' }, { jobId: jobId(planned(0)) });
    await jobs.add('trial', data, { jobId: wrong });
    await jobs.add('trial', { hello: ['world'] }, { jobId: 'hello' });
    const worker = await startWorker(url, workerOptions('quick'));
    const { outcome } = await launched(url, [1, 7], newStore());
    const { records } = await outcome;
    expect(records.map(({ status }) => status)).toEqual(['done', 'failed']);
    expect(records[1]?.reason).toMatch(/^refused: its id is not the hash of its spec/);
    expect(worker.lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^job [0-9a-f]{64} is refused: unknown key 'module'/),
        expect.stringMatching(/^job hello is refused: /),
      ]),
    );
    await jobs.close();
  });

  it('keeps finished trials while the server has no room for them, and gathers them as room comes', async () => {
    const { url } = await startRedis('--maxmemory', '6mb', '--maxmemory-policy', 'noeviction');
    const connection = await linked(url);
    const store = newStore();
    const seeds = [0, 1, 2];
    await enqueueTrials(
      seeds.map((seed) => planned(seed)),
      store,
      plainOptions(connection),
    );
    const worker = await startWorker(url, workerOptions('bulky'));
    await until(() => worker.lines.some((line) => line.startsWith('Redis does not take a result (OOM')));
    const { outcome } = await launched(url, seeds, store);
    expect((await outcome).records.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    expect(worker.lines.filter((line) => line.includes('done'))).toHaveLength(3);
  });

  it('takes files that are too large for Redis through a folder that all see, and says so where there is none', async () => {
    const { url } = await startRedis();
    const [data, shared, kept] = [scratch('log'), scratch('shared'), newStore()];
    const limited = await startWorker(url, workerOptions('bulky', { data, limit: 2 ** 20 }));
    const refused = await (await launched(url, [0], newStore())).outcome;
    expect(refused.records[0]).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^its result takes 1\.9 MB and at most 1\.0 MB go through Redis: .*--shared/),
    });
    const place = /the finished trial is (\S+) on /.exec(refused.records[0]?.reason ?? '')?.[1] ?? '';
    onTestFinished(() => rmSync(place, { recursive: true }));
    expect(readdirSync(place).sort()).toEqual(['networks', 'trial.json']);
    await limited.stop();
    await startWorker(url, workerOptions('bulky', { data, limit: 2 ** 20, shared }));
    await expect((await launched(url, [0], kept)).outcome).rejects.toThrow(/lie in the folder .* --shared/);
    expect(readdirSync(shared)).toHaveLength(1);
    const { outcome } = await launched(url, [0], kept, { shared });
    expect((await outcome).records[0]?.status).toBe('done');
    expect(readFileSync(join(kept.folder(planned(0).id), 'networks'))).toHaveLength(2e6);
    expect(readdirSync(shared)).toEqual([]);
  });
});
