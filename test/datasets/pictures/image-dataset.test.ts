/** Prepared pictures as a data set: values, averaging, which part is drawn from, and what a step of training costs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { averager } from '../../../src/datasets/pictures/average.ts';
import { imageDataset } from '../../../src/datasets/pictures/image-dataset.ts';
import { pattern, scratch } from './files.ts';
import { preparedSmall, type Small } from './sets.ts';

const values = (bytes: readonly number[]) => bytes.map((byte) => Math.fround(byte / 127.5 - 1));
const labels = { kind: 'classes', heads: [['a', 'b', 'c', 'd']] } as const;

/** Four pictures of 8 × 8 × 1, picture i all of 10 i; the last one is held out. */
const plain: Small = {
  shape: [8, 8, 1],
  train: [0, 1, 2].map((i) => [new Uint8Array(64).fill(10 * i), Uint8Array.of(i)] as const),
  heldOut: [[new Uint8Array(64).fill(30), Uint8Array.of(3)]],
  labels,
};

async function dataset(small: Small, size: number, name = 'mine') {
  const root = scratch();
  await preparedSmall(root, name, small);
  return imageDataset({ set: name, size }, root);
}

describe('sample', () => {
  test('byte / 127.5 − 1, row-major, in the order that the random stream says', async () => {
    const pictures = Array.from({ length: 5 }, (_, i) => [pattern(8 * 8 * 3, 31 * i)] as const);
    const data = await dataset({ shape: [8, 8, 3], train: pictures, heldOut: [[pattern(192, 99)]] }, 8);
    expect(data).toMatchObject({ shape: [8, 8, 3], dim: 192, scale: 1 });
    expect(data.labelled).toBeUndefined();
    const random = stream(3, 'data');
    const expected = Array.from({ length: 20 }, () => values([...(pictures[random.below(5)]?.[0] ?? [])])).flat();
    expect([...data.sample(stream(3, 'data'), 20)]).toEqual(expected);
  });

  test('from the training part alone, all of it; into a buffer that is given', async () => {
    const data = await dataset(plain, 8);
    const into = new Float32Array(100 * 64);
    expect(data.sample(stream(0, 'data'), 100, into)).toBe(into);
    const seen = new Set(Array.from({ length: 100 }, (_, i) => into[64 * i]));
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(values([0, 10, 20]));
  });
});

describe('empty: the share of pictures without any attribute', () => {
  const attributes = { kind: 'attributes', names: ['a', 'b'] } as const;
  /** Pictures 0 … 4 of 10 i; the last two have an attribute. */
  const street: Small = {
    shape: [8, 8, 1],
    train: [0, 1, 2, 3, 4].map(
      (i) => [new Uint8Array(64).fill(10 * i), Uint8Array.of(i === 3 ? 1 : 0, i === 4 ? 1 : 0)] as const,
    ),
    labels: attributes,
  };
  const opened = async (small: Small, empty: number | null) => {
    const root = scratch();
    await preparedSmall(root, 'mine', small);
    return imageDataset({ set: 'mine', size: 8, empty }, root);
  };
  const indices = (examples: Float32Array) =>
    Array.from({ length: examples.length / 64 }, (_, i) => Math.round((((examples[64 * i] ?? 0) + 1) * 127.5) / 10));

  test('is what draws and passes have of them; every picture comes', async () => {
    for (const empty of [0, 0.3, 0.9]) {
      const data = await opened(street, empty);
      for (const drawn of [data.sample(stream(1, 'data'), 4_000), data.shuffled?.(stream(1, 'data')).take(4_000)]) {
        const seen = indices(drawn ?? new Float32Array());
        // four standard deviations of a share of 4,000
        expect(Math.abs(seen.filter((i) => i < 3).length / 4_000 - empty)).toBeLessThanOrEqual(
          4 * Math.sqrt((empty * (1 - empty)) / 4_000),
        );
        expect(new Set(seen)).toEqual(new Set(empty === 0 ? [3, 4] : [0, 1, 2, 3, 4]));
      }
    }
  });

  test('a pass takes each of a sort once before any of it again', async () => {
    const seen = indices((await opened(street, 0.5)).shuffled?.(stream(2, 'data')).take(40) ?? new Float32Array());
    const having = seen.filter((i) => i > 2);
    for (let at = 0; at + 1 < having.length; at += 2) expect(having[at]).not.toBe(having[at + 1]);
  });

  test('null draws as the set is, number for number as without it', async () => {
    const data = await dataset(street, 8);
    expect((await opened(street, null)).sample(stream(5, 'data'), 50)).toEqual(data.sample(stream(5, 'data'), 50));
  });

  test('needs attributes, and pictures of both sorts', async () => {
    await expect(opened(plain, 0.5)).rejects.toThrow('data.empty: expected a set with attributes');
    const crowded = { ...street, train: street.train.slice(3) };
    await expect(opened(crowded, 0.5)).rejects.toThrow(
      'data.empty: expected a set of both sorts, in mine every picture has an attribute',
    );
    await expect(opened({ ...street, train: street.train.slice(0, 3) }, 0.5)).rejects.toThrow(
      'in mine no picture has an attribute',
    );
  });
});

