/** A lane with the job that it has: what the lane tells of the trial goes to Redis as the job's news, not too often. */
import type { Job } from 'bullmq';
import type { LaunchEvent } from '../events.ts';
import { type Lane, type LaneOptions, openLane } from '../local/pool-worker.ts';
import { diedNews, type News, progressNews } from './progress-events.ts';

export interface Seat {
  readonly lane: Lane;
  readonly isTaken: boolean;
  take(job: Pick<Job, 'updateProgress'>): void;
  leave(): void;
}

/** Least milliseconds between two reports of progress; what matters more is told at once. */
const reportEvery = 1_000;

export function openSeat(options: LaneOptions): Seat {
  let job: Pick<Job, 'updateProgress'> | undefined;
  let reported = Number.NEGATIVE_INFINITY;
  // News may be lost: the result is what counts, and it comes another way.
  const tell = (news: News) => void job?.updateProgress(news).catch(() => {});
  const onEvent = (event: LaunchEvent) => {
    if (event.kind === 'died') tell(diedNews(event.reason));
    if (event.kind !== 'progress' || performance.now() - reported < reportEvery) return;
    reported = performance.now();
    tell(progressNews(event.progress));
  };
  return {
    lane: openLane(options, onEvent),
    get isTaken() {
      return job !== undefined;
    },
    take: (taken) => {
      job = taken;
      reported = Number.NEGATIVE_INFINITY;
    },
    leave: () => {
      job = undefined;
    },
  };
}
