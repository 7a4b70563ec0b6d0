/** `report` builds pages, figures and tables from a store's files and prints the headline table. It trains nothing. */
import { resolve } from 'node:path';
import { shellWord } from '../base/shell-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { type Against, compareStores } from '../report/against.ts';
import type { Built } from '../report/build.ts';
import { judgingLines } from '../report/judging.ts';
import { buildLeaderboard } from '../report/leaderboard/build.ts';
import { type Board, boardsOf } from '../report/leaderboard/standings.ts';
import { loadReport } from '../report/load.ts';
import type { ReportData } from '../report/report-data.ts';
import { loadSearch, type SearchReport } from '../report/search/search-data.ts';
import { averageWarning } from '../summary/average.ts';
import { differenceText, seedsText } from '../summary/number-format.ts';
import { groupRow } from '../summary/summarise.ts';
import { ExitCode } from './exit.ts';
import { searchText } from './exp/search-ending.ts';
import { findBuiltIn } from './experiment-metadata.ts';
import { openFile } from './open-file.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';
import type { ReportArguments } from './report-options.ts';
import { textWidth, wrap } from './screen/format.ts';
import { resultTable } from './screen/table.ts';
import { existingStore, storedNames } from './stored-names.ts';

export async function runReport(given: ReportArguments, root: string): Promise<number> {
  const from = callersFolder();
  const store = existingStore(folderOf(given.store, root, 'results'), '--store');
  const against = given.against === undefined ? undefined : existingStore(resolve(from, given.against), '--against');
  const names = await storedNames(given.experiments ?? [], store);
  const out = checkStore(folderOf(given.out, root, 'reports'), false, '--out');
  // Libraries that draw take half a second to load: mistakes are reported without them.
  const { hasFonts } = await import('../report/render.ts');
  if (!hasFonts())
    remark('modebench: this system has no fonts, so the PNGs have no words (apt install fonts-dejavu-core)');
  let code: number = ExitCode.done;
  let page: string | undefined;
  const boards: Board[] = [];
  for (const [index, name] of names.entries()) {
    if (index > 0) print();
    try {
      const search = loadSearch(store, name);
      if (search !== undefined) {
        const made = await reportSearch(search, { given, store, out, against });
        page ??= made;
        continue;
      }
      const { data, built } = await report(name, { given, store, out, against });
      page ??= built.page;
      boards.push(...boardsOf(data));
      if (built.faults.length > 0) code = ExitCode.failed;
    } catch (error) {
      // One unreadable experiment does not prevent the others' reports; where it was named alone, it is the user's mistake.
      if (!(error instanceof UsageError) || names.length === 1) throw error;
      remark(`modebench: ${error.message}`);
      code = ExitCode.failed;
    }
  }
  if ((given.experiments ?? []).length === 0 && boards.length > 0) {
    page = await buildLeaderboard(boards, out, commandOf('', given));
    print(`\nLeaderboard: ${fromHere(page)}`);
  }
  if (given.open && page !== undefined) await openFile(page);
  return code;
}

interface Places {
  readonly given: ReportArguments;
  readonly store: string;
  readonly out: string;
  readonly against: string | undefined;
}

/** Of the settings that a random search drew. */
async function reportSearch(search: SearchReport, { given, out }: Places): Promise<string> {
  if (given.against !== undefined)
    throw new UsageError(`--against: ${search.name} is a search of settings, not results to compare`);
  const { buildSearchReport } = await import('../report/search/build.ts');
  const { page, figures } = await buildSearchReport(search, {
    out,
    command: commandOf(search.name, given),
    expOptions: storeOption(given),
  });
  for (const one of search.searches) print(searchText({ ...one, columns: search.columns }, textWidth()));
  print(`\nPage: ${fromHere(page)} (${figures} figures beside it)`);
  return page;
}

const storeOption = ({ store }: ReportArguments): string[] =>
  store === undefined ? [] : [`--store ${shellWord(store)}`];

async function report(
  name: string,
  { given, store, out, against }: Places,
): Promise<{ readonly data: ReportData; readonly built: Built }> {
  const data = await loadReport(store, name, findBuiltIn);
  const other = against === undefined ? undefined : await loadReport(against, name, findBuiltIn);
  const typed = given.against ?? '';
  const { buildReport } = await import('../report/build.ts');
  const built = await buildReport(data, {
    out,
    command: commandOf(name, given),
    expOptions: storeOption(given),
    ...(other && { against: { data: other, store: typed } }),
  });
  const width = textWidth();
  print(headlineText(data, built, width));
  if (other) print(`\n${againstText(compareStores(data, other), typed, width)}`);
  for (const problem of [...data.problems, ...built.faults]) remark(`modebench: ${problem}`);
  print(`\nPage: ${fromHere(built.page)} (${built.figures.length} figures beside it)`);
  return { data, built };
}

/** The table that ends `exp`, one for each preset, and the verdicts. */
function headlineText(data: ReportData, { verdicts }: Built, width: number): string {
  const presets = [...new Set(data.groups.map(({ preset }) => preset))];
  const tables = presets.map((preset) => {
    const groups = data.groups.filter((group) => group.preset === preset);
    const records = groups.flatMap(({ trials }) => trials.map(({ record }) => record));
    const swept = data.swept.filter((path) => groups.some(({ settings }) => path in settings));
    const table = resultTable(groups.map(groupRow), swept, width, data.columns);
    const late = averageWarning(records.map(({ spec }) => spec));
    const notes = [...(late === undefined ? [] : [late]), ...judgingLines(records, data)];
    const text = [table, ...notes.map((line) => wrap(line, width))].join('\n');
    return presets.length > 1 ? `preset ${preset}\n${text}` : text;
  });
  const claim = data.about ? `${data.experiment}: ${data.about.claim}` : data.experiment;
  return [wrap(claim, width), ...tables, ...verdicts.map(({ says }) => wrap(says, width))].join('\n\n');
}

/** A line a method: what its leading metrics differ by, or why they should not be compared. */
function againstText({ pairs, onlyOurs, onlyTheirs }: Against, store: string, width: number): string {
  const lines = pairs.flatMap(({ ours, differs, differences, seeds }) => {
    const shown = differences
      .slice(0, 3)
      .map(({ info, difference }) => `${info.title} ${differenceText(difference, info)}`);
    const on = seeds.length > 0 ? `, seeds ${seedsText(seeds)}` : ' (no common seeds)';
    const specs = differs.map((one) => `${one.path} ${one.ours} here, ${one.theirs} there`).join('; ');
    return [
      `${ours.label}: ${shown.join('; ')}${on}`,
      ...(differs.length > 0 ? [`  not a fair comparison: ${specs}`] : []),
    ];
  });
  const only = [
    onlyOurs.length > 0 ? [`only here: ${onlyOurs.map(({ label }) => label).join(', ')}`] : [],
    onlyTheirs.length > 0 ? [`only there: ${onlyTheirs.map(({ label }) => label).join(', ')}`] : [],
  ].flat();
  return [`Here minus ${store}, mean over common seeds with its 95 % interval:`, ...lines, ...only]
    .map((line) => wrap(line, width))
    .join('\n');
}

/** All that decides what the page shows, so that the same words make the same page. */
function commandOf(name: string, { store, out, against }: ReportArguments): string {
  const options = Object.entries({ store, out, against }).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option} ${shellWord(value)}`],
  );
  const words = [name, ...options].filter((word) => word !== '');
  return ['npm run report', ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
}
