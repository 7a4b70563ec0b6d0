/**
 * Reads what a report is made of from the store alone. Tables of a trial are read when first asked for; whatever cannot be
 * read is a line in `problems` and otherwise missing, never a fault.
 */
import { join } from 'node:path';
import { messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { isMissing } from '../disk/files.ts';
import { readTextSync } from '../disk/read-file.ts';
import { aboutOf, type Metadata, readMetadata } from '../store/metadata.ts';
import { openStore, type Store } from '../store/store.ts';
import { decodeTrials, type TableRow } from '../store/trials-csv.ts';
import { groupReport, type ReportKinds, reportKinds } from './kinds.ts';
import type { ReportData, ReportTrial } from './report-data.ts';
import { type BuiltIn, recordsOf } from './table-records.ts';
import { openTrial } from './trial-files.ts';

/** Finds an experiment among those of the project, for stores that do not say enough of it themselves. */
export type FindBuiltIn = (experiment: string) => Promise<BuiltIn | undefined>;

/** The trials of an experiment, before they are grouped. There may be none yet. */
export interface OpenedTrials extends Pick<ReportData, 'experiment' | 'about' | 'problems'> {
  readonly trials: readonly ReportTrial[];
  readonly kinds: ReportKinds;
}

/**
 * The experiment's data in the store under `root`. Throws UsageError where there is no trial to report on. Reads the records,
 * or trials.csv where the store has nothing else; other files when they are asked for. `findBuiltIn` is asked where
 * experiment.json is missing or of modebench 0.1, and for what trials.csv leaves out.
 */
export async function loadReport(
  root: string,
  experiment: string,
  findBuiltIn: FindBuiltIn = async () => undefined,
): Promise<ReportData> {
  const store = openStore(root, experiment);
  const { trials, kinds, ...told } = await openTrials(root, store, findBuiltIn);
  if (trials.length === 0) {
    const { problems } = told;
    const why = problems.length === 0 ? '' : ` (${problems.length} unreadable, first ${problems[0]})`;
    throw new UsageError(`${store.path} holds no trial of ${experiment}${why}`);
  }
  return { ...told, ...groupReport(trials, kinds), sheets: new Map() };
}

/** Reads a store's trials as `loadReport` says. A store that is asked again reads those files again that changed. */
export async function openTrials(root: string, store: Store, findBuiltIn: FindBuiltIn): Promise<OpenedTrials> {
  const problems: string[] = [];
  // Paths without the store's root: a report does not depend on where the store lies.
  const tell = (problem: string) => problems.push(problem.replaceAll(join(root, '/'), ''));
  const stored = metadataIn(store.path, tell);
  const records = await store.records();
  const table = records.length === 0 ? tableOf(store.csv, tell) : undefined;
  store.problems.forEach(tell);
  const builtIn = stored?.methods === undefined || table ? await findBuiltIn(store.experiment) : undefined;
  if (table && builtIn) records.push(...recordsOf(table, builtIn, store.csv, tell));
  const about = stored ?? builtIn?.metadata;
  const kinds = reportKinds(stored?.methods === undefined ? builtIn?.metadata : stored);
  const trials = records.map((record) => openTrial(record, store.folder(record.id), kinds.truthOf, tell));
  return { experiment: store.experiment, about: about && aboutOf(about), trials, kinds, problems };
}

/** The rows of trials.csv, where there is one. */
function tableOf(path: string, tell: (problem: string) => void): TableRow[] | undefined {
  try {
    return decodeTrials(readTextSync(path), path);
  } catch (error) {
    if (!isMissing(error)) tell(messageOf(error));
    return undefined;
  }
}

function metadataIn(folder: string, tell: (problem: string) => void): Metadata | undefined {
  try {
    return readMetadata(folder);
  } catch (error) {
    tell(messageOf(error));
    return undefined;
  }
}
