/**
 * A worker: takes trials off the queue, one a lane, until it is told to stop. Then its trials write checkpoints, which go to
 * Redis with their jobs, and others go on. What one job means is attend.ts's.
 */
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { inLine } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { PoolWorkerOptions } from '../local/pool-worker.ts';
import { trainingWorker, type WorkerCommand } from '../local/worker-process.ts';
import { messageOf } from '../trial-result.ts';
import { openDepot } from './blob-store.ts';
import type { Link } from './connection.ts';
import { type Attended, attend, type Bench, Nonsense, Unfit } from './job-processor.ts';
import { prefix, queueName } from './names.ts';
import { refusedNews } from './progress-events.ts';
import { makeScratch } from './scratch.ts';
import { type Version, versionText } from './version.ts';
import { showWorker, waitingElsewhere } from './worker-registry.ts';
import { WorkerSlot } from './worker-slot.ts';

export interface ServeOptions extends Pick<PoolWorkerOptions, 'engine' | 'device' | 'data'> {
  readonly link: Link;
  readonly version: Version;
  /** Trials at once, a process each. */
  readonly jobs: number;
  /** A folder that all machines see, for what is too large for Redis. */
  readonly shared?: string;
  /** An ONNX file with its JSON, for runs that bring a scorer of their own. */
  readonly scorer?: string;
  /** Tells it to stop. */
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
  /** What worker processes are started from: chosen on this machine, never by a job. */
  readonly worker?: WorkerCommand;
  /** Milliseconds for which a job stays with a worker that gives no sign of life. */
  readonly lockMs?: number;
  /** Milliseconds between copies of the checkpoints of trials at work. */
  readonly copyMs?: number;
  /** Bytes that go through Redis in one piece. */
  readonly limit?: number;
}

/** A trial runs in a process of its own, so the worker's own loop is free: who stays silent so long is gone. */
const usualLockMs = 60_000;
const usualCopyMs = 60_000;
/** A job whose worker vanished is given to others so often; then it is taken for what makes them vanish. */
const mostStalls = 2;
const lookElsewhereMs = 10_000;
/** A worker that is told to stop waits so long for a server that is away. */
const awayPatienceMs = 5_000;

/** Serves until the signal. Throws UsageError of one line where this machine turns out unfit for a trial; its jobs are given back. */
export async function serve(options: ServeOptions): Promise<void> {
  const { link, version, engine, device, data, signal, tell, lockMs = usualLockMs } = options;
  const queue = queueName(engine, version.code);
  const unfit = new AbortController();
  const leaving = AbortSignal.any([signal, unfit.signal]);
  const killing = new AbortController();
  const { worker: workerCommand = trainingWorker } = options;
  const poolOptions: PoolWorkerOptions = { engine, device, data, worker: workerCommand, signal: killing.signal };
  const slots = Array.from({ length: options.jobs }, () => new WorkerSlot(poolOptions));
  const bench: Bench = {
    ...{ engine, device, version, tell, copyMs: options.copyMs ?? usualCopyMs, scratch: await makeScratch() },
    isStopping: () => leaving.aborted,
    depot: openDepot(link.redis, queue, options.shared, options.limit),
    places: { data, ...(options.scorer !== undefined && { scorer: options.scorer }) },
  };
  const worker = new Worker(queue, (job: Job, token?: string) => take(job, token ?? ''), {
    ...{ connection: link.redis, prefix, concurrency: options.jobs, autorun: false, skipVersionCheck: true },
    ...{ lockDuration: lockMs, lockRenewTime: lockMs / 4, stalledInterval: lockMs / 2, maxStalledCount: mostStalls },
    runRetryDelay: 1_000,
  });
  // A server that is away is the link's to tell of; the rest is of use to who looks for a fault.
  worker.on('error', ({ message }) => process.env.DEBUG === 'modebench' && tell(`queue: ${message}`));

  /** Returns where the job is done. What it throws says to bullmq what becomes of the job. */
  async function take(job: Job, token: string): Promise<Attended['kind']> {
    const id = job.id ?? '';
    const slot = slots.find(({ isTaken }) => !isTaken);
    if (!slot) throw new Error('internal: more jobs than slots');
    slot.take(job);
    try {
      const attended = await attend(id, job.data, slot.poolWorker, bench);
      tell(attendedLine(attended));
      if (attended.kind !== 'stopped') return attended.kind;
    } catch (error) {
      const why = messageOf(error);
      if (error instanceof Nonsense) {
        tell(`job ${inLine(id, 80)} is refused: ${why}`);
        throw new UnrecoverableError(`refused: ${why}`);
      }
      if (!(error instanceof Unfit)) {
        tell(`job ${inLine(id, 12)}: ${why}; it will be tried again`);
        throw error;
      }
      unfit.abort(why);
      await job.updateProgress(refusedNews(hostname(), why));
    } finally {
      slot.leave();
    }
    await job.moveToWait(token);
    throw new WaitingError();
  }

  const presence = showWorker(link.redis, worker.id, {
    ...{ host: hostname(), pid: process.pid, queue, device, jobs: options.jobs, commit: version.commit },
  });
  const looking = lookElsewhere(link, queue, version, tell);
  const running = worker.run();
  await Promise.race([aborted(leaving), running]).finally(() => clearInterval(looking));
  for (const { poolWorker } of slots.filter(({ isTaken }) => isTaken)) poolWorker.yield();
  const inOrder = await unlessAway(
    link,
    Promise.all([worker.close(), running]).then(() => presence.leave()),
  );
  if (!inOrder) tell('Redis is away: trials at work are given to other workers when it notices');
  killing.abort();
  await Promise.all(slots.map(({ poolWorker }) => poolWorker.stop()));
  await rm(bench.scratch, { recursive: true, force: true });
  if (unfit.signal.aborted) throw new UsageError(String(unfit.signal.reason));
}

function attendedLine(attended: Attended): string {
  switch (attended.kind) {
    case 'record': {
      const { id, status, wallSeconds, reason } = attended.record;
      return `${id}: ${status}${reason === undefined ? '' : ` (${reason})`}, ${wallSeconds.toFixed(1)} s`;
    }
    case 'usage':
      return attended.message;
    case 'stopped':
      return `${attended.id}: given back`;
    default:
      return attended satisfies never;
  }
}

/** Says once of each other version that its trials wait while this worker has nothing to do. */
function lookElsewhere(link: Link, queue: string, version: Version, tell: (line: string) => void): NodeJS.Timeout {
  const told = new Set<string>();
  const look = async () => {
    for (const { engine, code, commit } of await waitingElsewhere(link.redis, queue)) {
      const wanted = `${versionText({ code, commit })}, engine ${engine}`;
      if (told.has(wanted)) continue;
      told.add(wanted);
      tell(`trials wait for workers of ${wanted}; this one is ${versionText(version)} and leaves them alone`);
    }
  };
  const quietly = () => void look().catch(() => {}); // the connection was closed
  quietly();
  return setInterval(quietly, lookElsewhereMs);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Waits for the work; false where the server stays away for some seconds instead. */
async function unlessAway(link: Link, work: Promise<unknown>): Promise<boolean> {
  let done = false;
  const finished = work.then(() => {
    done = true;
    return true;
  });
  const given = (async () => {
    for (let awayMs = 0; !done && awayMs < awayPatienceMs; awayMs = link.isAway ? awayMs + 250 : 0) await sleep(250);
    return false;
  })();
  return Promise.race([finished, given]);
}
