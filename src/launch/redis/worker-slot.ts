/** Holds one of a worker's slots for a job: its pool worker, and the job, to which the trial's progress is reported. */
import type { Job } from 'bullmq';
import type { TrialEvent } from '../events.ts';
import { PoolWorker, type PoolWorkerOptions } from '../local/pool-worker.ts';
import { diedEvent, type ProgressEvent, progressEvent } from './progress-events.ts';

type JobProgress = Pick<Job, 'updateProgress'>;

/** Least milliseconds between two reports of progress; a death is reported at once. */
const reportEvery = 1_000;

export class WorkerSlot {
  readonly poolWorker: PoolWorker;
  #job: JobProgress | undefined;
  #reported = Number.NEGATIVE_INFINITY;

  constructor(options: PoolWorkerOptions) {
    this.poolWorker = new PoolWorker(options, (event) => this.#report(event));
  }

  get isTaken(): boolean {
    return this.#job !== undefined;
  }

  take(job: JobProgress): void {
    this.#job = job;
    this.#reported = Number.NEGATIVE_INFINITY;
  }

  leave(): void {
    this.#job = undefined;
  }

  #report(event: TrialEvent): void {
    if (event.kind === 'died') this.#send(diedEvent(event.reason));
    if (event.kind !== 'progress' || performance.now() - this.#reported < reportEvery) return;
    this.#reported = performance.now();
    this.#send(progressEvent(event.progress));
  }

  /** Progress may be lost: the result is what counts, and it comes another way. */
  #send(event: ProgressEvent): void {
    void this.#job?.updateProgress(event).catch(() => {});
  }
}
