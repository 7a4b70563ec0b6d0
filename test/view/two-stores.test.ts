/** Two stores on one page: one leaderboard, and trials of one id in both are told apart. */
import { expect, it } from 'vitest';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { StoreSource } from '../../src/view/store-source.ts';
import { TwoStores } from '../../src/view/two-stores.ts';
import { sampleRecords, specOf, storeOf, trialOf } from '../report/sample-store.ts';

it('shows each store’s own trials under its own name', async () => {
  const [own, other] = [await storeOf(sampleRecords()), await storeOf([trialOf(specOf('bigan', 0), 3)])];
  const both = new TwoStores(new StoreSource(own, findBuiltIn), new StoreSource(other, findBuiltIn), 'old');
  expect((await both.experiments()).map(({ name, trials }) => [name, trials])).toEqual([
    ['grid25', 6],
    ['old:grid25', 1],
  ]);
  const walls = await Promise.all(['grid25', 'old:grid25'].map(async (name) => (await both.open(name))?.wall()));
  const trial = walls[1]?.trials[0];
  expect(walls.map((wall) => wall?.experiment)).toEqual(['grid25', 'old:grid25']);
  expect(walls.map((wall) => wall?.trials.find(({ id }) => id === trial?.id)?.values[0])).toEqual([12, 3]);
  expect((await both.trial('old:grid25', trial?.id ?? ''))?.folder).toContain(other);
  const { boards, methods } = await both.leaderboard();
  expect(boards.map(({ experiment, title }) => [experiment, title])).toEqual([
    ['grid25', 'grid25'],
    ['old:grid25', 'old:grid25'],
  ]);
  expect(methods.map(({ method, cells }) => [method, ...cells.map((cell) => cell?.text)])).toEqual([
    ['bigan', '52 %', '12 %'],
    ['bigan-pgp', '100 %', undefined],
  ]);
  expect(await both.open('old:ring8')).toBeUndefined();
});
