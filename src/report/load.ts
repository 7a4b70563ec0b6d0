/**
 * What a report is made of: one experiment's records and the files beside them, read from the store alone. Tables of a trial
 * are read when first asked for; whatever cannot be read is a line in `problems` and otherwise missing, never a fault.
 */

import { join } from 'node:path';
import { experimentNames, loadExperiment } from '../experiment/load.ts';
import { nameOf, resolveTrial } from '../experiment/resolve.ts';
import { type About, aboutOf, readAbout } from '../results/about.ts';
import type { Film } from '../results/film.ts';
import type { HistoryRow } from '../results/history.ts';
import type { TrialRecord } from '../results/record.ts';
import { openStore } from '../results/store.ts';
import type { MethodName, ResolvedSpec } from '../spec/spec.ts';
import { UsageError } from '../spec/usage-error.ts';
import { groupTrials, seedlessHash } from './groups.ts';
import type { Sheet, SheetName } from './sheet.ts';
import { openTrial } from './trial-files.ts';

/** Columns of equal length by name. Cells that are empty or not a number are NaN; `set` in samples.csv and `mode` in modes.csv are text. */
export interface Table {
  readonly count: number;
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

/** A trial with what it left behind. Files that older trials lack, or that are broken, are `undefined` (history: empty). */
export interface ReportTrial {
  readonly record: TrialRecord;
  readonly seed: number;
  /** history.csv: one row an evaluation, ascending steps. */
  readonly history: readonly HistoryRow[];
  /** samples.csv: text `set` ('generated' or 'real'), numbers x0 …, z0 …, reconstructed0 …, mode. */
  readonly samples: Table | undefined;
  /** losses.csv: step, lossD, lossG, scoreReal, scoreFake, gradientD, gradientG. */
  readonly losses: Table | undefined;
  /** landscape.csv: x0, x1, score, g0, g1; or x0, score, g0; or x0, z0, score; or z0, z1, score. */
  readonly landscape: Table | undefined;
  /** lines.csv: line, t, x0, x1, score, slope. */
  readonly lines: Table | undefined;
  readonly film: Film | undefined;
  /** modes.csv, of pictures: text `mode`, shares `real`, `generated`, `reconstructed`. */
  readonly modes: Table | undefined;
  /** occupancy.csv, of pictures: `row` and `column` of a cell, shares of frames `real`, `generated`, `reconstructed`. */
  readonly occupancy: Table | undefined;
  /** The first pictures of data.png, samples.png or reconstructions.png. */
  readonly sheet: (name: SheetName) => Promise<Sheet | undefined>;
}

/** The sheets of a trial that its figures show. */
export type Sheets = Readonly<Partial<Record<SheetName, Sheet>>>;

/** The trials that differ in nothing but their seed: a row of the table, a line or a panel of a figure. */
export interface Group {
  /** Unique in the report. */
  readonly key: string;
  readonly method: MethodName;
  readonly preset: string;
  /** Values at those of `ReportData.swept` that the method has; at least what tells it from the method's other groups. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** As short as it can be told apart from all other groups of the report: `bigan-pgp`, `bigan-pgp λ 0.1`, `gan (smoke)`. */
  readonly label: string;
  /** Whether these are trials of the experiment as its file declares it: no preset, nothing set on the command line. */
  readonly asDeclared: boolean;
  /** Spec of the first trial: all but the seed is that of the others. */
  readonly spec: ResolvedSpec;
  /** All trials, ascending seeds, diverged and failed ones too. */
  readonly trials: readonly ReportTrial[];
  /** Those that are done. */
  readonly done: readonly ReportTrial[];
}

export interface ReportData {
  readonly experiment: string;
  /** Where neither the store nor the project knows the experiment, there is nothing to say. */
  readonly about: About | undefined;
  /** Every group: methods in the catalogue's order, then presets, then settings ascending. Never empty. */
  readonly groups: readonly Group[];
  /**
   * One group for each method, all in one setting (preset, data, nets, training …): those that the figures of modes, samples,
   * discriminator and learning compare. The experiment's default where the store has it, else the setting with most trials.
   */
  readonly main: readonly Group[];
  /** Dotted paths (`penalty.weight`) at which groups of one method and preset differ. */
  readonly swept: readonly string[];
  /** By trial's id: pictures of those that figures show. Empty as loaded; `withSheets` fills it. */
  readonly sheets: ReadonlyMap<string, Sheets>;
  /** One line for each file that could not be read; grows while tables are read. */
  readonly problems: readonly string[];
}

/**
 * The experiment's data in the store under `root`. Throws UsageError where there is no trial to report on. Reads the records;
 * other files when they are asked for.
 */
export async function loadReport(root: string, experiment: string): Promise<ReportData> {
  const store = openStore(root, experiment);
  const records = await store.records();
  const problems: string[] = [];
  // Paths without the store's root: a report does not depend on where the store lies.
  const tell = (problem: string) => problems.push(problem.replaceAll(join(root, '/'), ''));
  store.problems.forEach(tell);
  if (records.length === 0) {
    const why = problems.length === 0 ? '' : ` (${problems.length} unreadable, first ${problems[0]})`;
    throw new UsageError(`${store.path} holds no trial of ${experiment}${why}`);
  }
  const trials = records.map((record) => openTrial(record, store.folder(record.id), tell));
  const known = await projectExperiment(experiment);
  return {
    experiment,
    about: about(store.path, tell) ?? known?.about,
    ...groupTrials(trials, known?.defaults),
    sheets: new Map(),
    problems,
  };
}

function about(folder: string, tell: (problem: string) => void): About | undefined {
  try {
    return readAbout(folder);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** What the project itself says of an experiment of that name; `undefined` where it has none. */
async function projectExperiment(name: string): Promise<{ about: About; defaults: ReadonlySet<string> } | undefined> {
  if (!(await experimentNames()).includes(name)) return undefined;
  const experiment = await loadExperiment(name);
  const defaults = experiment.methods.map((choice) =>
    seedlessHash(resolveTrial(experiment, { method: nameOf(choice), seed: 0 })),
  );
  return { about: aboutOf(experiment), defaults: new Set(defaults) };
}
