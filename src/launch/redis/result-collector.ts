/**
 * The trials that are out: what is heard of them, and their results on the way into the store. It ends when all are in, or
 * when it is told to stop; what is left on the queue then is the caller's.
 */

import { UsageError } from '../../base/usage-error.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import type { TrialEvent } from '../events.ts';
import type { Depot } from './blob-store.ts';
import { bounded } from './bounded.ts';
import type { Happening } from './event-subscriber.ts';
import { jobId } from './job.ts';
import { type Gathered, gather, giveUp } from './merge.ts';
import type { Desk } from './queue-client.ts';

export interface Collecting {
  readonly desk: Desk;
  readonly depot: Depot;
  readonly store: Store;
  readonly engine: string;
  readonly onEvent: (event: TrialEvent) => void;
  /** A record is in the store and off the queue. */
  readonly onRecord: (record: TrialRecord, maxRssBytes: number) => void;
  /** What the user or the disk got wrong: nothing more can be brought in. */
  readonly onFault: (error: unknown) => void;
}

export interface Collection {
  /** Jobs whose trials are out. */
  readonly jobs: readonly string[];
  hear(job: string, happening: Happening): void;
  /** Asks how jobs stand, for what no event told of. */
  look(jobs: readonly string[]): Promise<void>;
  /** Takes nothing more in, and waits for what is on its way into the store. */
  stop(): Promise<void>;
}

/** A claim that another run holds is asked for again after this. */
const askAgainMs = 500;
/** Results that are brought into the store at once. */
const gatheredAtOnce = 8;
/** What bullmq says of a job whose workers vanished once too often. */
const vanished = /stalled more than allowable/;

export function openCollection(trials: readonly PlannedTrial[], collecting: Collecting): Collection {
  const { desk, depot, store, engine, onEvent, onRecord, onFault } = collecting;
  const out = new Map(trials.map((trial) => [jobId(trial), trial]));
  /** Why no worker will bring it, by job. */
  const givenUp = new Map<string, string>();
  const damaged = new Set<string>();
  const elsewhere = new Set<string>();
  let stopped = false;

  const gathering = bounded<string>(gatheredAtOnce, async (job) => {
    const trial = out.get(job);
    if (!trial) return;
    const reason = givenUp.get(job);
    try {
      const given = reason === undefined ? gather(trial, engine, depot, store) : giveUp(trial, engine, reason, store);
      await take(job, trial, await given);
    } catch (error) {
      onFault(error);
    }
  });

  async function take(job: string, trial: PlannedTrial, gathered: Gathered): Promise<void> {
    switch (gathered.kind) {
      case 'ended':
      case 'found': {
        const { kind, record } = gathered;
        out.delete(job);
        if (gathered.kind === 'ended' && gathered.trace !== undefined)
          onEvent({ kind: 'faulted', trial, trace: gathered.trace });
        onEvent({ kind, trial, record });
        await desk.settle(job);
        onRecord(record, gathered.kind === 'ended' ? gathered.maxRssBytes : 0);
        break;
      }
      case 'held':
        if (!elsewhere.has(job)) onEvent({ kind: 'elsewhere', trial });
        elsewhere.add(job);
        gatherLater(job);
        break;
      case 'usage':
        await desk.settle(job);
        return onFault(new UsageError(gathered.message));
      case 'gone':
        return desk.renew(trial);
      case 'damaged':
        if (damaged.has(job)) {
          failed(job, `its result came damaged twice: ${gathered.reason}`);
          break;
        }
        damaged.add(job);
        onEvent({ kind: 'died', trial, reason: `its result came damaged (${gathered.reason})` });
        await desk.settle(job);
        return desk.renew(trial);
      default:
        gathered satisfies never;
    }
  }

  function gatherLater(job: string): void {
    setTimeout(() => stopped || gathering.add(job), askAgainMs);
  }

  function failed(job: string, reason: string): void {
    givenUp.set(job, vanished.test(reason) ? 'the workers that had it vanished, one after another' : reason);
    gatherLater(job);
  }

  async function look(jobs: readonly string[]): Promise<void> {
    try {
      const standings = await desk.standings(jobs);
      for (const [at, job] of jobs.entries()) {
        const standing = standings[at];
        if (stopped || !standing || !out.has(job)) continue;
        if (standing.kind === 'failed') failed(job, standing.reason);
        // Also where it is gone: the store may have it by now, else it is put on the queue again.
        else if (standing.kind !== 'underway') gathering.add(job);
      }
    } catch (error) {
      onFault(error);
    }
  }

  function hear(job: string, happening: Happening): void {
    const trial = out.get(job);
    if (!trial || stopped) return;
    switch (happening.kind) {
      case 'started':
      case 'waiting':
        onEvent({ kind: happening.kind, trial });
        break;
      case 'stalled':
        onEvent({ kind: 'died', trial, reason: 'its worker fell silent' });
        break;
      case 'news':
        onEvent({ ...happening.news, trial });
        break;
      case 'completed':
        gathering.add(job);
        break;
      case 'failed':
        failed(job, happening.reason);
        break;
      case 'removed':
        void look([job]);
        break;
      default:
        happening satisfies never;
    }
  }

  return {
    get jobs() {
      return [...out.keys()];
    },
    hear,
    look,
    stop: () => {
      stopped = true;
      return gathering.stop();
    },
  };
}
