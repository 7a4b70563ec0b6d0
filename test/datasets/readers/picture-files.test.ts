/** Picture files from zips and folders: other programs' zips are read, lying ones are caught, nothing leaves its place. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPictureFolder, openPictureZip } from '../../../src/datasets/readers/picture-files.ts';
import { pattern, put, scratch, zip } from '../pictures/files.ts';
import { damaged, endsWell, memoryTaken } from './fuzz.ts';

const text = async (bytes: Promise<Uint8Array>) => Buffer.from(await bytes).toString();
const packed = (base64: string) => inflateSync(Buffer.from(base64, 'base64'));

describe('a zip', () => {
  /*
  z = zipfile.ZipFile(b, 'w'); z.writestr(zipfile.ZipInfo('img/'), b''); z.writestr(zipfile.ZipInfo('img/a.txt'), b'stored')
  z.writestr(zipfile.ZipInfo('img/b.txt'), b'deflated ' * 20, compress_type=zipfile.ZIP_DEFLATED)
  base64.b64encode(zlib.compress(b.getvalue(), 9))   (Python 3.11)
  */
  const pythons = packed(
    'eNoL8GZmEWGAAEUGZMACxJm56foBKCq4fzqHsQFZIMwJVZGoV1JRUlySX5SaAlPMAVbMfi1/Ah+QtQVJcRJIsben72lPHU/fQA9JKx6GAG9GJhFm3K6AgQZGBribUHWguwqhQwnZjQht2N2H0OaP7NoAb1aQwQzMQLgASLeAFQEA8CAoWA==',
  );

  test("Python's, with a stored and a deflated file", async () => {
    const files = await openPictureZip(put(scratch(), 'x.zip', pythons));
    expect([...files.names]).toEqual(['a.txt', 'b.txt']);
    expect(await text(files.read('a.txt'))).toBe('stored');
    expect(await text(files.read('b.txt'))).toBe('deflated '.repeat(20));
    await expect(files.read('c.txt')).rejects.toThrow('not in the archive');
    files.close();
  });

  test('with a path that leaves it is refused, before anything is read', async () => {
    // zipfile.ZipInfo('../escape.jpg'), b'x'
    const leaving = packed(
      'eNoL8GZmEWGAAEWGZrE7PYxAFgjzArGenn5qcXJiQapeVkF6RYA3I5MIM27VMNAAEkDVG+DNysYAVsrIYA2kdcAKAWFgEMA=',
    );
    const path = put(scratch(), 'x.zip', leaving);
    await expect(openPictureZip(path)).rejects.toThrow(
      /not a whole zip archive \(invalid relative path: \.\.\/escape\.jpg\)/,
    );
  });

  test('that is cut short, or a web page, is refused with what it is', async () => {
    const folder = scratch();
    const cut = put(folder, 'cut.zip', pythons.subarray(0, 250));
    await expect(openPictureZip(cut)).rejects.toThrow(/cut\.zip: not a whole zip archive .*; get it once more$/);
    const page = put(folder, 'page.zip', '\n<!DOCTYPE html><html><title>Google Drive - Quota exceeded</title>');
    await expect(openPictureZip(page)).rejects.toThrow(/page\.zip is a web page, not the data \(a download quota/);
    await expect(openPictureZip(join(folder, 'none.zip'))).rejects.toThrow(/^cannot read .*none\.zip \(ENOENT\)$/);
  });

  test('whose members lie about their size or content gives none of them', async () => {
    const bomb = Buffer.alloc(50 * 2 ** 20); // packs to 50 kB
    const path = put(
      scratch(),
      'x.zip',
      zip([
        { name: 'good.jpg', content: Buffer.from('good') },
        { name: 'bomb.jpg', content: bomb, says: 1000 },
        { name: 'honest-bomb.jpg', content: Buffer.from('x'), says: 2 ** 31 },
        { name: 'changed.jpg', content: Buffer.from('changed'), crc: 1 },
      ]),
    );
    const files = await openPictureZip(path);
    expect(await text(files.read('good.jpg'))).toBe('good');
    const taken = await memoryTaken(() => expect(files.read('bomb.jpg')).rejects.toThrow(/too many bytes/));
    expect(taken).toBeLessThan(8 * 2 ** 20);
    await expect(files.read('honest-bomb.jpg')).rejects.toThrow('2147483648 bytes');
    await expect(files.read('changed.jpg')).rejects.toThrow('damaged (checksum differs)');
    files.close();
  });

  test('of any bytes ends in files or in one clear line', async () => {
    const folder = scratch();
    const whole = zip([
      { name: 'img/a.jpg', content: pattern(60) },
      { name: 'img/b.jpg', content: Buffer.alloc(300) },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 100 }), damaged(whole), damaged(pythons)), (bytes) =>
        endsWell(async () => {
          const files = await openPictureZip(put(folder, 'x.zip', bytes));
          for (const name of files.names) await endsWell(() => files.read(name));
          files.close();
        }),
      ),
      { numRuns: 300 },
    );
  });
});

