/**
 * Collects the results of the trials that are on the queue: follows their events, asks for what no event told of, and merges
 * results into the store. What is left on the queue when it is stopped is the caller's.
 */
import { UsageError } from '../../base/usage-error.ts';
import type { AskedEngine } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import type { TrialEvent } from '../events.ts';
import type { BlobStore } from './blob-store.ts';
import { bounded } from './bounded.ts';
import type { QueueEvent } from './event-subscriber.ts';
import { jobId } from './job.ts';
import { type Merged, mergeFailure, mergeResult } from './merge.ts';
import type { QueueClient } from './queue-client.ts';

export interface CollectorOptions {
  readonly client: QueueClient;
  readonly blobs: BlobStore;
  readonly store: Store;
  readonly engine: AskedEngine;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  readonly tell: (event: TrialEvent) => void;
  /** A record is in the store and off the queue. */
  readonly onRecord: (record: TrialRecord, maxRssBytes: number) => void;
  /** What the user or the disk got wrong: nothing more can be merged. */
  readonly onFault: (error: unknown) => void;
}

/** A claim that another run holds is asked for again after this. */
const askAgainMs = 500;
/** A removed job is looked at after this, with others that were removed meanwhile. */
const lookSoonMs = 200;
/** Results that are merged at once. */
const mergedAtOnce = 8;
/** What BullMQ says of a job whose workers vanished once too often. */
const vanished = /stalled more than allowable/;

export class ResultCollector {
  readonly #options: CollectorOptions;
  /** Trials without a record yet, by job. */
  readonly #out: Map<string, PlannedTrial>;
  /** Why no worker will bring it, by job. */
  readonly #failed = new Map<string, string>();
  /** Jobs whose result came damaged once. */
  readonly #damaged = new Set<string>();
  /** Jobs of which it was told that another run holds their claim. */
  readonly #elsewhere = new Set<string>();
  readonly #merging = bounded<string>(mergedAtOnce, (job) => this.#merge(job));
  /** Jobs that somebody removed, until they are looked at together. */
  readonly #removed = new Set<string>();
  #stopped = false;

  constructor(trials: readonly PlannedTrial[], options: CollectorOptions) {
    this.#options = options;
    this.#out = new Map(trials.map((trial) => [jobId(trial), trial]));
  }

  /** Jobs of the trials without a record yet. */
  get jobs(): readonly string[] {
    return [...this.#out.keys()];
  }

  hear(job: string, event: QueueEvent): void {
    const trial = this.#out.get(job);
    if (!trial || this.#stopped) return;
    const { tell } = this.#options;
    switch (event.kind) {
      case 'started':
      case 'waiting':
        tell({ kind: event.kind, trial });
        break;
      case 'stalled':
        tell({ kind: 'died', trial, reason: 'its worker fell silent' });
        break;
      case 'reported':
        tell({ ...event.event, trial });
        break;
      case 'completed':
        this.#merging.add(job);
        break;
      case 'failed':
        this.#fail(job, event.reason);
        break;
      case 'removed':
        this.#lookSoon(job);
        break;
      default:
        event satisfies never;
    }
  }

  /** Asks for the states of jobs, for what no event told of. @param wanted only results, where the trials are still being enqueued. */
  async look(jobs: readonly string[], wanted: 'all' | 'results' = 'all'): Promise<void> {
    try {
      const states = await this.#options.client.states(jobs);
      for (const [at, job] of jobs.entries()) {
        const state = states[at];
        if (this.#stopped || !state || !this.#out.has(job)) continue;
        if (state.kind === 'result') this.#merging.add(job);
        if (wanted === 'results') continue;
        if (state.kind === 'failed') this.#fail(job, state.reason);
        // The store may have it by now, else it is put on the queue again.
        if (state.kind === 'gone') this.#merging.add(job);
      }
    } catch (error) {
      this.#options.onFault(error);
    }
  }

  /** Merges nothing more, and waits for what is on its way into the store. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.#merging.stop();
  }

  #lookSoon(job: string): void {
    this.#removed.add(job);
    if (this.#removed.size > 1) return;
    setTimeout(() => {
      const jobs = [...this.#removed];
      this.#removed.clear();
      if (!this.#stopped) void this.look(jobs);
    }, lookSoonMs);
  }

  async #merge(job: string): Promise<void> {
    const trial = this.#out.get(job);
    if (!trial) return;
    const { engine, blobs, store, data, onFault } = this.#options;
    const reason = this.#failed.get(job);
    try {
      const merged =
        reason === undefined
          ? await mergeResult(trial, engine, blobs, store, data)
          : await mergeFailure(trial, engine, reason, store);
      await this.#take(job, trial, merged);
    } catch (error) {
      onFault(error);
    }
  }

  async #take(job: string, trial: PlannedTrial, merged: Merged): Promise<void> {
    const { client, tell, onRecord, onFault } = this.#options;
    switch (merged.kind) {
      case 'ended':
      case 'found': {
        const { kind, record } = merged;
        this.#out.delete(job);
        if (merged.kind === 'ended' && merged.trace !== undefined)
          tell({ kind: 'faulted', trial, trace: merged.trace });
        tell({ kind, trial, record });
        await client.settle(job);
        onRecord(record, merged.kind === 'ended' ? merged.maxRssBytes : 0);
        break;
      }
      case 'held':
        if (!this.#elsewhere.has(job)) tell({ kind: 'elsewhere', trial, holder: merged.holder });
        this.#elsewhere.add(job);
        this.#mergeLater(job);
        break;
      case 'usage':
        await client.settle(job);
        onFault(new UsageError(merged.message));
        break;
      case 'gone':
        await client.renew(trial);
        break;
      case 'damaged':
        if (this.#damaged.has(job)) {
          this.#fail(job, `its result came damaged twice: ${merged.reason}`);
          break;
        }
        this.#damaged.add(job);
        tell({ kind: 'died', trial, reason: `its result came damaged (${merged.reason})` });
        await client.settle(job);
        await client.renew(trial);
        break;
      default:
        merged satisfies never;
    }
  }

  #fail(job: string, reason: string): void {
    this.#failed.set(job, vanished.test(reason) ? 'the workers that had it vanished, one after another' : reason);
    this.#mergeLater(job);
  }

  #mergeLater(job: string): void {
    setTimeout(() => this.#stopped || this.#merging.add(job), askAgainMs);
  }
}
