/** Workers that stop, die, vanish, lose their server, or are not fit: no trial is lost, and none is done by who should not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { launch } from '../../../src/launch/local/launch.ts';
import { enqueueTrials } from '../../../src/launch/redis/launch.ts';
import { blobKey, queueName } from '../../../src/launch/redis/names.ts';
import type { Store } from '../../../src/store/store.ts';
import { noRedis } from '../../bench/own-redis.ts';
import { writeScorer } from '../../inspect/score/setup.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import {
  launched,
  linked,
  logOf,
  newStore,
  planned,
  scratch,
  spawnWorker,
  startWorker,
  until,
  version,
  workerOptions,
} from './kit.ts';
import { needingRedis, startRedis } from './redis-server.ts';

const historyOf = (store: Store, seed: number): string =>
  readFileSync(join(store.folder(planned(seed).id), 'history.csv'), 'utf8');

/** What the steady trial of a seed leaves when nothing disturbs it. */
async function undisturbed(seed: number): Promise<string> {
  const store = newStore();
  const { signal } = new AbortController();
  const options = { ...workerOptions('steady'), engine: 'onnx', known: new Map(), failFast: false, signal } as const;
  await launch([planned(seed)], store, options);
  return historyOf(store, seed);
}

describe.skipIf(noRedis)(needingRedis('a worker'), () => {
  it('that is told to stop hands its trial over with a checkpoint, and the bytes are those of an undisturbed run', async () => {
    const { url } = await startRedis();
    const store = newStore();
    const options = workerOptions('steady');
    const expected = undisturbed(3);
    const first = spawnWorker(url, options);
    const { outcome, kinds } = await launched(url, [3], store);
    await until(() => logOf(options).length === 1);
    await sleep(200);
    first.child.kill('SIGTERM');
    await until(() => first.child.exitCode !== null);
    expect([first.child.exitCode, first.said()]).toEqual([0, expect.stringMatching(/^gan-s3-\w+: given back/)]);
    await startWorker(url, options);
    await outcome;
    expect(logOf(options)).toEqual(['3 from 0', expect.stringMatching(/^3 from [1-9]\d*$/)]);
    expect(kinds(3)).toEqual(['started', 'waiting', 'started', 'ended']);
    expect(historyOf(store, 3)).toBe(await expected);
  });

  it('that is killed is missed, and another goes on from the last copy of its checkpoint', async () => {
    const { url } = await startRedis();
    const store = newStore();
    const options = workerOptions('steady', { copyMs: 50, lockMs: 2_000 });
    const expected = undisturbed(5);
    const first = spawnWorker(url, options);
    const { outcome, kinds } = await launched(url, [5], store);
    const { redis } = await linked(url);
    while ((await redis.exists(blobKey(queueName('onnx', version.code), 'checkpoint', planned(5).hash))) === 0) {
      await sleep(20);
    }
    await startWorker(url, options);
    first.child.kill('SIGKILL');
    expect((await outcome).records[0]?.status).toBe('done');
    expect(logOf(options)).toEqual(['5 from 0', expect.stringMatching(/^5 from [1-9]\d*$/)]);
    expect(kinds(5)).toEqual(['started', 'waiting', 'died', 'started', 'ended']);
    expect(historyOf(store, 5)).toBe(await expected);
  });

  it('and its coordinator wait for a server that stops and starts again', async () => {
    const server = await startRedis('--appendonly', 'yes');
    const store = newStore();
    const options = workerOptions('steady', { lockMs: 6_000 });
    await startWorker(server.url, options);
    const { outcome } = await launched(server.url, [1, 2], store);
    await until(() => logOf(options).length === 1);
    await server.stop();
    await sleep(1_500);
    await server.start();
    expect((await outcome).records.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(logOf(options)).toEqual(['1 from 0', '2 from 0']);
  });

  it('of other code leaves trials alone and says so; of another commit it gives the trial back and ends', async () => {
    const { url } = await startRedis();
    const connection = await linked(url);
    const store = newStore();
    const { signal } = new AbortController();
    const common = {
      connection,
      known: new Map(),
      engine: 'onnx',
      data: '/nowhere',
      fresh: false,
      failFast: false,
      signal,
    } as const;
    await enqueueTrials([planned(0)], store, { ...common, version });
    const options = workerOptions('quick');
    const other = await startWorker(url, { ...options, version: { code: 'other', commit: 'abc' } });
    await until(() => other.lines.length === 1);
    expect(other.lines[0]).toBe(
      'trials wait for workers of commit abc, code test, engine onnx; this one is commit abc, code other and leaves them alone',
    );
    const older = await startWorker(url, { ...options, version: { code: 'test', commit: 'abd+' } });
    const said = await older.ended;
    expect(said).toBeInstanceOf(UsageError);
    expect(String(said)).toContain('the trial is of commit abc, this worker of abd+: git checkout abc');
    expect(logOf(options)).toEqual([]);
    await startWorker(url, { ...options, version: { code: 'test', commit: '' } });
    expect((await (await launched(url, [0], store)).outcome).records).toHaveLength(1);
  });

  it('without the pictures or the scorer of a run leaves it to others, and the run shows why', async () => {
    const { url } = await startRedis();
    const [home, away] = [scratch('home'), scratch('away')];
    for (const folder of [home, away]) await writeScorer(join(folder, 'judge.onnx'));
    await writePictureSet(home, 'quarters', { train: 20 });
    const spec = pictureSpec('gan', {
      set: 'quarters',
      measures: [{ kind: 'frechet' }],
      scorer: join(home, 'judge.onnx'),
    });
    const store = newStore();
    const { outcome, events } = await launched(url, [planned(0, spec)], store, { data: home });
    const options = workerOptions('quick', { data: away });
    const poor = await startWorker(url, options);
    expect(String(await poor.ended)).toMatch(/UsageError: .*quarters is not there: npm run data/);
    await until(() => events.some((event) => event.kind === 'refused' && event.reason.includes('quarters')));
    await writePictureSet(away, 'quarters', { train: 20 });
    await startWorker(url, { ...options, scorer: join(away, 'judge.onnx') });
    const { records } = await outcome;
    expect(records[0]).toMatchObject({ status: 'done', spec: { scorer: { model: join(home, 'judge.onnx') } } });
    expect(logOf(options)).toEqual([`0 began with ${join(away, 'judge.onnx')}`]);
  });
});