describe('a folder', () => {
  test('its files, with those of its folders where asked; hidden ones and what is no file are left out', async () => {
    const folder = scratch();
    mkdirSync(join(folder, 'deep/.hidden'), { recursive: true });
    put(folder, 'a.jpg', 'a');
    put(folder, '.DS_Store', 'no');
    put(folder, 'deep/b.jpg', 'b');
    put(folder, 'deep/.hidden/c.jpg', 'no');
    symlinkSync(join(folder, 'a.jpg'), join(folder, 'link.jpg'));
    expect([...(await openPictureFolder(folder, false)).names].sort()).toEqual(['a.jpg', 'link.jpg']);
    const files = await openPictureFolder(folder, true);
    expect([...files.names].sort()).toEqual(['a.jpg', join('deep', 'b.jpg'), 'link.jpg']);
    expect(await text(files.read(join('deep', 'b.jpg')))).toBe('b');
    expect(await text(files.read('link.jpg'))).toBe('a');
    await expect(files.read('b.jpg')).rejects.toThrow('not there');
  });

  test('links to folders are followed, in circles too; a folder is read once, by its own name where it has one', async () => {
    const [folder, elsewhere] = [scratch(), scratch()];
    mkdirSync(join(folder, 'a-real'));
    put(folder, 'a-real/b.jpg', 'b');
    put(elsewhere, 'c.jpg', 'c');
    symlinkSync(elsewhere, join(folder, '0'));
    symlinkSync(elsewhere, join(folder, '1'));
    symlinkSync(join(folder, 'a-real'), join(folder, '2'));
    symlinkSync(folder, join(folder, 'a-real/up'));
    symlinkSync(join(elsewhere, 'nowhere'), join(folder, '3'));
    const files = await openPictureFolder(folder, true);
    expect([...files.names].sort()).toEqual(['0/c.jpg', '1', '2', '3', 'a-real/b.jpg', 'a-real/up']);
    expect(await text(files.read('0/c.jpg'))).toBe('c');
    for (const name of ['1', '2', 'a-real/up'])
      await expect(files.read(name)).rejects.toThrow('a link to a folder that is read already');
    await expect(files.read('3')).rejects.toThrow(/ENOENT/);
  });

  test.skipIf(process.platform !== 'linux')('names that are no UTF-8 are read by their bytes', async () => {
    const folder = scratch();
    const latin1 = (name: string) => Buffer.from(`${folder}/${name}`, 'latin1');
    mkdirSync(latin1('é'));
    writeFileSync(latin1('é/ä.jpg'), 'latin-1');
    writeFileSync(latin1('ä.jpg'), 'one');
    put(folder, 'ä.jpg', 'utf-8');
    writeFileSync(latin1('ö.jpg'), 'other');
    const files = await openPictureFolder(folder, true);
    const contents = await Promise.all([...files.names].map((name) => text(files.read(name))));
    expect(contents.sort()).toEqual(['latin-1', 'one', 'other', 'utf-8']);
    expect(await text(files.read('ä.jpg'))).toBe('utf-8');
  });
});
