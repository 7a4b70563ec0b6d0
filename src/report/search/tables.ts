/** Writes a search's draws and best settings as files. */
import { asTyped } from '../../base/command-words.ts';
import { joinWords } from '../../base/shell-words.ts';
import { writeCsv } from '../../disk/csv.ts';
import type { Search } from '../../store/search-file.ts';
import type { MethodResult } from '../../summary/search-results.ts';
import type { SearchReport } from './search-data.ts';

/** A row a draw that counts and is finished, best first: its search, method, place and number, means over seeds, settings. */
export function drawsCsv({ searches, columns }: SearchReport): string {
  const rows = searches.flatMap(({ search, results }) =>
    results.flatMap(({ method, ranked }) =>
      ranked.map(({ draw, settings, values, diverged, stopped }, at) => ({
        ...{
          preset: search.preset,
          searchSeed: search.seed,
          seeds: search.seeds.join(' '),
          method,
          place: at + 1,
          draw,
        },
        ...{ status: diverged ? 'diverged' : stopped === undefined ? 'done' : `stopped at ${stopped}` },
        ...values,
        ...settings,
      })),
    ),
  );
  const paths = [...new Set(searches.flatMap((one) => one.results.flatMap(({ space }) => Object.keys(space))))].sort();
  const head = ['preset', 'searchSeed', 'seeds', 'method', 'place', 'draw', 'status'];
  return writeCsv([...head, ...columns.map(({ name }) => name), ...paths], rows);
}

/** The best setting of each method of each search, with the command that runs it on seeds of a claim. */
export function bestJson({ of, searches }: SearchReport, expOptions: readonly string[]): string {
  const best = searches.flatMap(({ search, results }) =>
    results.flatMap((result) => {
      const [first] = result.ranked;
      if (first === undefined) return [];
      const { method, counted } = result;
      const command = asTyped(bestCommand(of, search, result, expOptions));
      return [{ preset: search.preset, seeds: search.seeds, method, draws: counted, ...first, command }];
    }),
  );
  return `${JSON.stringify({ of, best }, undefined, 2)}\n`;
}

/** `npm run exp -- …` with a method's best setting written out. */
export function bestCommand(
  of: string,
  search: Searched,
  { method, ranked: [best] }: Pick<MethodResult, 'method' | 'ranked'>,
  expOptions: readonly string[],
): string {
  const set = [...search.set, ...Object.entries(best?.settings ?? {}).map(([path, text]) => `${path}=${text}`)];
  return [
    'npm run exp --',
    joinWords(searchedWords(of, { ...search, set }, ['--methods', method])),
    ...expOptions,
  ].join(' ');
}

type Searched = Pick<Search, 'preset' | 'set'>;

/** The words that name what was searched: the experiment, its preset, `more`, what was set. */
export const searchedWords = (of: string, { preset, set }: Searched, more: readonly string[] = []): string[] => [
  of,
  ...(preset === 'default' ? [] : ['--preset', preset]),
  ...more,
  ...set.flatMap((text) => ['--set', text]),
];
