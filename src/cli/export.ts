/** `export` writes an experiment's records for other programs: TensorBoard, pandas, DuckDB, NumPy, notebooks. */
import { basename, dirname, extname, join, resolve } from 'node:path';
import { plural } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { makeFolder, writeWhole } from '../disk/files.ts';
import { statsOf } from '../disk/stats-of.ts';
import { type TidyTable, tidyCsv, tidyTable } from '../inspect/export/tidy-table.ts';
import { loadReport } from '../report/load.ts';
import type { ReportData } from '../report/report-data.ts';
import { ExitCode } from './exit.ts';
import { findBuiltIn } from './experiment-metadata.ts';
import type { ExportArguments } from './export-options.ts';
import { oneOf } from './parsed-arguments.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';

/** Contents by path below the folder that is written to. */
type Files = Readonly<Record<string, Uint8Array | string>>;

interface Format {
  /** Of the default name. */
  readonly ending: string;
  readonly isFolder?: true;
  /** @param name of the file to write. */
  files(data: ReportData, table: TidyTable, name: string): Promise<Files> | Files;
}

/** What is written, by its name for `--to`. */
const formats: Readonly<Record<string, Format>> = {
  tensorboard: {
    ending: '-tensorboard',
    isFolder: true,
    files: async (data) => (await import('../inspect/export/tensorboard.ts')).tensorboardFiles(data),
  },
  csv: { ending: '.csv', files: (_, table, name) => ({ [name]: tidyCsv(table) }) },
  parquet: {
    ending: '.parquet',
    files: async (_, table, name) => ({ [name]: (await import('../inspect/export/parquet.ts')).parquetOf(table) }),
  },
  npz: {
    ending: '.npz',
    files: async (data, table, name) => ({ [name]: (await import('../inspect/export/arrays.ts')).npzOf(table, data) }),
  },
  ipynb: {
    ending: '.ipynb',
    async files(data, table, name) {
      const { notebookOf } = await import('../inspect/export/notebook.ts');
      const csv = `${basename(name, extname(name))}.csv`;
      return { [csv]: tidyCsv(table), [name]: notebookOf(data, csv) };
    },
  },
};

export async function runExport(given: ExportArguments, root: string): Promise<number> {
  const from = callersFolder();
  const names = Object.keys(formats);
  if (given.to === undefined) throw new UsageError(`expected --to ${names.join(', ')}`);
  const { ending, isFolder, files } = formats[oneOf('to', given.to, names)] as Format; // one of them
  const store = checkStore(folderOf(given.store, root, 'results'), true);
  if (!statsOf(store)) throw new UsageError(`--store: there is no folder ${store}`);
  const out = resolve(from, given.out ?? `${given.experiment}${ending}`);
  if (!isFolder && statsOf(out)?.isDirectory()) throw new UsageError(`--out: expected a file, ${out} is a folder`);
  const data = await loadReport(store, given.experiment, findBuiltIn);
  const folder = checkStore(isFolder ? out : dirname(out), false, '--out');
  const table = tidyTable(data);
  const written = await files(data, table, basename(out));
  for (const [name, content] of Object.entries(written)) {
    await makeFolder(dirname(join(folder, name)));
    await writeWhole(join(folder, name), content);
  }
  for (const problem of data.problems) remark(`modebench: ${problem}`);
  const trials = data.groups.reduce((sum, group) => sum + group.trials.length, 0);
  const paths = isFolder ? [fromHere(out)] : Object.keys(written).map((name) => fromHere(join(folder, name)));
  print(`${plural(trials, 'trial')}, ${plural(table.rows.length, 'row')}: ${paths.join(', ')}`);
  if (isFolder) print(`Next: tensorboard --logdir ${fromHere(out)}`);
  return ExitCode.done;
}
