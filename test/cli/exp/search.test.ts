/** `exp --search` and `--tuned` from end to end, with nets of eight units and trials of ten steps. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSearch } from '../../../src/cli/exp/search-request.ts';
import { readSearches } from '../../../src/store/search-file.ts';
import { openStore } from '../../../src/store/store.ts';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

const small = ['nets.hidden=[8]', 'training.batch=16', 'training.steps=10', 'evaluation.samples=200'];
const exp = (store: string, methods: string, ...more: string[]) =>
  runHere(
    ...['exp', 'grid25', '--store', store, '--methods', methods, '--jobs', '1', '--quiet'],
    ...small.flatMap((one) => ['--set', one]),
    ...more,
  );

it('a search tells the best settings, which --tuned runs on seeds that it never saw', async () => {
  const store = scratch();
  const searched = await exp(store, 'gan,wgan', '--search', '2');
  expect([searched.code, searched.stderr]).toEqual([0, '']);
  expect(searched.stdout).toContain('Best of 2 draws of each method (seed 100)');
  const [search] = readSearches(join(store, 'grid25-search'))?.searches ?? [];
  expect(search?.methods.map(({ method, draws }) => [method, draws.length])).toEqual([
    ['gan', 2],
    ['wgan', 2],
  ]);
  const tuned = await exp(store, 'gan,wgan', '--tuned', '--seeds', '1');
  expect([tuned.code, tuned.stderr]).toEqual([0, '']);
  const records = await openStore(store, 'grid25').records();
  expect(records.map(({ spec, preset }) => [spec.method, spec.seed, preset])).toEqual([
    ['gan', 0, 'tuned'],
    ['wgan', 0, 'tuned'],
  ]);
  const rates = search?.methods.map(({ draws }) => draws.map(({ settings }) => settings['training.optimiser.rate']));
  for (const [at, { spec }] of records.entries()) expect(rates?.[at]).toContain(String(spec.training.optimiser.rate));
}, 120_000);

it('by successive halving draws are stopped where the better half goes on; the same command finds all of it done', async () => {
  const store = scratch();
  const words = ['gan', '--search', '3', '--halving', '4,6'] as const;
  // One page, at one address, for all rungs.
  const searched = await exp(store, ...words, '--watch');
  expect([searched.code, searched.stderr]).toEqual([0, expect.stringMatching(/^Live page: http:\S+grid25-search\n$/)]);
  expect(searched.stdout).toContain('2 of all 3 draws ended after 4 and 6 steps');
  const records = await openStore(store, 'grid25-search').records();
  expect(records.map(({ spec }) => spec.training.steps).sort()).toEqual([10, 4, 4, 4, 6, 6].sort());
  const again = await exp(store, ...words);
  expect([again.code, again.stdout]).toEqual([0, searched.stdout]);
}, 120_000);

describe('options of a search', () => {
  it.each([
    [{ search: '4', tuned: true }, 'name one'],
    [{ search: '4', sweep: ['a=1,2'] }, '--search: the settings are drawn; leave --sweep out'],
    [{ tuned: true, lambda: '1,2' }, '--tuned: the settings are those of the search; leave --lambda out'],
    [{ 'search-seed': '4' }, '--search-seed says how to search: name --search 40 too'],
    [{ halving: '4' }, '--halving says how to search: name --search 40 too'],
    [
      { search: '4', halving: '9,4' },
      "--halving: expected steps between commas, going up, such as 500,2000, got '9,4'",
    ],
  ])('%j do not go together', (given, message) => {
    expect(() => checkSearch(given)).toThrow(message);
  });
});
