/** Writes the leaderboard beside the reports that it leads to. Knows no command line. */
import { join } from 'node:path';
import { writeWhole } from '../../disk/files.ts';
import { leaderboardPage } from './page.ts';
import type { Board } from './standings.ts';
import { boardsCsv, boardsMd } from './tables.ts';

/**
 * Writes index.html, leaderboard.csv and leaderboard.md into `out`, which holds a report for each board.
 *
 * @param command what was typed.
 * @returns the page's path.
 */
export async function buildLeaderboard(boards: readonly Board[], out: string, command: string): Promise<string> {
  const path = join(out, 'index.html');
  await writeWhole(join(out, 'leaderboard.csv'), boardsCsv(boards));
  await writeWhole(join(out, 'leaderboard.md'), boardsMd(boards, linkToTable));
  await writeWhole(
    path,
    leaderboardPage(boards, ({ experiment }) => `${experiment}/index.html`, command),
  );
  return path;
}

/** To the report of a board, as far as it can be read as text. */
export const linkToTable = ({ experiment }: Board): string => `${experiment}/table.md`;
