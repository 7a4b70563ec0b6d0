/** Who the live page's server answers to: the page itself, and nobody else that this machine's browser runs. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveServer, startServer } from '../../src/view/server/server.ts';
import type { Source } from '../../src/view/source.ts';

const source: Source = { experiments: async () => [], open: async () => undefined };

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it says that it comes from the server's own page. */
  readonly own?: boolean;
  /** Behind the token. */
  readonly under?: string;
}

const json = { 'content-type': 'application/json' };

describe('the live page’s server', () => {
  let server: LiveServer;
  let address: URL;
  beforeAll(async () => {
    server = await startServer({ source });
    address = new URL(server.address);
  });
  afterAll(() => server.close());

  /** The status and the headers of an answer. Node's own client, which lets a test forge any header. */
  const ask = ({ path = address.pathname, method = 'GET', headers: given = {}, own, under = '' }: Asked) =>
    new Promise<readonly [status: number, policy: string]>((resolve, reject) => {
      const headers = own ? { origin: address.origin, ...given } : given;
      const options = { host: '127.0.0.1', port: address.port, path: `${path}${under}`, method, headers };
      const asked = request(options, (answer) => {
        answer.resume();
        resolve([answer.statusCode ?? 0, String(answer.headers['content-security-policy'])]);
      });
      asked.on('error', reject).end();
    });
  const statusOf = async (asked: Asked) => (await ask(asked))[0];

  it('listens on this machine alone, under an address that nobody guesses', () => {
    expect(address.hostname).toBe('127.0.0.1');
    expect(address.pathname).toMatch(/^\/[\w-]{32}\/$/);
  });

  it('answers its own page', async () => {
    expect(await statusOf({})).toBe(200);
    expect(await statusOf({ headers: { host: `localhost:${address.port}` } })).toBe(200);
    expect(await statusOf({ headers: { origin: address.origin, 'sec-fetch-site': 'same-origin' } })).toBe(200);
  });

  it.each<readonly [string, number, Asked]>([
    ['no token', 404, { path: '/' }],
    ['another token', 404, { path: `/${'A'.repeat(32)}/` }],
    ['a token of another length', 404, { path: '/x/' }],
    ['a name that was turned to this address', 403, { headers: { host: 'evil.example' } }],
    ['another port', 403, { headers: { host: '127.0.0.1:1' } }],
    ['a page from elsewhere', 403, { headers: { origin: 'https://evil.example' } }],
    ['a page of another port', 403, { headers: { origin: 'http://127.0.0.1:1' } }],
    ['a page that has no origin', 403, { headers: { origin: 'null' } }],
    ['a picture on another page', 403, { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['a form', 405, { method: 'POST' }],
    ['an order of nobody', 405, { method: 'POST', headers: json }],
    ['an order from elsewhere', 403, { method: 'POST', headers: { ...json, origin: 'https://evil.example' } }],
    ['an order without the token', 404, { method: 'POST', path: '/x/play', own: true, headers: json }],
    ['an order that is a form’s', 405, { method: 'POST', own: true, headers: { 'content-type': 'text/plain' } }],
    ['an order to what is only looked at', 405, { method: 'POST', own: true, headers: json }],
    ['to play where the machine is a run’s', 404, { method: 'POST', own: true, headers: json, under: 'play' }],
    ['to delete', 405, { method: 'DELETE', own: true }],
  ])('refuses %s', async (_, status, asked) => {
    expect(await statusOf(asked)).toBe(status);
  });

  it.each(['nothing', 'panel/grid25/..%2f..%2fetc', 'changes/%ff', 'changes/', 'panel'])(
    'knows no %s',
    async (path) => {
      expect(await statusOf({ path: `${address.pathname}${path}` })).toBe(404);
    },
  );

  it('lets the page run and fetch its own files only, whatever the answer', async () => {
    for (const path of [address.pathname, '/', `${address.pathname}page.js`]) {
      const [, policy] = await ask({ path });
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
    }
  });

  it('says in one line that a port is taken', async () => {
    await expect(startServer({ source, port: Number(address.port) })).rejects.toThrow(
      `--port: cannot listen on port ${address.port} (EADDRINUSE)`,
    );
  });
});
