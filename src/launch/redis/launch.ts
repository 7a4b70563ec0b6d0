/**
 * Runs a plan's missing trials on the workers of a queue: puts them there, and merges their results into the store. Same events
 * and same ending as a local launch. It may go away at any moment: results wait for the next one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../base/usage-error.ts';
import type { AskedEngine } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import type { Outcome, TrialEvent } from '../events.ts';
import { type KnownRecords, splitKnown } from '../settled.ts';
import { BlobStore } from './blob-store.ts';
import type { Connection } from './connection.ts';
import { subscribe } from './event-subscriber.ts';
import { jobId } from './job.ts';
import { queueName } from './names.ts';
import { QueueClient } from './queue-client.ts';
import { ResultCollector } from './result-collector.ts';
import { untilAborted } from './until-aborted.ts';
import type { Version } from './version.ts';

export interface QueuedOptions {
  /** What was read of the store. */
  readonly known: KnownRecords;
  readonly connection: Connection;
  readonly version: Version;
  /** As it was asked for. */
  readonly engine: AskedEngine;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** The folder that workers were given as shared. */
  readonly shared?: string;
  /** Make these trials again, whatever lies of them on the queue. */
  readonly fresh: boolean;
  /** Stop when a trial fails. */
  readonly failFast: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at all trials that are out. */
  readonly lookMs?: number;
}

/** Events tell at once; looks are for those that got lost. */
const usualLookMs = 15_000;
/** A server without room is asked so often, after such a pause. */
const mostAttempts = 10;
const askAgainMs = 500;
/** What a server that is away may delay an ending by. */
const endingMs = 3_000;

/** Puts what the store lacks on the queue and leaves it there. Returns how many trials that were. */
export async function enqueueTrials(
  trials: readonly PlannedTrial[],
  store: Store,
  options: QueuedOptions,
): Promise<number> {
  const { missing } = splitKnown(trials, options.known);
  const { client } = openQueue(store, options);
  try {
    if (options.fresh) await client.forget(missing.map(jobId));
    await client.enqueue(missing, options.signal);
  } finally {
    await client.close();
  }
  return missing.length;
}

/**
 * Runs what the store lacks. When `options.signal` aborts, what nobody has begun is taken off the queue; the rest goes on and
 * is merged by a later call. Throws UsageError where a trial's own spec turns out to be wrong, and what the store throws.
 */
export function launchQueued(
  trials: readonly PlannedTrial[],
  store: Store,
  options: QueuedOptions,
  tell: (event: TrialEvent) => void = () => {},
): Promise<Outcome> {
  return new QueuedRun(trials, store, options, tell).run();
}

class QueuedRun {
  readonly #trials: readonly PlannedTrial[];
  readonly #store: Store;
  readonly #options: QueuedOptions;
  readonly #tell: (event: TrialEvent) => void;
  /** Aborts at a fault, when all trials have their records, and at the first failure where that is asked for. */
  readonly #halt = new AbortController();
  readonly #ending: AbortSignal;
  readonly #records = new Map<string, TrialRecord>();
  #maxRssBytes = 0;
  #fault: unknown;
  #isEnding = false;

  constructor(
    trials: readonly PlannedTrial[],
    store: Store,
    options: QueuedOptions,
    tell: (event: TrialEvent) => void,
  ) {
    this.#trials = trials;
    this.#store = store;
    this.#options = options;
    this.#tell = tell;
    this.#ending = AbortSignal.any([options.signal, this.#halt.signal]);
  }

