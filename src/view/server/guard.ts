/**
 * Lets in nobody but the page itself: whoever else runs a page in this machine's browser knows no token, and a name that
 * was turned to this address is not the one that the server answers to.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 192 random bits, fit for a path. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** The part of the path behind the token, from its `/` on; or the status of a refusal. */
export type Admission =
  | { readonly path: string; readonly query: URLSearchParams }
  | { readonly refused: 403 | 404 | 405 };

/** The part of the page that gives orders, by POST: JSON from a page of this server's own. All else is looked at. */
const orders = 'play';

export function admit({ method, headers, url = '' }: IncomingMessage, token: string, port: number): Admission {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!names.includes(host)) return { refused: 403 };
  if (origin !== undefined && origin !== `http://${host}`) return { refused: 403 };
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { refused: 403 };
  const isOrder = method === 'POST';
  // Browsers send both with what a page of their own posts, and let no other page send this type unasked.
  if (isOrder && (origin === undefined || headers['content-type'] !== 'application/json')) return { refused: 405 };
  if (method !== 'GET' && !isOrder) return { refused: 405 };
  const [path = '', query = ''] = url.split('?', 2);
  const [, given = '', ...rest] = path.split('/');
  if (!isEqual(given, token) || rest.length === 0) return { refused: 404 };
  if (isOrder && rest[0] !== orders) return { refused: 405 };
  try {
    return { path: `/${rest.map(decodeURIComponent).join('/')}`, query: new URLSearchParams(query) };
  } catch {
    return { refused: 404 }; // no UTF-8
  }
}

/** In the same time whatever differs. */
function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Of every answer. The page has no code and no style but its own two files, and speaks to nobody else. */
export const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};
