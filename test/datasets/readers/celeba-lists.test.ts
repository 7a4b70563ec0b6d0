/** CelebA's text files as they are published, and what is said of a line that is not as it should be. */
import { expect, test } from 'vitest';
import { readAttributes, readPartition } from '../../../src/datasets/readers/celeba-lists.ts';
import { put, scratch } from '../pictures/files.ts';

const list = (text: string) => put(scratch(), 'list.txt', text);

test('attributes: names, and 1 and −1 as bytes; line ends of either kind, columns padded as published', async () => {
  const text = '2\nBald Smiling Young \n000001.jpg -1  1  1\n000002.jpg  1 -1 -1\n';
  for (const path of [list(text), list(text.replaceAll('\n', '\r\n'))]) {
    const { names, of } = await readAttributes(path);
    expect(names).toEqual(['Bald', 'Smiling', 'Young']);
    expect([...of].map(([name, values]) => [name, ...values])).toEqual([
      ['000001.jpg', 0, 1, 1],
      ['000002.jpg', 1, 0, 0],
    ]);
  }
});

test("Kaggle's lists: a line of heads, then commas", async () => {
  const attributes = await readAttributes(list('image_id,Bald,Smiling\r\n000001.jpg,-1,1\r\n000002.jpg,1,1\r\n'));
  expect(attributes.names).toEqual(['Bald', 'Smiling']);
  expect([...attributes.of].map(([name, values]) => [name, ...values])).toEqual([
    ['000001.jpg', 0, 1],
    ['000002.jpg', 1, 1],
  ]);
  expect([...(await readPartition(list('image_id,partition\n000002.jpg,2\n000001.jpg,0\n')))]).toEqual([
    ['000002.jpg', 2],
    ['000001.jpg', 0],
  ]);
  await expect(readPartition(list('image_id,partition\n000002.jpg,3\n'))).rejects.toThrow(/line 2: expected/);
});

test('partition: in the order of the file', async () => {
  expect([...(await readPartition(list('000002.jpg 1\n000001.jpg 0\n000003.jpg 2\n')))]).toEqual([
    ['000002.jpg', 1],
    ['000001.jpg', 0],
    ['000003.jpg', 2],
  ]);
});

test.each<[string, string, RegExp]>([
  ['a quota page', '<html>quota</html>', /list\.txt is a web page/],
  ['another list', 'name,Bald\n000001.jpg,1\n', /list\.txt: expected a number of pictures in line 1/],
  ['a CSV without attributes', 'image_id,\n000001.jpg,\n', /or image_id and the names in line 1/],
  ['a CSV with a line cut short', 'image_id,Bald,Young\n000001.jpg,1\n', /line 2: .* 2 times 1 or -1$/],
  ['a CSV whose value is empty', 'image_id,Bald\n000001.jpg,\n', /line 2/],
  ['a cut list', '3\nBald\n000001.jpg 1\n', /cut short\? its line 1 says 3 pictures, it lists 1$/],
  [
    'a line cut short',
    '1\nBald Young\n000001.jpg 1\n',
    /list\.txt, line 3: expected a picture's name and 2 times 1 or -1$/,
  ],
  ['a value of another kind', '1\nBald\n000001.jpg 2\n', /line 3/],
  ['a name that is a path', '1\nBald\n../../etc/shadow.jpg 1\n', /line 3/],
])('attributes: %s is refused', async (_, text, message) => {
  await expect(readAttributes(list(text))).rejects.toThrow(message);
});

test.each<[string, string]>([
  ['an empty file', ''],
  ['a part that does not exist', '000001.jpg 3\n'],
  ['a path', '/etc/passwd 0\n'],
  ['more on the line', '000001.jpg 0 0\n'],
])('partition: %s is refused', async (_, text) => {
  await expect(readPartition(list(text))).rejects.toThrow(/list\.txt, line 1: expected a picture's name and 0, 1 or 2/);
});
