/** What the page reads of stores: boards for its leaderboard, and of several stores trials of one id told apart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { encodeTrials } from '../../src/store/trials-csv.ts';
import { SeveralStores } from '../../src/view/several-stores.ts';
import { StoreBoards } from '../../src/view/store-boards.ts';
import { StoreSource } from '../../src/view/store-source.ts';
import { sampleRecords, specOf, storeOf, trialOf } from '../report/sample-store.ts';

it('shows each store’s own trials under its own name', async () => {
  const roots = [
    await storeOf(sampleRecords()),
    await storeOf([trialOf(specOf('bigan', 0), 3)]),
    await storeOf([trialOf(specOf('bigan', 0), 5)]),
  ] as const;
  const [own, other, third] = roots.map((root) => new StoreSource(root, findBuiltIn));
  if (!own || !other || !third) throw new Error('three');
  const all = new SeveralStores(own, [
    ['old', other],
    ['old', third],
  ]);
  expect((await all.experiments()).map(({ name, trials }) => [name, trials])).toEqual([
    ['grid25', 6],
    ['old:grid25', 1],
    ['old-2:grid25', 1],
  ]);
  const names = ['grid25', 'old:grid25', 'old-2:grid25'];
  const walls = await Promise.all(names.map(async (name) => (await all.open(name))?.wall()));
  const trial = walls[1]?.trials[0];
  expect(walls.map((wall) => wall?.experiment)).toEqual(names);
  expect(walls.map((wall) => wall?.trials.find(({ id }) => id === trial?.id)?.values[0])).toEqual([12, 3, 5]);
  expect((await all.trial('old-2:grid25', trial?.id ?? ''))?.folder).toContain(roots[2]);
  const { boards, methods } = await all.leaderboard();
  expect(boards.map(({ experiment, title }) => [experiment, title])).toEqual(names.map((name) => [name, name]));
  expect(methods.map(({ method, cells }) => [method, ...cells.map((cell) => cell?.text)])).toEqual([
    ['bigan', '52 %', '12 %', '20 %'],
    ['bigan-pgp', '100 %', undefined, undefined],
  ]);
  expect(await all.open('old:ring8')).toBeUndefined();
});

it('reads an experiment for the leaderboard once for each change of it, and no searches', async () => {
  const root = await storeOf(sampleRecords());
  const spec = (await findBuiltIn('ring8'))?.specOf({ method: 'gan', seed: 0, preset: 'default', overrides: [] });
  const table = encodeTrials(spec ? [trialOf(spec, 3)] : []);
  for (const [name, file] of [
    ['ring8', 'trials.csv'],
    ['ring8-search', 'trials.csv'],
    ['ring8-search', 'search.json'],
  ] as const) {
    mkdirSync(join(root, name), { recursive: true });
    writeFileSync(join(root, name, file), table);
  }
  const asked: string[] = [];
  const boards = new StoreBoards(root, (name) => {
    asked.push(name);
    return findBuiltIn(name);
  });
  const [first, beside] = await Promise.all([boards.read(), boards.read()]);
  expect(first.map(({ experiment }) => experiment)).toEqual(['grid25', 'ring8']);
  expect(beside).toBe(first);
  expect(await boards.read()).toBe(first);
  expect(asked).toEqual(['grid25', 'ring8']);
  await storeOf([trialOf(specOf('gan', 0), 3)], root);
  const [changed, same] = await boards.read();
  expect(changed?.standings.map(({ method }) => method)).toEqual(['gan', 'bigan', 'bigan-pgp']);
  expect(same).toBe(first[1]);
  expect(asked).toEqual(['grid25', 'ring8', 'grid25']);
  expect((await new StoreSource(root, findBuiltIn).experiments()).map(({ name }) => name)).toEqual(['grid25', 'ring8']);
});