describe('averaging down', () => {
  test('by hand: 4 × 4 × 2 to 2 × 2, halves up', () => {
    // biome-ignore format: a row of the picture a line, a pixel two numbers
    const picture = Uint8Array.from([
      0, 255,  1, 255,   4, 0,  4, 0,
      0, 255,  1, 254,   4, 0,  5, 0,

      9, 1,    9, 2,     0, 9,  0, 9,
      9, 3,    9, 4,     0, 9,  0, 9,
    ]);
    const small = new Uint8Array(8);
    averager(4, 2, 2)(picture, small);
    // means: 0.5, 254.75 | 4.25, 0 | 9, 2.5 | 0, 9
    expect([...small]).toEqual([1, 255, 4, 0, 9, 3, 0, 9]);
  });

  test('one average after another is within rounding of both at once, and a plain picture stays plain', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 192, maxLength: 192 }), fc.nat(255), (picture, level) => {
        const [half, quarter, direct] = [new Uint8Array(48), new Uint8Array(12), new Uint8Array(12)];
        averager(8, 4, 3)(picture, half);
        averager(4, 2, 3)(half, quarter);
        averager(8, 2, 3)(picture, direct);
        for (let i = 0; i < 12; i++) expect(Math.abs(Number(quarter[i]) - Number(direct[i]))).toBeLessThanOrEqual(1);
        averager(8, 1, 3)(new Uint8Array(192).fill(level), quarter);
        expect([...quarter.subarray(0, 3)]).toEqual([level, level, level]);
      }),
    );
  });

  test('a data set of half the size: the average of what is stored, sampled as the whole one is', async () => {
    const train = Array.from({ length: 5 }, (_, i) => [pattern(192, 31 * i)] as const);
    const data = await dataset({ shape: [8, 8, 3], train, heldOut: [] }, 4);
    expect(data).toMatchObject({ shape: [4, 4, 3], dim: 48 });
    const random = stream(3, 'data');
    const expected = Array.from({ length: 6 }, () => {
      const small = new Uint8Array(48);
      averager(8, 4, 3)(train[random.below(5)]?.[0] ?? new Uint8Array(192), small);
      return values([...small]);
    });
    expect([...data.sample(stream(3, 'data'), 6)]).toEqual(expected.flat());
  });

  test('another size is refused with those that would do, and the command where one can be had', async () => {
    await expect(dataset(plain, 3)).rejects.toThrow(
      /^data\.size: expected one of 8, 4, got 3: mine holds pictures of 8 × 8; another size: npm run data -- images .*--name mine --size 3 --fresh --from <folder of pictures>$/,
    );
    await expect(dataset(plain, 16)).rejects.toThrow(/expected one of 8, 4, got 16/);
    // a set whose size cannot be chosen has no such command
    await expect(dataset(plain, 16, 'mnist')).rejects.toThrow(/got 16: mnist holds pictures of 8 × 8$/);
  });
});

describe('labelled', () => {
  test('each part by itself, every example with its own label', async () => {
    const { labelled } = await dataset(plain, 8);
    expect(labelled?.labels).toEqual(labels);
    for (const [part, expected] of [
      ['train', [0, 1, 2]],
      ['held-out', [3]],
    ] as const) {
      const drawn = labelled?.draw(stream(1, 'classifier'), 50, part);
      expect(drawn?.examples.length).toBe(50 * 64);
      expect([...new Set(drawn?.labels)].sort()).toEqual(expected);
      for (const [i, label] of (drawn?.labels ?? []).entries())
        expect(drawn?.examples[64 * i + 5]).toBe(values([10 * label])[0]);
    }
  });

  test('a set that holds nothing out gives its training part for both', async () => {
    const { labelled } = await dataset({ ...plain, heldOut: [] }, 8);
    expect([...new Set(labelled?.draw(stream(1, 'classifier'), 50, 'held-out').labels)].sort()).toEqual([0, 1, 2]);
  });
});
