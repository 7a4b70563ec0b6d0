/** Downloads from a server of this test's own: what arrives is checked, every failure is one line, nothing stays behind. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { download } from '../../../src/datasets/readers/download.ts';
import { pattern, scratch } from '../pictures/files.ts';

const content = pattern(300_000);
const md5 = createHash('md5').update(content).digest('hex');

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/set.tar.gz`; // it listens on TCP
}

async function get(
  url: string,
  changes: { md5?: string; most?: number; stallMs?: number } = {},
  signal = new AbortController().signal,
) {
  const path = join(scratch(), 'part');
  const steps: [number, number | undefined][] = [];
  const listener = { signal, step: (done: number, of: number | undefined) => void steps.push([done, of]) };
  const ended = download({ url, md5, most: 1e6, stallMs: 5000, ...changes }, path, listener);
  return { path, steps, ended };
}

test('the file arrives, its progress in megabytes', async () => {
  const url = await serve((_, response) => response.setHeader('content-length', content.length).end(content));
  const { path, steps, ended } = await get(url);
  await ended;
  expect(new Uint8Array(readFileSync(path))).toEqual(content);
  expect(steps.at(-1)).toEqual([0.3, 0.3]);
});

test.each<[string, RequestListener, RegExp, { md5?: string; most?: number; stallMs?: number }?]>([
  [
    'another content',
    (_, response) => response.end('other'),
    new RegExp(`expected MD5 ${md5}, got [0-9a-f]{32} \\(5 bytes\\)`),
  ],
  [
    'a page in its place',
    (_, response) => response.end('<!doctype html>sorry'),
    /the server sent a web page in its place/,
  ],
  ['404', (_, response) => response.writeHead(404).end(), /the server says 404 Not Found/],
  [
    'a declared size beyond the bound',
    (_, response) => response.end(content),
    /expected at most 1000 bytes, the server has 300000/,
    { most: 1000 },
  ],
  [
    'more than the bound without a word',
    (_, response) => {
      response.write(content.subarray(0, 10));
      response.end(content);
    },
    /expected at most 1000 bytes, the server sends more/,
    { most: 1000 },
  ],
  [
    'a connection that breaks',
    (_, response) => {
      response.setHeader('content-length', content.length).write(content.subarray(0, 1000), () => response.destroy());
    },
    /: .+; get set\.tar\.gz by other means/,
  ],
  [
    'a server that falls silent',
    (_, response) => response.writeHead(200).write('x'),
    /nothing came for 0 s/,
    { stallMs: 200 },
  ],
])('%s is one line that says what to do, and no file', async (_, answer, message, changes) => {
  const { path, ended } = await get(await serve(answer), changes);
  await expect(ended).rejects.toThrow(message);
  await expect(ended).rejects.toThrow(
    /^cannot download http.*; get set\.tar\.gz by other means and use --from <file>$/,
  );
  expect(existsSync(path)).toBe(false);
});

test('nobody listening', async () => {
  const { ended } = await get('http://127.0.0.1:9/set.tar.gz');
  await expect(ended).rejects.toThrow(/^cannot download http:\/\/127\.0\.0\.1:9\/set\.tar\.gz: .+; get set\.tar\.gz/);
});

test('an interrupt ends it with the reason that it was given', async () => {
  const interrupt = new AbortController();
  const url = await serve((_, response) => {
    response.writeHead(200).write(content.subarray(0, 1000), () => interrupt.abort('SIGINT'));
  });
  const { path, ended } = await get(url, {}, interrupt.signal);
  await expect(ended).rejects.toBe('SIGINT');
  expect(existsSync(path)).toBe(false);
});
