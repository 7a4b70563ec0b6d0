/** Subscribes to a queue's events. They may be lost where the server was away: a subscriber asks for the jobs' states as well. */
import { QueueEvents, QueueKeys } from 'bullmq';
import type { Redis } from 'ioredis';
import { prefix } from './names.ts';
import { type ReceivedEvent, readEvent } from './progress-events.ts';

export type QueueEvent =
  | { readonly kind: 'started' }
  /** A worker has stored the result. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Its worker gave it back … */
  | { readonly kind: 'waiting' }
  /** … or vanished. */
  | { readonly kind: 'stalled' }
  /** It is off the queue: somebody fetched its result, or withdrew it. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'reported'; readonly event: ReceivedEvent };

/** Tells of every job of the queue, from now on. */
export async function subscribe(
  redis: Redis,
  queue: string,
  onEvent: (job: string, event: QueueEvent) => void,
): Promise<{ close(): Promise<void> }> {
  // From the last event that there is: the first ones must not slip by while the reader connects.
  const [last] = await redis.xrevrange(new QueueKeys(prefix).toKey(queue, 'events'), '+', '-', 'COUNT', 1);
  const events = new QueueEvents(queue, {
    ...{ connection: redis, prefix, skipVersionCheck: true },
    lastEventId: last?.[0] ?? '0',
  });
  events.on('error', () => {}); // the connection tells of a server that is away
  events.on('active', ({ jobId }) => onEvent(jobId, { kind: 'started' }));
  events.on('completed', ({ jobId }) => onEvent(jobId, { kind: 'completed' }));
  events.on('failed', ({ jobId, failedReason }) => onEvent(jobId, { kind: 'failed', reason: failedReason }));
  events.on('waiting', ({ jobId, prev }) => prev === 'active' && onEvent(jobId, { kind: 'waiting' }));
  events.on('stalled', ({ jobId }) => onEvent(jobId, { kind: 'stalled' }));
  events.on('removed', ({ jobId }) => onEvent(jobId, { kind: 'removed' }));
  events.on('progress', ({ jobId, data }) => {
    const event = readEvent(data);
    if (event !== undefined) onEvent(jobId, { kind: 'reported', event });
  });
  return { close: () => events.close() };
}
