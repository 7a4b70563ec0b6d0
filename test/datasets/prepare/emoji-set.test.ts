/** Drawings of a package laid out as OpenMoji's: rendered on white, by group or subgroup, extras left out. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openImageSet } from '../../../src/datasets/pictures/image-set.ts';
import { build } from '../../../src/datasets/prepare/build.ts';
import { writeEmoji } from '../../../src/datasets/prepare/emoji-set.ts';
import { put, scratch } from '../pictures/files.ts';
import { listener } from '../pictures/sets.ts';

/** A package of drawings: a filled square of a colour in the middle of each. */
function drawings(): string {
  const folder = scratch();
  for (const part of ['data', 'color/svg']) mkdirSync(join(folder, part), { recursive: true });
  const list = [
    ['1F1E6', 'flags', 'country-flag', '#ff0000'],
    ['1F1E7', 'flags', 'subdivision-flag', '#00ff00'],
    ['1F600', 'smileys', 'face', '#0000ff'],
    ['1F3FB', 'component', 'skin-tone', '#000000'],
    ['E000', 'extras-openmoji', 'brand', '#000000'],
  ] as const;
  put(
    folder,
    'data/openmoji.json',
    JSON.stringify(list.map(([hexcode, group, subgroups]) => ({ hexcode, group, subgroups }))),
  );
  for (const [hexcode, , , fill] of list)
    put(
      folder,
      `color/svg/${hexcode}.svg`,
      `<svg viewBox="0 0 72 72" xmlns="http://www.w3.org/2000/svg"><rect x="18" y="18" width="36" height="36" fill="${fill}"/></svg>`,
    );
  return folder;
}

const made = async (folder: string, by: 'group' | 'subgroup') => {
  const root = scratch();
  const plan = {
    choices: { by },
    make: async (work: Parameters<typeof writeEmoji>[2]) => ({
      title: 'drawings',
      simulated: false,
      source: '',
      labels: await writeEmoji((path) => join(folder, path), { size: 8, by }, work),
    }),
  };
  await build(root, 'openmoji', plan, listener());
  return openImageSet(root, 'openmoji');
};

/** Corner and middle of each picture, and its label. */
const seen = (set: ReturnType<typeof openImageSet>) => {
  const picture = new Uint8Array(192);
  return Array.from({ length: set.train }, (_, index) => {
    set.read(index, picture);
    return [picture.slice(0, 3).join(), picture.slice(3 * 36, 3 * 36 + 3).join(), set.labelsOf(index)[0]].join(' ');
  }).sort();
};

test('the colour of each drawing on white, with its group or subgroup; swatches and extras are left out', async () => {
  const folder = drawings();
  const [groups, subgroups] = [await made(folder, 'group'), await made(folder, 'subgroup')];
  expect(groups.labels).toEqual({ kind: 'classes', heads: [['flags', 'smileys']] });
  expect(seen(groups)).toEqual(['255,255,255 0,0,255 1', '255,255,255 0,255,0 0', '255,255,255 255,0,0 0']);
  expect(subgroups.labels).toEqual({
    kind: 'classes',
    heads: [['flags/country-flag', 'flags/subdivision-flag', 'smileys/face']],
  });
  expect(seen(subgroups)).toEqual(['255,255,255 0,0,255 2', '255,255,255 0,255,0 1', '255,255,255 255,0,0 0']);
});

test('a list of another form is refused by its name', async () => {
  const folder = drawings();
  put(folder, 'data/openmoji.json', '[{"hexcode": "../x"}]');
  await expect(made(folder, 'group')).rejects.toThrow(/openmoji\.json: 0\.hexcode: /);
});
