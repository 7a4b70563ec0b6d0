/**
 * Runs a plan's missing trials on the workers of a queue: puts them there, and brings their results into the store. Same
 * events and same ending as a local launch. It may go away at any moment: results wait for the next one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../base/usage-error.ts';
import type { EngineName } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import type { Outcome, TrialEvent } from '../events.ts';
import { type KnownRecords, splitKnown } from '../settled.ts';
import { type Depot, openDepot } from './blob-store.ts';
import type { Link } from './connection.ts';
import { followQueue } from './event-subscriber.ts';
import { jobId } from './job.ts';
import { queueName } from './names.ts';
import { type Desk, openDesk } from './queue-client.ts';
import { openCollection } from './result-collector.ts';
import type { Version } from './version.ts';

export interface QueuedOptions {
  /** What was read of the store. */
  readonly known: KnownRecords;
  readonly link: Link;
  readonly version: Version;
  readonly engine: EngineName;
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
/** What a server that is away may delay an ending by. */
const lastWordsMs = 3_000;

/** Puts what the store lacks on the queue and leaves it there. Returns how many trials that were. */
export async function enqueueTrials(
  trials: readonly PlannedTrial[],
  store: Store,
  options: QueuedOptions,
): Promise<number> {
  const { missing } = splitKnown(trials, options.known);
  const { desk } = openSides(store, options);
  try {
    await begin(desk, missing, options);
  } finally {
    await desk.close();
  }
  return missing.length;
}

/**
 * Runs what the store lacks. When `options.signal` aborts, what nobody has begun is taken off the queue; the rest goes on and
 * is gathered by a later call. Throws UsageError where a trial's own spec turns out to be wrong, and what the store throws.
 */
export async function launchQueued(
  trials: readonly PlannedTrial[],
  store: Store,
  options: QueuedOptions,
  onEvent: (event: TrialEvent) => void = () => {},
): Promise<Outcome> {
  const { engine, link, signal, lookMs = usualLookMs } = options;
  const records = new Map<string, TrialRecord>();
  let maxRssBytes = 0;
  let fault: unknown;
  const halt = new AbortController();
  const ending = AbortSignal.any([signal, halt.signal]);

  const { found, missing } = splitKnown(trials, options.known);
  for (const [trial, record] of found) {
    records.set(trial.hash, record);
    onEvent({ kind: 'found', trial, record });
  }
  const { desk, depot, queue } = openSides(store, options);
  let isEnding = false;
  const stopFor = (error: unknown) => {
    if (!isEnding) fault ??= error; // later ones come of the connection being closed
    halt.abort();
  };
  const collection = openCollection(missing, {
    ...{ desk, depot, store, engine, onEvent, onFault: stopFor },
    onRecord: (record, rss) => {
      records.set(record.hash, record);
      maxRssBytes = Math.max(maxRssBytes, rss);
      if (records.size === trials.length || (record.status === 'failed' && options.failFast)) halt.abort();
    },
  });
  if (missing.length > 0 && !signal.aborted) {
    const following = await followQueue(link, queue, collection.hear);
    let looking: NodeJS.Timeout | undefined;
    const lookAtAll = () => void collection.look(collection.jobs);
    const begun = begin(desk, missing, { ...options, signal: ending }).then(() => {
      lookAtAll();
      looking = setInterval(lookAtAll, lookMs);
      link.watch((state) => state === 'back' && lookAtAll());
    }, stopFor);
    await aborted(ending);
    await collection.stop();
    isEnding = true;
    await inTime(begun.then(() => desk.withdraw(collection.jobs)));
    clearInterval(looking);
    await inTime(following.close());
  }
  await inTime(desk.close());
  if (fault !== undefined) throw inOurWords(fault, link);
  // Also where nothing ran: an earlier run may have died between a record and its row.
  await store.rebuild();
  const reached = trials.flatMap(({ hash }) => records.get(hash) ?? []);
  if (reached.length === trials.length) return { records: reached, maxRssBytes };
  return { records: reached, maxRssBytes, stopped: signal.aborted ? 'interrupted' : 'failure' };
}

/** A server that answers with a refusal (its memory is full, it has become a replica) is the user's to put right. */
function inOurWords(fault: unknown, { address }: Link): unknown {
  if (!(fault instanceof Error) || fault.name !== 'ReplyError') return fault;
  return new UsageError(
    `Redis at ${address.shown} refuses: ${fault.message}; results wait: type the command again later`,
  );
}

function openSides(store: Store, options: QueuedOptions): { desk: Desk; depot: Depot; queue: string } {
  const { link, version, engine, data, shared } = options;
  const queue = queueName(engine, version.code);
  const depot = openDepot(link.redis, queue, shared);
  return { depot, queue, desk: openDesk({ link, queue, card: { engine, ...version }, depot, store, data }) };
}

async function begin(
  desk: Desk,
  missing: readonly PlannedTrial[],
  { fresh, signal }: Pick<QueuedOptions, 'fresh' | 'signal'>,
): Promise<void> {
  if (fresh) await desk.forget(missing.map(jobId));
  await desk.enqueue(missing, signal);
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Some time for what an absent server may not answer, and no fault of an ending. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([work.catch(() => {}), sleep(lastWordsMs, undefined, patience).catch(() => {})]);
  patience.abort();
}