  async run(): Promise<Outcome> {
    const { known, connection, signal } = this.#options;
    const { found, missing } = splitKnown(this.#trials, known);
    for (const [trial, record] of found) {
      this.#records.set(trial.hash, record);
      this.#tell({ kind: 'found', trial, record });
    }
    if (missing.length > 0 && !signal.aborted) await this.#collect(missing);
    if (this.#fault !== undefined) throw explained(this.#fault, connection);
    // Also where nothing ran: an earlier run may have died between a record and its row.
    await this.#store.rebuild();
    return this.#outcome();
  }

  /** From the first trial on the queue to the last record in the store, or to the signal. */
  async #collect(missing: readonly PlannedTrial[]): Promise<void> {
    const { connection, engine, data, lookMs = usualLookMs } = this.#options;
    const { client, blobs, queue } = openQueue(this.#store, this.#options);
    const collector = new ResultCollector(missing, {
      ...{ client, blobs, store: this.#store, engine, data, tell: this.#tell },
      onRecord: (record, maxRssBytes) => this.#take(record, maxRssBytes),
      onFault: (error) => this.#stopFor(error),
    });
    const subscription = await subscribe(connection.redis, queue, (job, event) => collector.hear(job, event));
    let looking: NodeJS.Timeout | undefined;
    const lookAtAll = () => void collector.look(collector.jobs);
    const begun = this.#enqueue(client, missing, collector).then(
      () => {
        lookAtAll();
        looking = setInterval(lookAtAll, lookMs);
        connection.watch((state) => state === 'back' && lookAtAll());
      },
      (error: unknown) => this.#stopFor(error),
    );
    await untilAborted(this.#ending);
    await collector.stop();
    this.#isEnding = true;
    await inTime(begun.then(() => client.withdraw(collector.jobs)));
    clearInterval(looking);
    await inTime(subscription.close());
    await inTime(client.close());
  }

  /** A server without room for the jobs may have results, which make room when they are merged. */
  async #enqueue(client: QueueClient, missing: readonly PlannedTrial[], collector: ResultCollector): Promise<void> {
    if (this.#options.fresh) await client.forget(missing.map(jobId));
    for (let attempt = 1; ; attempt++) {
      try {
        return await client.enqueue(missing, this.#ending);
      } catch (error) {
        if (!isFull(error) || attempt === mostAttempts) throw error;
        await collector.look(collector.jobs, 'results');
        await sleep(askAgainMs);
      }
    }
  }

  #take(record: TrialRecord, maxRssBytes: number): void {
    this.#records.set(record.hash, record);
    this.#maxRssBytes = Math.max(this.#maxRssBytes, maxRssBytes);
    const isLast = this.#records.size === this.#trials.length;
    if (isLast || (record.status === 'failed' && this.#options.failFast)) this.#halt.abort();
  }

  /** Later faults come of the connection being closed. */
  #stopFor(error: unknown): void {
    if (!this.#isEnding) this.#fault ??= error;
    this.#halt.abort();
  }

  #outcome(): Outcome {
    const records = this.#trials.flatMap(({ hash }) => this.#records.get(hash) ?? []);
    const maxRssBytes = this.#maxRssBytes;
    if (records.length === this.#trials.length) return { records, maxRssBytes };
    return { records, maxRssBytes, stopped: this.#options.signal.aborted ? 'interrupted' : 'failure' };
  }
}

/** A server that answers with a refusal (its memory is full, it has become a replica) is the user's to correct. */
function explained(fault: unknown, { address }: Connection): unknown {
  if (!(fault instanceof Error) || fault.name !== 'ReplyError') return fault;
  return new UsageError(
    `Redis at ${address.shown} refuses: ${fault.message}; results wait: type the command again later`,
  );
}

function openQueue(
  store: Store,
  options: QueuedOptions,
): { readonly client: QueueClient; readonly blobs: BlobStore; readonly queue: string } {
  const { connection, version, engine, data, shared } = options;
  const { redis } = connection;
  const queue = queueName(engine, version.code);
  const blobs = new BlobStore(redis, queue, shared);
  return { queue, blobs, client: new QueueClient({ redis, queue, card: { engine, ...version }, blobs, store, data }) };
}

const isFull = (error: unknown): boolean => error instanceof Error && error.message.startsWith('OOM');

/** Some time for what an absent server may not answer, and no fault of an ending. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([work.catch(() => {}), sleep(endingMs, undefined, patience).catch(() => {})]);
  patience.abort();
}
