/**
 * Serves a queue as a worker: takes trials off it, one a slot, until it is told to stop. Then its trials write checkpoints,
 * which go to Redis with their jobs, and other workers go on. What becomes of one job is the job processor's.
 */

import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { inLine, messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { AskedEngine } from '../../engine/engines.ts';
import type { Experiment } from '../../experiment/define.ts';
import type { PoolWorkerOptions } from '../local/pool-worker.ts';
import { trainingWorker, type WorkerCommand } from '../local/worker-process.ts';
import { BlobStore } from './blob-store.ts';
import type { Connection } from './connection.ts';
import { InvalidJob, JobProcessor, type Processed, UnsuitableWorker } from './job-processor.ts';
import { prefix, queueName } from './names.ts';
import { refusedEvent } from './progress-events.ts';
import { makeScratch } from './scratch.ts';
import { untilAborted } from './until-aborted.ts';
import { type Version, versionText } from './version.ts';
import { registerWorker, waitingElsewhere } from './worker-registry.ts';
import { WorkerSlot } from './worker-slot.ts';

export interface ServeOptions extends Pick<PoolWorkerOptions, 'engine' | 'device' | 'instead' | 'data'> {
  /** The engine as it was asked for, after which the queue is called; absent: `engine`. */
  readonly asked?: AskedEngine;
  readonly connection: Connection;
  readonly version: Version;
  /** Trials at once, a process each. */
  readonly jobs: number;
  /** A folder that all machines see, for what is too large for Redis. */
  readonly shared?: string;
  /** An ONNX file with its JSON, for runs that bring a scorer of their own. */
  readonly scorer?: string;
  /** Experiments' files with kinds of their own, by their hashes. */
  readonly code?: ReadonlyMap<string, Experiment>;
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

/** Serves until the signal. Throws UsageError of one line where this machine turns out unsuitable for a trial; its jobs are given back. */
export async function serve(options: ServeOptions): Promise<void> {
  const scratch = await makeScratch();
  try {
    await new QueueWorker(options, scratch).serve();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

class QueueWorker {
  readonly #options: ServeOptions;
  readonly #queue: string;
  /** Aborts, with the reason, where this machine turns out unsuitable. */
  readonly #unsuitable = new AbortController();
  readonly #leaving: AbortSignal;
  readonly #killing = new AbortController();
  readonly #slots: readonly WorkerSlot[];
  readonly #processor: JobProcessor;
  readonly #worker: Worker;

  constructor(options: ServeOptions, scratch: string) {
    const { connection, version, engine, device, instead, data, jobs, signal, scorer, code, shared, limit, tell } =
      options;
    this.#options = options;
    this.#queue = queueName(options.asked ?? engine, version.code);
    this.#leaving = AbortSignal.any([signal, this.#unsuitable.signal]);
    const pool = {
      ...{ engine, device, data, worker: options.worker ?? trainingWorker, signal: this.#killing.signal },
      ...(instead && { instead }),
    };
    this.#slots = Array.from({ length: jobs }, () => new WorkerSlot(pool));
    this.#processor = new JobProcessor({
      ...{ engine, device, version, tell, scratch, copyMs: options.copyMs ?? usualCopyMs },
      isStopping: () => this.#leaving.aborted,
      blobs: new BlobStore(connection.redis, this.#queue, shared, limit),
      places: { data, ...(scorer !== undefined && { scorer }), ...(code && { code }) },
    });
    this.#worker = this.#bullWorker();
  }

  async serve(): Promise<void> {
    const { connection, device, jobs, version, tell } = this.#options;
    const registration = registerWorker(connection.redis, this.#worker.id, {
      ...{ host: hostname(), pid: process.pid, queue: this.#queue, device, jobs, commit: version.commit },
    });
    const looking = this.#lookElsewhere();
    const running = this.#worker.run();
    await Promise.race([untilAborted(this.#leaving), running]).finally(() => clearInterval(looking));
    for (const { poolWorker } of this.#slots.filter(({ isTaken }) => isTaken)) poolWorker.yield();
    const closed = Promise.all([this.#worker.close(), running]).then(() => registration.leave());
    if (!(await unlessAway(connection, closed)))
      tell('Redis is away: trials at work are given to other workers when it notices');
    this.#killing.abort();
    await Promise.all(this.#slots.map(({ poolWorker }) => poolWorker.stop()));
    const { aborted, reason } = this.#unsuitable.signal;
    if (aborted) throw new UsageError(String(reason));
  }

  #bullWorker(): Worker {
    const { connection, jobs, lockMs = usualLockMs, tell } = this.#options;
    const worker = new Worker(this.#queue, (job: Job, token?: string) => this.#take(job, token ?? ''), {
      ...{ connection: connection.redis, prefix, concurrency: jobs, autorun: false, skipVersionCheck: true },
      ...{ lockDuration: lockMs, lockRenewTime: lockMs / 4, stalledInterval: lockMs / 2 },
      ...{ maxStalledCount: mostStalls, runRetryDelay: 1_000 },
    });
    // The connection tells of a server that is away; the rest is of use to who looks for a fault.
    worker.on('error', ({ message }) => process.env.DEBUG === 'modebench' && tell(`queue: ${message}`));
    return worker;
  }

  /** Returns where the job is done. What it throws says to BullMQ what becomes of the job. */
  async #take(job: Job, token: string): Promise<Processed['kind']> {
    const slot = this.#slots.find(({ isTaken }) => !isTaken);
    if (!slot) throw new Error('internal: more jobs than slots');
    slot.take(job);
    try {
      const processed = await this.#processor.process(job.id ?? '', job.data, slot.poolWorker);
      this.#options.tell(processedLine(processed));
      if (processed.kind !== 'stopped') return processed.kind;
    } catch (error) {
      await this.#refuse(job, error);
    } finally {
      slot.leave();
    }
    await job.moveToWait(token);
    throw new WaitingError();
  }

  /** Returns where the job is to be given back. */
  async #refuse(job: Job, error: unknown): Promise<void> {
    const { tell } = this.#options;
    const id = job.id ?? '';
    const why = messageOf(error);
    if (error instanceof InvalidJob) {
      tell(`job ${inLine(id, 80)} is refused: ${why}`);
      throw new UnrecoverableError(`refused: ${why}`);
    }
    if (!(error instanceof UnsuitableWorker)) {
      tell(`job ${inLine(id, 12)}: ${why}; it will be tried again`);
      throw error;
    }
    this.#unsuitable.abort(why);
    await job.updateProgress(refusedEvent(hostname(), why));
  }

  /** Says once of each other version that its trials wait while this worker has nothing to do. */
  #lookElsewhere(): NodeJS.Timeout {
    const { connection, version, tell } = this.#options;
    const told = new Set<string>();
    const look = async () => {
      for (const { engine, code, commit } of await waitingElsewhere(connection.redis, this.#queue)) {
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
}

function processedLine(processed: Processed): string {
  switch (processed.kind) {
    case 'record': {
      const { id, status, wallSeconds, reason } = processed.record;
      return `${id}: ${status}${reason === undefined ? '' : ` (${reason})`}, ${wallSeconds.toFixed(1)} s`;
    }
    case 'usage':
      return processed.message;
    case 'stopped':
      return `${processed.id}: given back`;
    default:
      return processed satisfies never;
  }
}

/** Waits for the work; false where the server stays away for some seconds instead. */
async function unlessAway(connection: Connection, work: Promise<unknown>): Promise<boolean> {
  let done = false;
  const finished = work.then(() => {
    done = true;
    return true;
  });
  const given = (async () => {
    for (let awayMs = 0; !done && awayMs < awayPatienceMs; awayMs = connection.isAway ? awayMs + 250 : 0)
      await sleep(250);
    return false;
  })();
  return Promise.race([finished, given]);
}
