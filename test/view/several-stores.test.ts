/** Several stores on one page: one leaderboard, and trials of one id in two of them are told apart. */
import { expect, it } from 'vitest';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { SeveralStores } from '../../src/view/several-stores.ts';
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
