/** tar.gz, gzip and zip of any content and any names: a set or one line, memory bounded, nothing outside of the set's folder. */
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileBytes } from '../../src/datasets/readers/file-bytes.ts';
import { openPictureZip } from '../../src/datasets/readers/picture-files.ts';
import { cifarRecord, idx, pattern, put, scratch, tarEnd, tarEntry, zip } from '../datasets/pictures/files.ts';
import { celebaName, celebaPicture, putLists } from '../datasets/prepare/celeba-folder.ts';
import { memoryTaken } from '../datasets/readers/fuzz.ts';
import { openBox } from './confined.ts';
import { mutated } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

/** Names that a careless unpacker would follow. */
const leaving = (name: string) =>
  fc.constantFrom(
    `../${name}`,
    `../../../${name}`,
    `/${name}`,
    `//tmp/${name}`,
    `a/../../${name}`,
    `./${name}`,
    `${name}/`,
    `${name}/..`,
    `C:\\${name}`,
    `..\\${name}`,
    `${name}\n`,
    `\u001b[2J${name}`,
    '',
    '.',
    '..',
    '__proto__',
    'x'.repeat(300),
  );

describe('cifar-10-binary.tar.gz', () => {
  const names = [1, 2, 3, 4, 5].map((b) => `data_batch_${b}.bin`).concat('test_batch.bin');
  const batches = names.map((name, at) => tarEntry(`cifar-10-batches-bin/${name}`, cifarRecord(at)));
  const whole = Buffer.concat([...batches, tarEnd]);

  const strange = fc
    .record({
      name: fc.oneof(leaving('data_batch_1.bin'), fc.constantFrom(...names), fc.string()),
      content: fc.constantFrom(new Uint8Array(), cifarRecord(3), cifarRecord(200), pattern(700)),
      type: fc.constantFrom('0', '\0', '1', '2', '3', '5', 'x', 'L', 'K', 'S'),
      size: fc.constantFrom(undefined, 0, 1, 3073, 2 ** 20, 8 ** 11 - 1),
    })
    .map(({ name, content, type, size }) => tarEntry(name, content, type, size));
  const entries = fc
    .tuple(fc.subarray(batches, { minLength: 5 }), fc.array(strange, { maxLength: 2 }))
    .chain(([usual, more]) => fc.shuffledSubarray([...usual, ...more], { minLength: usual.length + more.length }));

  test('any bytes, and any entries under any names', async () => {
    const box = openBox();
    let made = 0;
    const archives = fc.oneof(
      mutated(gzipSync(whole)),
      mutated(whole).map((bytes) => gzipSync(bytes, { level: 1 })),
      { weight: 2, arbitrary: entries.map((list) => gzipSync(Buffer.concat([...list, tarEnd]), { level: 1 })) },
    );
    await fc.assert(
      fc.asyncProperty(archives, async (archive) => {
        if (await box.prepare('cifar10', { from: put(box.source, 'cifar-10-binary.tar.gz', archive) })) made++;
      }),
      runs(50),
    );
    expect(made).toBeGreaterThan(0);
  });
});

test('the four IDX files of digits, plain or gzip, one of them of any bytes', async () => {
  const box = openBox();
  const parts = ['train', 't10k'] as const;
  const files = new Map(
    parts.flatMap((part) => [
      [`${part}-images-idx3-ubyte`, idx([3, 28, 28], pattern(3 * 784))] as const,
      [`${part}-labels-idx1-ubyte`, idx([3], Uint8Array.of(0, 9, 4))] as const,
    ]),
  );
  let made = 0;
  const damage = fc
    .tuple(fc.constantFrom(...files.keys()), fc.boolean())
    .chain(([name, zipped]) =>
      mutated(files.get(name) ?? Buffer.alloc(0)).map((bytes) => [name, zipped ? gzipSync(bytes) : bytes] as const),
    );
  await fc.assert(
    fc.asyncProperty(damage, async ([damaged, bytes]) => {
      for (const [name, content] of files) put(box.source, name, name === damaged ? bytes : content);
      if (await box.prepare('mnist', { from: box.source })) made++;
    }),
    runs(50),
  );
  expect(made).toBeGreaterThan(0);
});

