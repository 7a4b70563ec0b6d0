/** Parses the address of a queue from a URL, and says how it is shown: a password is never printed. */
import { hidePassword } from '../../base/hide-password.ts';
import { UsageError } from '../../base/usage-error.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  /** As a user would write it, without user and password. */
  readonly shown: string;
}

const form = 'redis://[:password@]host[:port][/db], rediss:// for TLS';

/**
 * The address that a URL names. `password` is used where the URL has none. Throws UsageError, which shows no password.
 */
export function parseAddress(text: string, password?: string): Address {
  const url = parse(text);
  const path = /^\/?(\d{0,3})$/.exec(url?.pathname ?? '');
  if (!url || !path || url.hostname === '' || url.search !== '' || url.hash !== '') throw refusal(text);
  const tls = url.protocol === 'rediss:';
  const port = url.port === '' ? 6379 : Number(url.port);
  const db = Number(path[1]);
  const given = decoded(url.password, text) || password || undefined;
  const username = decoded(url.username, text);
  if (username !== '' && given === undefined) {
    throw new UsageError('--queue: a user name without a password; a password alone is written redis://:password@host');
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    tls,
    db,
    ...(username === '' ? {} : { username }),
    ...(given === undefined ? {} : { password: given }),
    shown: `${url.protocol}//${url.hostname}:${port}${db === 0 ? '' : `/${db}`}`,
  };
}

/** The address that `--queue` names, its password from the environment where the URL has none. Throws UsageError. */
export function addressOf(url: string, env: NodeJS.ProcessEnv = process.env): Address {
  return parseAddress(url, env.MODEBENCH_REDIS_PASSWORD);
}

function parse(text: string): URL | undefined {
  if (!/^rediss?:\/\//.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decoded(part: string, text: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal(text, '; % in a password is written %25');
  }
}

function refusal(text: string, hint = ''): UsageError {
  const shown = /:\/\//.test(text) ? hidePassword(text) : text.replace(/^.*@/s, 'PASSWORD@');
  return new UsageError(`--queue: expected ${form}, got '${shown.slice(0, 80)}'${hint}`);
}
