/** Makes the rows of a wall and its table over seeds from an experiment's trials. Pure. */
import { finiteOrNull } from '../base/representable.ts';
import type { Truth } from '../datasets/data-kind.ts';
import { modeReach } from '../metrics/numerics/mode-share.ts';
import { highQualityRadius } from '../metrics/numerics/nearest-modes.ts';
import { diagnosisRules } from '../report/diagnoses.ts';
import { classesOf } from '../report/figures/latent.ts';
import type { ReportKinds } from '../report/kinds.ts';
import { groupReport } from '../report/kinds.ts';
import type { Group, ReportTrial } from '../report/report-data.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { readAs } from '../summary/average.ts';
import { columnInfo, judgedColumns } from '../summary/column-info.ts';
import { ceilingOf, modeCount } from '../summary/mode-count.ts';
import { darkColours } from '../summary/palette.ts';
import { improvement, type Statistic } from '../summary/statistics.ts';
import { groupRow } from '../summary/summarise.ts';
import { livePlane } from './live-plane.ts';
import type { TableCell, TableRow, TrialRow, TrialState, Wall, WallColumn, WallGroup, WallTruth } from './wire.ts';

/** A trial of a wall: one of the store, or one that is still at work and has a record of what it did so far. */
export interface Seen {
  readonly trial: ReportTrial;
  readonly state: TrialState;
  /** Training steps done. */
  readonly step: number;
  readonly stepsPerSecond?: number;
  /** Of the latest evaluation. */
  readonly values: Readonly<Record<string, number>>;
  readonly version: string;
}

export const isAtWork = ({ state }: Pick<Seen, 'state'>): boolean => state === 'running' || state === 'waiting';

/** Columns that the wall shows of every trial, and its table over seeds. */
const mostColumns = 4;
/** Seeds from which on the probability of improvement, a pair for each two of them, is left out. */
const mostPaired = 100;

export interface Told {
  readonly experiment: string;
  readonly claim: string;
  readonly problems: readonly string[];
}

export function wallOf(told: Told, seen: readonly Seen[], kinds: ReportKinds): Wall {
  const byId = new Map(seen.map((one) => [one.trial.record.id, one]));
  const { groups } = groupReport(
    seen.map(({ trial }) => trial),
    kinds,
  );
  const columns = columnsFor(seen, kinds);
  const dark = darkColours(groups.map(({ colour }) => colour));
  const ended = groups.map((group) => endedPart(group, byId));
  const leader = leaderOf(ended, columns[0]);
  const truth = groups[0] && wallTruth(groups[0].truth);
  return {
    ...told,
    groups: groups.map(
      ({ key, label, method, colour, description }): WallGroup => ({
        ...{ key, label, method, colour: [colour, dark[colour] ?? colour] },
        ...(description !== undefined && { description }),
      }),
    ),
    columns: columns.map((info) => columnOf(info, groups)),
    trials: groups.flatMap(({ key, trials }) =>
      trials.flatMap(({ record }) => {
        const one = byId.get(record.id);
        return one ? [rowOf(key, one, columns)] : [];
      }),
    ),
    table: ended.map((group, at) => tableRow(group, groups[at]?.trials.length ?? 0, columns, leader)),
    ...(leader && { leader: leader.key }),
    ...(truth && { truth }),
    rules: diagnosisRules,
  };
}

/**
 * A wall with other rows where those of `changed` are at work and nothing else of it is another; `undefined` where it is: its
 * columns, which follow from what was measured so far.
 */
export function withRows(
  old: Wall,
  seen: readonly Seen[],
  changed: ReadonlySet<string>,
  kinds: ReportKinds,
): Wall | undefined {
  const byId = new Map(seen.map((one) => [one.trial.record.id, one]));
  const columns = columnsFor(seen, kinds);
  if (columns.map(({ name }) => name).join() !== old.columns.map(({ name }) => name).join()) return undefined;
  const trials = old.trials.map((row) => {
    const one = changed.has(row.id) ? byId.get(row.id) : undefined;
    return one ? rowOf(row.group, one, columns) : row;
  });
  return { ...old, trials };
}

