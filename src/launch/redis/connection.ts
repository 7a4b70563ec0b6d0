/** Holds a connection to Redis: refused in one line where it cannot be made, waited for where the server goes away later. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { UsageError } from '../../base/usage-error.ts';
import type { Address } from './address.ts';

export type ServerState = 'away' | 'back';

export class Connection {
  /** Commands wait while the server is away. Blocking commands need a duplicate. */
  readonly redis: Redis;
  readonly address: Address;
  #isAway = false;
  readonly #watchers: ((state: ServerState) => void)[] = [];

  constructor(redis: Redis, address: Address) {
    this.redis = redis;
    this.address = address;
    redis.on('close', () => this.#turn(true));
    redis.on('ready', () => this.#turn(false));
  }

  /** The server does not answer at the moment. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** Calls back when the server goes away and when it is there again. */
  watch(onChange: (state: ServerState) => void): void {
    this.#watchers.push(onChange);
  }

  /** At once; commands on their way are dropped. */
  close(): void {
    this.#watchers.length = 0;
    this.redis.disconnect();
  }

  #turn(isAway: boolean): void {
    if (this.#isAway === isAway) return;
    this.#isAway = isAway;
    for (const onChange of this.#watchers) onChange(isAway ? 'away' : 'back');
  }
}

/** Milliseconds that a first connection may take. */
const usualPatienceMs = 4_000;
/** What bullmq recommends, and the first that has everything used here. */
const oldest = [6, 2] as const;

/** Connects. Throws UsageError of one line: not reachable, password, TLS, no such database, no Redis, too old. */
export async function openConnection(address: Address, patienceMs = usualPatienceMs): Promise<Connection> {
  const { host, port, tls, db, username, password } = address;
  const redis = new Redis({
    ...{ host, port, db, lazyConnect: true, maxRetriesPerRequest: null, keepAlive: 10_000 },
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  try {
    await firstContact(redis, address, patienceMs);
    refuseOld(await redis.info('server'), address);
  } catch (error) {
    redis.disconnect();
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(finalRefusal(error, address) ?? `Redis at ${address.shown} refuses: ${error.message}`);
  }
  return new Connection(redis, address);
}

/** A server that is not there is asked again for some seconds; what it says against us is final. Errors go on being heard. */
async function firstContact(redis: Redis, address: Address, patienceMs: number): Promise<void> {
  let last: Error | undefined;
  const ended = new AbortController();
  const ready = new Promise<void>((resolve, reject) => {
    redis.once('ready', resolve);
    redis.on('error', (error: Error) => {
      last = error;
      const line = finalRefusal(error, address);
      if (line !== undefined) reject(new UsageError(line));
    });
    redis.connect().catch(() => {}); // `error` told why
  });
  const tooLong = sleep(patienceMs, undefined, ended).then(() => {
    throw new UsageError(unreachable(address, last));
  });
  try {
    await Promise.race([ready, tooLong]);
  } finally {
    ended.abort();
    tooLong.catch(() => {});
  }
}

const codeOf = (error: Error | undefined): string => (error && 'code' in error ? String(error.code) : '');

/** One line for what will not change by trying again. */
function finalRefusal(error: Error, { shown, tls, db }: Address): string | undefined {
  const { message } = error;
  if (message.startsWith('NOAUTH'))
    return `Redis at ${shown} wants a password: --queue ${shown.replace('//', '//:PASSWORD@')}, or MODEBENCH_REDIS_PASSWORD in the environment`;
  if (/^(WRONGPASS|ERR (invalid password|AUTH|Client sent AUTH))/.test(message))
    return `Redis at ${shown} refuses the password (or the user that goes with it)`;
  if (message.startsWith('NOPERM')) return `Redis at ${shown} does not let this user do what a queue needs: ${message}`;
  if (/DB index|SELECT is not allowed/i.test(message)) return `Redis at ${shown} has no database ${db}`;
  if (/RESP type|Protocol error/.test(message)) return `what answers at ${shown} is no Redis`;
  const code = codeOf(error);
  if (!tls) return undefined;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the certificate of ${shown} is for another name: ${message}`;
  if (/CERT|SIGNATURE|ISSUER/.test(code))
    return `the certificate of ${shown} is not trusted (${message}); one's own authority: NODE_EXTRA_CA_CERTS=<its PEM file>`;
  if (/^(EPROTO|ERR_SSL_)/.test(code)) return `${shown} does not speak TLS as we do (${message.split('\n')[0]})`;
  return undefined;
}

function unreachable({ shown, tls }: Address, last: Error | undefined): string {
  const code = codeOf(last);
  const closed = ['ECONNRESET', 'EPIPE'].includes(code);
  const why = code === '' ? (last?.message ?? 'no answer') : code;
  const check = tls
    ? 'is the server running there, and does it speak TLS (redis:// is without)?'
    : closed
      ? 'does it want TLS (rediss://)?'
      : 'is redis-server running there, on that port, and open to this machine (bind, firewall)?';
  return `cannot reach Redis at ${shown} (${why}): ${check}`;
}

function refuseOld(info: string, { shown }: Address): void {
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(info);
  if (!version) return; // a relative of Redis under another name
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  throw new UsageError(`Redis at ${shown} is ${major}.${minor}; expected ${oldest.join('.')} or newer`);
}

/** For the end of a command: connections that wait for a server which is away keep nobody waiting. */
export function exitSoon(): void {
  setTimeout(() => process.exit(), 2_000).unref();
}
