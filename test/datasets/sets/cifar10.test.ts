/** CIFAR-10 from a small archive of the published layout, from its folder and from a server; and what is refused. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { build } from '../../../src/datasets/prepare/build.ts';
import { planFrom } from '../../../src/datasets/sets/cifar10.ts';
import { cifarRecord, put, scratch, tarEnd, tarEntry } from '../pictures/files.ts';
import { listener, prepared } from '../pictures/sets.ts';

/** Batch b (0 … 5, the last one is the test's) holds six records; record r of it has label r and pixels shifted by 10 b + r. */
const batch = (b: number) => Buffer.concat([0, 1, 2, 3, 4, 5].map((r) => cifarRecord(r, 10 * b + r)));
const names = [1, 2, 3, 4, 5].map((b) => `data_batch_${b}.bin`).concat('test_batch.bin');

/** In the order of the published archive. */
function archive(change: (name: string) => Uint8Array = (name) => batch(names.indexOf(name))): Buffer {
  const order = [0, 2, 3, 5, 4, 1].map((b) => names[b] as string);
  const entries = order.map((name) => tarEntry(`cifar-10-batches-bin/${name}`, change(name)));
  const readme = tarEntry('cifar-10-batches-bin/readme.html', Buffer.from('<p>read me</p>'));
  return gzipSync(Buffer.concat([tarEntry('cifar-10-batches-bin/', Buffer.alloc(0), '5'), ...entries, readme, tarEnd]));
}

function expectWhole(root: string): void {
  const set = openImageSet(root, 'cifar10');
  expect(set).toMatchObject({ shape: [32, 32, 3], train: 30, heldOut: 6 });
  const picture = new Uint8Array(3072);
  for (let index = 0; index < 36; index++) {
    const [b, r] = [Math.floor(index / 6), index % 6];
    set.read(index, picture);
    expect([...picture.subarray(0, 4)]).toEqual([0, 1, 2, 3].map((j) => j + 10 * b + r));
    expect([...set.labelsOf(index)]).toEqual([r]);
  }
}

test('the archive, a folder with it, and its folder: the same set, whatever the order in the archive', async () => {
  const folder = scratch();
  const path = put(folder, 'cifar-10-binary.tar.gz', archive());
  const unpacked = join(scratch(), 'cifar-10-batches-bin');
  mkdirSync(unpacked);
  for (const [b, name] of names.entries()) put(unpacked, name, batch(b));
  const hashes = [];
  for (const from of [path, folder, unpacked, join(unpacked, '..')]) {
    const root = scratch();
    const heard = listener();
    hashes.push((await prepared(root, 'cifar10', { from }, heard)).manifest.sha256.images);
    expectWhole(root);
    expect(readdirSync(join(root, 'cifar10')).sort()).toEqual(['images.u8', 'labels.u8', 'manifest.json']);
    // said where an archive was read: this one is not the published one
    expect(heard.told.length).toBe(from === path || from === folder ? 1 : 0);
  }
  expect(new Set(hashes).size).toBe(1);
});

test('a download from a server, checked against its MD5', async () => {
  let content = archive();
  const server = createServer((_, response) => response.setHeader('content-length', content.length).end(content));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cifar-10-binary.tar.gz`; // it listens on TCP
  const place = { url, most: 1e7, stallMs: 5000 };
  const md5 = () => createHash('md5').update(content).digest('hex');
  const root = scratch();
  await build(root, 'cifar10', planFrom({ ...place, md5: md5() }, { download: true }), listener());
  expectWhole(root);
  const elsewhere = scratch();
  const wrong = build(
    elsewhere,
    'cifar10',
    planFrom({ ...place, md5: '0'.repeat(32) }, { download: true }),
    listener(),
  );
  await expect(wrong).rejects.toThrow(/^cannot download .*: expected MD5 0{32}, got [0-9a-f]{32}/);
  content = content.subarray(0, -8);
  const damaged = build(elsewhere, 'cifar10', planFrom({ ...place, md5: md5() }, { download: true }), listener());
  await expect(damaged).rejects.toThrow(new RegExp(`^${url}: cut short or damaged `));
  expect(readdirSync(elsewhere)).toEqual([]);
});

test.each<[string, Uint8Array | string, RegExp]>([
  [
    'an archive without its checksum',
    archive().subarray(0, -8),
    /x\.tar\.gz: cut short or damaged \(gzip: unexpected end of file\)/,
  ],
  ['a cut archive', archive().subarray(0, -1000), /x\.tar\.gz: cut short or damaged \(gzip: unexpected end of file\)/],
  ['a web page', '<!DOCTYPE html><html></html>', /x\.tar\.gz is a web page/],
  [
    'an archive without a batch',
    archive((name) => (name === 'test_batch.bin' ? Buffer.alloc(0) : batch(0))),
    /test_batch\.bin of .*: cut short after 0 records/,
  ],
  [
    'another archive',
    gzipSync(Buffer.concat([tarEntry('a.txt', Buffer.from('a')), tarEnd])),
    /\/x\.tar\.gz: expected the six batches of CIFAR-10, data_batch_1\.bin is missing$/,
  ],
  [
    'the Python version',
    gzipSync(Buffer.concat([tarEntry('cifar-10-batches-py/data_batch_1', Buffer.from('a')), tarEnd])),
    /Python version; the binary version is needed/,
  ],
  [
    'a batch with half a record',
    archive(() => batch(0).subarray(0, 4000)),
    /^data_batch_1\.bin of .*\/x\.tar\.gz: cut short after 1 records/,
  ],
  [
    'a batch twice',
    gzipSync(Buffer.concat([tarEntry(names[0] as string, batch(0)), tarEntry(`x/${names[0]}`, batch(0)), tarEnd])),
    /expected one data_batch_1\.bin/,
  ],
])('%s is refused, and nothing stays', async (_, content, message) => {
  const root = scratch();
  await expect(prepared(root, 'cifar10', { from: put(scratch(), 'x.tar.gz', content) })).rejects.toThrow(message);
  expect(readdirSync(root)).toEqual([]);
});

test('an archive whose names lead elsewhere writes nothing there', async () => {
  const outside = scratch();
  const inside = join(outside, 'inside');
  mkdirSync(inside);
  const entries = names.map((name, b) => tarEntry(`../../../../../..${outside}/${name}`, batch(b)));
  const path = put(scratch(), 'x.tar.gz', gzipSync(Buffer.concat([...entries, tarEnd])));
  await prepared(inside, 'cifar10', { from: path });
  expectWhole(inside);
  expect(readdirSync(outside)).toEqual(['inside']);
  expect(existsSync(`/${names[0]}`)).toBe(false);
});

test('neither source, both, or none at the place', async () => {
  const root = scratch();
  await expect(prepared(root, 'cifar10')).rejects.toThrow(
    /^cifar10 needs --from <cifar-10-binary\.tar\.gz, or its folder>, or --download \(162 MB\)$/,
  );
  await expect(prepared(root, 'cifar10', { from: 'x', download: true })).rejects.toThrow(
    /either --from or --download, got both/,
  );
  await expect(prepared(root, 'cifar10', { from: join(root, 'none') })).rejects.toThrow(
    /^--from: there is nothing at /,
  );
  const python = scratch();
  put(python, 'data_batch_1', 'x');
  await expect(prepared(root, 'cifar10', { from: python })).rejects.toThrow(/Python version/);
  await expect(prepared(root, 'cifar10', { from: scratch() })).rejects.toThrow(
    /expected data_batch_1\.bin … test_batch\.bin or/,
  );
});