/** The columns that judge, as the terminal's table has them; those of the weights themselves where their average lags behind. */
function columnsFor(seen: readonly Seen[], kinds: ReportKinds): ColumnInfo[] {
  const measured = new Set(seen.flatMap(({ values }) => Object.keys(values)));
  const present = measured.size > 0 ? measured : new Set(kinds.columns.keys());
  const specs = seen.map(({ trial }) => trial.record.spec);
  return judgedColumns(present, kinds.columns)
    .slice(0, mostColumns)
    .map(({ name }) =>
      columnInfo(
        readAs(name, specs, (other) => present.has(other)),
        kinds.columns,
      ),
    );
}

function columnOf({ name, title, unit, digits, better, ...info }: ColumnInfo, groups: readonly Group[]): WallColumn {
  const [first] = groups;
  const most =
    first &&
    (modeCount(first.trials, { ...info, name, title, unit, digits }) ??
      ceilingOf({ ...info, name, title, unit, digits }, first.truth, first.spec.evaluation.samples));
  return { ...{ name, title, unit, digits }, ...(better && { better }), ...(most !== undefined && { most }) };
}

function rowOf(group: string, one: Seen, columns: readonly ColumnInfo[]): TrialRow {
  const { trial, state, step, stepsPerSecond, values, version } = one;
  const { id, spec, reason } = trial.record;
  return {
    ...{ id, group, seed: trial.seed, state, step, steps: spec.training.steps, version },
    ...(stepsPerSecond !== undefined && { stepsPerSecond }),
    ...(reason !== undefined && { reason }),
    values: columns.map(({ name }) => finiteOrNull(values[name])),
  };
}

/** What of a group has a record: the others have no final figures. */
function endedPart(group: Group, byId: ReadonlyMap<string, Seen>): Group {
  const isEnded = ({ record }: ReportTrial) => {
    const one = byId.get(record.id);
    return one === undefined || !isAtWork(one);
  };
  return { ...group, trials: group.trials.filter(isEnded), done: group.done.filter(isEnded) };
}

function tableRow(group: Group, seeds: number, columns: readonly ColumnInfo[], leader: Group | undefined): TableRow {
  const { key, trials, done } = group;
  const [first] = columns;
  const none = { group: key, done: 0, seeds, diverged: 0, failed: 0, cells: columns.map(() => null) };
  if (trials.length === 0) return none;
  const { diverged, failed, metrics } = groupRow(group);
  const isPaired = leader && leader !== group && Math.max(done.length, leader.done.length) <= mostPaired;
  const gain = first && isPaired ? improvement(group, leader, first) : undefined;
  return {
    ...none,
    ...{ done: done.length, diverged, failed },
    cells: columns.map(({ name }) => cellOf(metrics[name])),
    ...(gain &&
      Number.isFinite(gain.probability) && { improvement: { probability: gain.probability, ...gain.interval } }),
  };
}

function cellOf(found: Statistic | undefined): TableCell | null {
  if (found === undefined || found.seeds === 0) return null;
  const { mean, standardError, min, max, interval, seeds, of } = found;
  return {
    mean,
    standardError: finiteOrNull(standardError),
    min,
    max,
    low: interval.low,
    high: interval.high,
    seeds,
    of,
  };
}

/** The group that is best by its mean in the leading column; `undefined` where there is none to compare it with. */
function leaderOf(groups: readonly Group[], info: ColumnInfo | undefined): Group | undefined {
  const sign = info?.better === 'less' ? -1 : 1;
  const ranked = groups.flatMap((group) => {
    if (info === undefined || group.done.length === 0) return [];
    const mean = groupRow(group).metrics[info.name]?.mean ?? Number.NaN;
    return Number.isFinite(mean) ? [{ group, worth: sign * mean }] : [];
  });
  if (ranked.length < 2) return undefined;
  return ranked.reduce((best, one) => (one.worth > best.worth ? one : best)).group;
}

export function wallTruth(truth: Truth): WallTruth | undefined {
  const view = livePlane(truth);
  const { modes, dim } = view?.truth ?? truth;
  if (modes === undefined || dim > 2) return undefined;
  return {
    dim,
    ...(view && { seen: view.caption.trim() }),
    centres: [...modes.centres],
    radius: highQualityRadius * modes.std,
    reach: Math.min(...modeReach(modes)),
    colours: classesOf(truth).colours,
    weights: [...modes.weights],
  };
}
