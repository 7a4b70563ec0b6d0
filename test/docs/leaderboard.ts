/** The leaderboard of results/reference, as files beside the reports of it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { linkToTable } from '../../src/report/leaderboard/build.ts';
import { type Board, boardsOf } from '../../src/report/leaderboard/standings.ts';
import { boardsCsv, boardsMd } from '../../src/report/leaderboard/tables.ts';
import { loadReport } from '../../src/report/load.ts';
import { isSearch } from '../../src/store/search-file.ts';

const folder = 'reports/reference';

export async function leaderboardFiles(root: string): Promise<[file: string, text: string][]> {
  const boards = await referenceBoards(root);
  return [
    [`${folder}/leaderboard.md`, boardsMd(boards, linkToTable)],
    [`${folder}/leaderboard.csv`, boardsCsv(boards)],
  ];
}

async function referenceBoards(root: string): Promise<Board[]> {
  const store = join(root, 'results/reference');
  const names = readdirSync(store, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => !isSearch(join(store, name)))
    .sort();
  const boards: Board[] = [];
  for (const name of names) boards.push(...boardsOf(await loadReport(store, name, findBuiltIn)));
  return boards;
}
