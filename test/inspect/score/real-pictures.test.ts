/** Which examples of a set are scored against, and which show what real data score. */
import { describe, expect, it } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { checkSetName, drawReal, openReal, realCounts } from '../../../src/inspect/score/real-pictures.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { scratch } from './setup.ts';

const set = (train: number, heldOut: number) =>
  ({ set: { name: 'mine', train, heldOut } }) as unknown as Parameters<typeof realCounts>[0]; // what it looks at

describe('counts', () => {
  it.each<[string, number, [number, number], ReturnType<typeof realCounts>]>([
    ['room for as many again', 40, [100, 10], { real: 40, secondReal: 40, secondRealFrom: 'train' }],
    ['the rest of the training part', 70, [100, 10], { real: 70, secondReal: 30, secondRealFrom: 'train' }],
    [
      'held-out ones where more of those are left',
      95,
      [100, 10],
      { real: 95, secondReal: 10, secondRealFrom: 'held-out' },
    ],
    ['no more held-out ones than asked for', 9, [10, 50], { real: 9, secondReal: 9, secondRealFrom: 'held-out' }],
    ['the whole training part and none held out', 100, [100, 0], { real: 100, secondReal: 0, secondRealFrom: 'train' }],
  ])('%s', (_, samples, [train, heldOut], expected) => {
    expect(realCounts(set(train, heldOut), samples)).toEqual(expected);
  });

  it('more than the training part has are refused', () => {
    expect(() => realCounts(set(9_000, 1_000), 9_001)).toThrow(
      new UsageError('--samples: expected at most 9,000, the training pictures of mine; got 9001'),
    );
  });
});

const keysOf = (parts: Iterable<Points>): string[] =>
  [...parts].flatMap(({ values, count, dim }) =>
    Array.from({ length: count }, (_, i) => values.subarray(i * dim, (i + 1) * dim).join()),
  );

describe('draws', () => {
  it.each([120, 290])('%d: no example twice, none in both lots, each of the part that is named', async (samples) => {
    const root = scratch();
    await writePictureSet(root, 'quarters', { train: 300, heldOut: 60 });
    const real = openReal('quarters', 8, root);
    const stored = openImageSet(root, 'quarters');
    const pixels = new Uint8Array(64);
    const part = (from: number, to: number) =>
      new Set(
        Array.from({ length: to - from }, (_, i) => {
          stored.read(from + i, pixels);
          return Float32Array.from(pixels, (byte) => byte / 127.5 - 1).join();
        }),
      );
    const counts = realCounts(real, samples);
    const draws = drawReal(real, counts, 0);
    const [first, second] = [keysOf(draws.real), keysOf(draws.secondReal)];
    expect(first.length).toBe(samples);
    expect(second.length).toBe(counts.secondReal);
    expect(new Set([...first, ...second]).size).toBe(samples + counts.secondReal);
    const train = part(0, 300);
    const rest = counts.secondRealFrom === 'train' ? train : part(300, 360);
    expect(first.every((key) => train.has(key))).toBe(true);
    expect(second.every((key) => rest.has(key))).toBe(true);
    expect(counts.secondRealFrom).toBe(samples === 120 ? 'train' : 'held-out');
    expect(keysOf(drawReal(real, counts, 1).real)).not.toEqual(first);
  });

  it('of a smaller size are averages, held-out ones too', async () => {
    const root = scratch();
    await writePictureSet(root, 'quarters', { train: 30, heldOut: 20 });
    const real = openReal('quarters', 1, root);
    expect(real.resize).toBe('area average 8 → 1');
    const draws = drawReal(real, { real: 30, secondReal: 20, secondRealFrom: 'held-out' }, 0);
    const stored = openImageSet(root, 'quarters');
    const pixels = new Uint8Array(64);
    const means = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => {
        stored.read(from + i, pixels);
        return Math.fround(Math.round(pixels.reduce((sum, byte) => sum + byte, 0) / 64) / 127.5 - 1);
      }).sort();
    const values = (parts: Iterable<Points>) => [...parts].flatMap((points) => [...points.values]).sort();
    expect(values(draws.real)).toEqual(means(0, 30));
    expect(values(draws.secondReal)).toEqual(means(30, 50));
  });
});

it('a name that is no set’s is refused with the nearest; one of ours need not be prepared', async () => {
  const root = scratch();
  await writePictureSet(root, 'my-own', { train: 10, heldOut: 0 });
  await checkSetName('my-own', root);
  await checkSetName('celeba', root);
  await expect(checkSetName('my-onw', root)).rejects.toThrow(
    /^--against: unknown data set 'my-onw'; did you mean 'my-own'\?/,
  );
  await expect(checkSetName('images', root)).rejects.toThrow(
    /^--against: unknown data set 'images' \(expected one of mnist, .*shapes, .*my-own\)$/,
  );
  await expect(checkSetName('../x', root)).rejects.toThrow(UsageError);
});
