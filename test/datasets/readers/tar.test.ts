/** Tar archives: another program's archive is read as it is; damage is refused; no name or size is acted upon. */
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTar } from '../../../src/datasets/readers/tar.ts';
import { chunked, pattern, tarEnd, tarEntry } from '../pictures/files.ts';
import { anyBytes, endsWell, memoryTaken } from './fuzz.ts';

async function read(bytes: Uint8Array, chunks?: readonly number[]): Promise<[name: string, content: string][]> {
  const entries: [string, string][] = [];
  for await (const entry of readTar(chunked(bytes, chunks), 'x.tar')) {
    const parts: Uint8Array[] = [];
    for await (const chunk of entry.content()) parts.push(chunk);
    entries.push([entry.name, Buffer.concat(parts).toString('latin1')]);
  }
  return entries;
}

/*
t = tarfile.open(fileobj=b, mode='w', format=tarfile.USTAR_FORMAT); then, with TarInfo(name) and its size and type:
a folder set; set/one.bin with b'hello'; ../../escape with bytes(513); a link to /etc/passwd; 'p'*90 + '/' + 'q'*60 with b'long'
base64.b64encode(zlib.compress(b.getvalue(), 9))   (Python 3.11)
*/
const pythons = inflateSync(
  Buffer.from(
    'eNrt1tEOgiAUxnEexScQKcDnMWPlcmhh6/Wj7nTdJVn5/43tcMO4+HYOBDdIkVgRWa2fNZrWF3trtkZkRnzANQzVJV4p1inE/Dvv8l3jF8zfjPNXjwMiK8g/uaNr205grfJcxuVCXfVuof6P3a4m8780mv4HgKTaxp++7v+vClsqkW2kG2rZVyHc9sz/NM5vmC9/Pc5fW1uaH3//+2Tm7f/OH5iCAAAAAAAAAAD8lzvtgZGf',
    'base64',
  ),
);

test("Python's archive: files with their names, also long ones; folders and links are passed over", async () => {
  const expected = [
    ['set/one.bin', 'hello'],
    ['../../escape', '\0'.repeat(513)],
    [`${'p'.repeat(90)}/${'q'.repeat(60)}`, 'long'],
  ];
  expect(await read(pythons)).toEqual(expected);
  expect(await read(pythons, [700, 3, 511])).toEqual(expected);
});

test('content that nobody reads, or only its beginning, is skipped', async () => {
  const archive = Buffer.concat([tarEntry('a', pattern(1300)), tarEntry('b', Buffer.from('second')), tarEnd]);
  const names: string[] = [];
  for await (const entry of readTar(chunked(archive, [100]), 'x.tar')) {
    names.push(entry.name);
    if (entry.name === 'a') for await (const _ of entry.content()) break;
  }
  expect(names).toEqual(['a', 'b']);
});

test.each<[string, Uint8Array, RegExp]>([
  ['nothing', Buffer.alloc(0), /^x\.tar: cut short \(the tar archive ends before its end mark\)$/],
  ['an archive without its end', tarEntry('a', pattern(20)), /cut short/],
  ['one cut in a header', Buffer.concat([tarEntry('a', pattern(20)), tarEnd]).subarray(0, 300), /cut short/],
  ['one cut in a content', tarEntry('a', pattern(2000)).subarray(0, 1000), /cut short/],
  ['something else', Buffer.from('<p>no</p>'.repeat(200)), /^x\.tar: not a tar archive, or a damaged one/],
])('%s is refused', async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message);
});

test('a header that promises 8 GB costs a few chunks', async () => {
  const archive = Buffer.concat([tarEntry('a', pattern(5000), '0', 8 ** 11 - 1), tarEnd]);
  const taken = await memoryTaken(() => expect(read(archive, [512])).rejects.toThrow('cut short'));
  expect(taken).toBeLessThan(8 * 2 ** 20);
});

test('any bytes end in entries or in one clear line', async () => {
  const archive = Buffer.concat([tarEntry('a', pattern(20)), tarEntry('b', pattern(600)), tarEnd]);
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyBytes(archive), anyBytes(pythons)), (bytes) => endsWell(() => read(bytes))),
    { numRuns: 500 },
  );
});
