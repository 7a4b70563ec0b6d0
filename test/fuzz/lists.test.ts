/** CelebA's two lists as anything may have left them: attributes and parts of plain names, or one line; memory bounded. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAttributes, readPartition } from '../../src/datasets/readers/celeba-lists.ts';
import { put, scratch } from '../datasets/pictures/files.ts';
import { mutatedText } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

const attributes = '3\nBald Smiling Young \n000001.jpg -1  1  1\n000002.jpg  1 -1 -1\n000003.jpg  1  1 -1\n';
const partition = '000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n';

test('attributes', async () => {
  const folder = scratch();
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(mutatedText(attributes), async (text) => {
      const path = put(folder, 'list_attr_celeba.txt', text);
      const found = await valueOrLine(() => readAttributes(path), { usage: true, says: path });
      if (found === undefined) return;
      accepted++;
      for (const [name, values] of found.of) {
        expect(join('/x', name)).toBe(`/x/${name}`);
        expect(values).toHaveLength(found.names.length);
      }
    }),
    runs(400),
  );
  expect(accepted).toBeGreaterThan(0);
});

test('partition', async () => {
  const folder = scratch();
  await fc.assert(
    fc.asyncProperty(mutatedText(partition), async (text) => {
      const path = put(folder, 'list_eval_partition.txt', text);
      const found = await valueOrLine(() => readPartition(path), { usage: true, says: path });
      for (const [name, part] of found ?? []) {
        expect(join('/x', name)).toBe(`/x/${name}`);
        expect([0, 1, 2]).toContain(part);
      }
    }),
    runs(400),
  );
});

test.each([
  [
    'of nothing but line ends',
    `1\nBald\n${'\n'.repeat(8_000_000)}000001.jpg 1\n`,
    'at most 1000000 lines, it has 8000003',
  ],
  ['of one line', `1\n${'a '.repeat(8_000_000)}\n000001.jpg 1\n`, 'names of attributes in line 2'],
  ['of one line further down', `1\nBald\n000001.jpg ${'1 '.repeat(8_000_000)}\n`, 'line 3: expected a picture'],
  ['that says more pictures than there are people', `${'9'.repeat(300)}\nBald\n000001.jpg 1\n`, 'cut short?'],
])('attributes: a list %s is refused before it is taken apart', async (_, text, says) => {
  const path = put(scratch(), 'list.txt', text);
  const before = process.memoryUsage().heapUsed;
  await expect(readAttributes(path)).rejects.toThrow(says);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(96 * 2 ** 20); // taken apart they are 290 MB and more
});
