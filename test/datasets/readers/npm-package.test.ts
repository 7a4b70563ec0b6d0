/** A package's files, fetched by the real npm from a registry of the test's own: what was wanted, and one line where it cannot be had. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { npmPackage } from '../../../src/datasets/readers/npm-package.ts';
import { scratch, tarEnd, tarEntry } from '../pictures/files.ts';

const manifest = Buffer.from(JSON.stringify({ name: 'some-pictures', version: '1.0.0' }));
const archive = gzipSync(
  Buffer.concat([
    tarEntry('package/package.json', manifest),
    tarEntry('package/svg/a.svg', Buffer.from('<svg/>')),
    tarEntry('package/index.js', Buffer.from('throw new Error()')),
    tarEnd,
  ]),
);
const sha512 = createHash('sha512').update(archive).digest('base64');
const some = {
  name: 'some-pictures',
  version: '1.0.0',
  sha512,
  size: archive.length,
  wanted: (path: string) => path.startsWith('svg/'),
};

/** Serves the package; npm of this test asks it and keeps nothing elsewhere. */
async function registry(): Promise<void> {
  const server = createServer(({ url }, response) => {
    if (url === '/some-pictures.tgz') return void response.end(archive);
    if (url !== '/some-pictures') return void response.writeHead(404).end('{}');
    const { port } = server.address() as AddressInfo; // it listens
    const dist = { tarball: `http://127.0.0.1:${port}/some-pictures.tgz`, integrity: `sha512-${sha512}` };
    const version = { name: 'some-pictures', version: '1.0.0', dist };
    response.end(
      JSON.stringify({ name: 'some-pictures', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }),
    );
  });
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  onTestFinished(() => void server.close());
  vi.stubEnv('npm_config_registry', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

beforeEach(() => {
  vi.stubEnv('npm_config_cache', scratch());
  onTestFinished(() => void vi.unstubAllEnvs());
});

const fetching = (wanted: Partial<typeof some> = {}) => {
  const work = { scratch: scratch(), signal: new AbortController().signal, told: [] as string[] };
  const tell = (line: string) => void work.told.push(line);
  return { work, place: npmPackage({ ...some, ...wanted }, { ...work, tell }, 'or --from <folder>') };
};

test('writes the wanted files and no others; says what it fetches', async () => {
  await registry();
  const { work, place } = fetching();
  const found = await place;
  expect(readFileSync(found('svg/a.svg'), 'utf8')).toBe('<svg/>');
  expect(readdirSync(work.scratch).sort()).toEqual(['a.svg', 'some-pictures-1.0.0.tgz']);
  expect(work.told).toEqual(['fetching some-pictures 1.0.0 with npm (0.0 MB)']);
});

test('another archive, no network: one line with what else can be done', async () => {
  await registry();
  await expect(fetching({ sha512: 'x' }).place).rejects.toThrow(
    /^some-pictures 1\.0\.0: what npm fetched is another archive \(SHA-512 differs\): or --from <folder>$/,
  );
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1/');
  await expect(fetching().place).rejects.toThrow(
    /^cannot fetch some-pictures 1\.0\.0 with npm \(ECONNREFUSED, .*\): or --from <folder>$/,
  );
});
