/** Names the keys in Redis. All of them begin with `modebench:`, so that a server may serve others too. */

export const prefix = 'modebench';

/** One queue an engine and version of the code: a worker cannot even see the trials of another version. */
export const queueName = (engine: string, version: string): string => `${engine}-${version}`;

export type BlobKind = 'result' | 'checkpoint';

/** Files of a trial, under its job. */
export const blobKey = (queue: string, kind: BlobKind, job: string): string => `${prefix}:${kind}:${queue}:${job}`;

/** The set of stores that want a job's result. */
export const wantedKey = (queue: string, job: string): string => `${prefix}:wanted:${queue}:${job}`;

/** Queues on which trials were put, with who did so: a hash by queue. */
export const queuesKey = `${prefix}:queues`;

/** Ids of the workers that showed themselves; each has a key of its own that ends when it falls silent. */
export const workersKey = `${prefix}:workers`;
export const workerKey = (id: string): string => `${prefix}:worker:${id}`;

/** What nobody fetches is kept so long, in seconds. */
export const keepSeconds = 14 * 24 * 60 * 60;
