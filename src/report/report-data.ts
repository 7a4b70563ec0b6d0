/**
 * Defines what a report is made of: one experiment's records and the files beside them. `load.ts` reads it from the store,
 * `kinds.ts` groups it, everything else here draws it.
 */

import type { Truth } from '../datasets/data-kind.ts';
import type { Section } from '../schema/kind.ts';
import type { Film } from '../store/film-file.ts';
import type { HistoryRow } from '../store/history.ts';
import type { About } from '../store/metadata.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Columns } from '../summary/column-info.ts';
import type { Declared, Grouped, Group as SummaryGroup } from '../summary/groups.ts';
import type { Sheet, SheetName } from './sheet.ts';

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
  readonly truth: Truth;
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

/** The trials that differ in nothing but their seed, with their files. */
export interface Group extends SummaryGroup<ReportTrial> {
  /** The method's, on light ground; `darkOf` has the other. */
  readonly colour: string;
  /** What the method is, in a line; `undefined` where the store does not say. */
  readonly description: string | undefined;
  /** What is known of its data. */
  readonly truth: Truth;
}

export interface ReportData extends Pick<Grouped, 'swept' | 'apart'>, Pick<Declared, 'specs'> {
  readonly groups: readonly Group[];
  readonly main: readonly Group[];
  readonly mainOf: ReadonlyMap<string, readonly Group[]>;
  readonly experiment: string;
  /** Where neither the store nor the project knows the experiment, there is nothing to say. */
  readonly about: About | undefined;
  /** How the store calls and judges its columns; empty where it does not say. */
  readonly columns: Columns;
  /** What a metric's values of so many samples depend on, in words; '' for nothing. */
  readonly conditionsOf: (metric: Section, samples: number) => string;
  /** By trial's id: pictures of those that figures show. Empty as loaded; `withSheets` fills it. */
  readonly sheets: ReadonlyMap<string, Sheets>;
  /** One line for each file that could not be read; grows while tables are read. */
  readonly problems: readonly string[];
}
