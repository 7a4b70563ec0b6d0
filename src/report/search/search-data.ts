/** Reads what a search's report is made of: search.json alone, so that tables without trials have a report too. */
import { join } from 'node:path';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { readSearches, type Search, type SearchFile } from '../../store/search-file.ts';
import { coloursOf } from '../../summary/palette.ts';
import { type MethodResult, searchResults } from '../../summary/search-results.ts';
import { type BestCurve, bestCurve, type Importance, importances } from '../../summary/search-statistics.ts';

export interface SearchReport {
  /** The folder's name in the store. */
  readonly name: string;
  /** The experiment that was searched. */
  readonly of: string;
  readonly columns: readonly ColumnInfo[];
  readonly searches: readonly ReportedSearch[];
  /** By method. */
  readonly colours: ReadonlyMap<string, string>;
}

export interface ReportedSearch {
  readonly search: Search;
  readonly results: readonly MethodResult[];
  /** Of methods with two draws or more. */
  readonly curves: readonly {
    readonly method: string;
    readonly column: string;
    readonly points: readonly BestCurve[];
  }[];
  readonly importances: readonly { readonly method: string; readonly found: readonly Importance[] }[];
}

/** `undefined` where the store has no search of that name. Throws UsageError for a file that is broken. */
export function loadSearch(root: string, name: string): SearchReport | undefined {
  const file = readSearches(join(root, name));
  return file && reportOf(name, file);
}

export function reportOf(name: string, { of, columns, searches }: SearchFile): SearchReport {
  const methods = searches.flatMap((search) => search.methods.map(({ method }) => method));
  const cards = new Map(builtIn.cards.methods.map((card) => [card.name as string, card.colour]));
  const names = [...new Set([...cards.keys(), ...methods])];
  return {
    ...{ name, of, columns, colours: coloursOf(names, (method) => cards.get(method)) },
    searches: searches.map((search) => {
      const results = searchResults(search, columns);
      const several = results.filter(({ ranked }) => ranked.length > 1);
      return {
        ...{ search, results },
        curves: several.flatMap(({ method, ranked }) =>
          curveColumns(columns).map((info) => ({ method, column: info.name, points: bestCurve(ranked, info) })),
        ),
        importances: results.map(({ method, ranked }) => ({ method, found: importances(ranked) })),
      };
    }),
  };
}

/** Columns of which more is better, the first that decide: what the best of k draws reaches in them has an end to reach. */
export const curveColumns = (columns: readonly ColumnInfo[]): ColumnInfo[] =>
  columns.filter(({ better, unit }) => better === 'more' && unit !== 'number').slice(0, 3);
