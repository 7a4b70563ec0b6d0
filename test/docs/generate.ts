/** Every generated file of the documentation and its text, and which of them are stale. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBlocks } from './blocks.ts';
import { leaderboardFiles } from './leaderboard.ts';
import { apiPage } from './pages/api.ts';
import { cliPage } from './pages/cli.ts';
import { experimentsPage } from './pages/experiments.ts';
import { kindsPage } from './pages/kinds.ts';
import { methodPages } from './pages/methods.ts';
import { metricsPage } from './pages/metrics.ts';

/** Written by hand, with computed tables inside. */
const withTables = ['README.md', 'docs/results.md', 'docs/devices.md', 'data/README.md'];

/** Paths from the root and their text. */
export async function generatedFiles(root: string): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...withTables.map((file) => [file, withBlocks(readFileSync(join(root, file), 'utf8'), root)] as const),
    ...(await leaderboardFiles(root)),
    ['docs/cli.md', cliPage()],
    ...[...methodPages(root)].map(([file, text]) => [`docs/methods/${file}`, text] as const),
    ['docs/metrics.md', metricsPage(root)],
    ['docs/kinds.md', kindsPage(root)],
    ['docs/experiments.md', await experimentsPage(root)],
    ['docs/api.md', apiPage(root)],
  ]);
}

/** Those whose text on disk is another, or that are not there. */
export const staleFiles = (root: string, files: ReadonlyMap<string, string>): string[] =>
  [...files].filter(([file, text]) => textOf(join(root, file)) !== text).map(([file]) => file);

const textOf = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
