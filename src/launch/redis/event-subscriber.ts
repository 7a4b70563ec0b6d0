/** What happens on a queue, as it happens. Events may be lost where the server was away: who listens asks for standings as well. */
import { QueueEvents } from 'bullmq';
import type { Link } from './connection.ts';
import { prefix } from './names.ts';
import { type ReadNews, readNews } from './progress-events.ts';

export type Happening =
  | { readonly kind: 'started' }
  /** A worker has put the result into the depot. */
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Its worker gave it back … */
  | { readonly kind: 'waiting' }
  /** … or vanished. */
  | { readonly kind: 'stalled' }
  /** It is off the queue: somebody fetched its result, or withdrew it. */
  | { readonly kind: 'removed' }
  | { readonly kind: 'news'; readonly news: ReadNews };

/** Tells of every job of the queue, from now on. */
export async function followQueue(
  { redis }: Link,
  queue: string,
  onHappening: (job: string, happening: Happening) => void,
): Promise<{ close(): Promise<void> }> {
  // From the last event that there is: the first ones must not slip by while the reader connects.
  const [last] = await redis.xrevrange(`${prefix}:${queue}:events`, '+', '-', 'COUNT', 1);
  const events = new QueueEvents(queue, {
    ...{ connection: redis, prefix, skipVersionCheck: true },
    lastEventId: last?.[0] ?? '0',
  });
  events.on('error', () => {}); // the link tells of a server that is away
  events.on('active', ({ jobId }) => onHappening(jobId, { kind: 'started' }));
  events.on('completed', ({ jobId }) => onHappening(jobId, { kind: 'completed' }));
  events.on('failed', ({ jobId, failedReason }) => onHappening(jobId, { kind: 'failed', reason: failedReason }));
  events.on('waiting', ({ jobId, prev }) => prev === 'active' && onHappening(jobId, { kind: 'waiting' }));
  events.on('stalled', ({ jobId }) => onHappening(jobId, { kind: 'stalled' }));
  events.on('removed', ({ jobId }) => onHappening(jobId, { kind: 'removed' }));
  events.on('progress', ({ jobId, data }) => {
    const news = readNews(data);
    if (news !== undefined) onHappening(jobId, { kind: 'news', news });
  });
  return { close: () => events.close() };
}