test('a few kilobytes of gzip that unpack to a quarter of a gigabyte cost what they may, and no more', async () => {
  const path = put(scratch(), 'bomb.gz', gzipSync(Buffer.alloc(2 ** 28), { level: 1 }));
  const taken = await memoryTaken(async () => {
    const reading = async () => {
      for await (const _ of fileBytes(path, 2 ** 22));
    };
    await expect(reading).rejects.toThrow('bomb.gz: expected at most 4194304 bytes, it unpacks to more');
  });
  expect(taken).toBeLessThan(16 * 2 ** 20);
});

describe('a zip of pictures', () => {
  const member = fc.record({
    name: fc.oneof(leaving('000001.jpg'), fc.constantFrom('img/a.jpg', 'a.jpg', 'b.jpg'), fc.string()),
    content: fc.constantFrom(new Uint8Array(), pattern(60), Buffer.alloc(5000)),
    says: fc.constantFrom(undefined, 0, 59, 2 ** 31, 2 ** 32 - 1),
    crc: fc.constantFrom(undefined, 0, 1),
  });
  /** Only what was drawn: a member says its own size and sum unless it lies. */
  const zips = fc.array(member, { minLength: 1, maxLength: 4 }).map((members) =>
    zip(
      members.map(({ name, content, says, crc }) => ({
        name,
        content,
        ...(says !== undefined && { says }),
        ...(crc !== undefined && { crc }),
      })),
    ),
  );

  test('any members, and any bytes where members were', async () => {
    const folder = scratch();
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(zips, zips.chain(mutated)), async (bytes) => {
        const files = await valueOrLine(() => openPictureZip(put(folder, 'x.zip', bytes)), {
          usage: true,
          says: folder,
        });
        for (const name of files?.names ?? []) {
          expect(name).toBe(basename(name));
          const content = await valueOrLine(() => files?.read(name));
          if (content !== undefined) read++;
        }
        files?.close();
      }),
      runs(200),
    );
    expect(read).toBeGreaterThan(0);
  });

  test('one that says it has a million million files is refused by that, or by where they should be', async () => {
    const bytes = zip([{ name: 'a.jpg', content: pattern(60) }]);
    bytes.writeUInt16LE(0xfffe, bytes.length - 12); // entries in all, of the end record
    bytes.writeUInt16LE(0xfffe, bytes.length - 14); // and on this disk
    const folder = scratch();
    const many = put(folder, 'x.zip', bytes);
    const taken = await memoryTaken(() => expect(openPictureZip(many)).rejects.toThrow(/not a whole zip archive/));
    expect(taken).toBeLessThan(8 * 2 ** 20);
    const huge = put(folder, 'y.zip', withZip64End(bytes, 10n ** 12n));
    await expect(openPictureZip(huge)).rejects.toThrow(
      /expected at most 1000000 files, it says that it has 1000000000000/,
    );
  });

  test('CelebA from it: a set of the pictures that are whole, or one line', async () => {
    const box = openBox();
    putLists(box.source, 3);
    const pictures = await Promise.all(
      [1, 2, 3].map(async (i) => ({ name: celebaName(i), content: await celebaPicture(i) })),
    );
    const whole = zip(pictures.map(({ name, content }) => ({ name: `img_align_celeba/${name}`, content })));
    let made = 0;
    await fc.assert(
      fc.asyncProperty(mutated(whole), async (bytes) => {
        put(box.source, 'img_align_celeba.zip', bytes);
        if (await box.prepare('celeba', { from: box.source, size: '8' })) made++;
      }),
      runs(25),
    );
    expect(made).toBeGreaterThan(0);
  });
});

/** The archive with the 64-bit end record and its locator in front of the end record, which refers to them. */
function withZip64End(bytes: Buffer, entries: bigint): Buffer {
  const end = Buffer.from(bytes.subarray(bytes.length - 22));
  end.fill(0xff, 8, 20); // numbers and places: see the other record
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(entries, 24);
  record.writeBigUInt64LE(entries, 32);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(bytes.length - 22), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([bytes.subarray(0, -22), record, locator, end]);
}
