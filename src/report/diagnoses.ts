/**
 * Diagnoses what went wrong in a trial by stated rules on its logs, each diagnosis with where it begins and why. Rules look at
 * the weights themselves (`raw.`) where both are logged, for the average hides what is lost and found. No figures here.
 */

import { countText, significant } from '../base/number-words.ts';
import { mean } from '../base/statistics.ts';
import type { Modes } from '../datasets/dataset.ts';
import type { ColumnInfo, ColumnRole } from '../schema/column-info.ts';
import { type Columns, columnsOfRole } from '../summary/column-info.ts';
import { modeCount } from '../summary/mode-count.ts';
import type { ReportTrial } from './report-data.ts';
import { trainingLog } from './training-log.ts';

export const diagnosisNames = [
  'diverged',
  'vanishing gradient',
  'mode collapse',
  'mode hopping',
  'left the data',
  'has not settled',
] as const;
export type DiagnosisName = (typeof diagnosisNames)[number];

export interface Diagnosis {
  readonly name: DiagnosisName;
  /** Training step at which it begins. */
  readonly step: number;
  /** The figures that the rule went by, one line. */
  readonly because: string;
}

/** The rules in words, for the page. */
export const diagnosisRules: Readonly<Record<DiagnosisName, string>> = {
  diverged: 'a loss or a parameter is not finite',
  'vanishing gradient':
    'the norm of G’s gradient stays under 1 % of its median over the first tenth of the training (or under 0.0001) for a tenth of the training or more',
  'mode collapse':
    'from here to the end, at least the last fifth, at most half of the modes (or of the curve) is captured though at least 30 % of samples are of high quality (near the curve)',
  'mode hopping':
    'at least three times between evaluations a quarter of all modes is lost, after the first tenth; where the trial was filmed: half of the samples change modes between frames in which three in ten are at a mode',
  'left the data':
    'from here to the end, at least the last quarter, no sample is of high quality (near the curve) and the distance to the data (sliced W2) is above 1.25 times the data’s own spread and no lower than at the first evaluation',
  'has not settled':
    'the distance to the data (sliced W2) over the last fifth differs by more than a quarter from that of the fifth before, or what is captured by more than a tenth of all',
};

/**
 * All that holds for a trial, in the order of `diagnosisNames`; empty for a healthy one, and for one without logs. Columns are
 * known by their roles.
 */
export function diagnose(trial: ReportTrial, columns?: Columns): Diagnosis[] {
  const rules = [diverged, vanishingGradient, modeCollapse, modeHopping, leftTheData, hasNotSettled];
  return rules.flatMap((rule) => rule(trial, columns) ?? []);
}

type Rule = (trial: ReportTrial, columns?: Columns) => Diagnosis | undefined;

const diverged: Rule = ({ record }) =>
  record.status === 'diverged'
    ? { name: 'diverged', step: record.steps, because: record.reason ?? 'a value is not finite' }
    : undefined;

const vanishingGradient: Rule = (trial) => {
  const { steps, columns } = trainingLog(trial);
  const norms = columns.gradientG;
  if (norms === undefined || steps.length < 10) return undefined;
  const early = median(norms.slice(0, Math.max(3, Math.ceil(norms.length / 10))).filter(Number.isFinite));
  const bound = Math.max(1e-4, early / 100);
  const needed = Math.ceil(norms.length / 10);
  for (let start = 0; start < norms.length; start++) {
    let end = start;
    while (end < norms.length && (norms[end] as number) < bound) end++;
    if (end - start >= needed) {
      const most = Math.max(...norms.slice(start, end));
      return {
        name: 'vanishing gradient',
        step: steps[start] as number,
        because: `G’s gradient norm stays under ${short(bound)} until step ${countText(steps[end - 1] as number)} (at most ${short(most)})`,
      };
    }
    start = Math.max(start, end);
  }
  return undefined;
};

const modeCollapse: Rule = (trial, columns) => {
  const { info, all, captured, quality, isShare } = capturing(trial, columns);
  if (all === undefined || captured.length === 0) return undefined;
  const holds = (index: number) => {
    const good = quality[index];
    const got = captured[index];
    return got !== undefined && good !== undefined && got.value > 0 && got.value <= all / 2 && good.value >= 0.3;
  };
  const start = sinceWhen(captured.length, holds);
  if (start === undefined || captured.length - start < Math.max(2, captured.length / 5)) return undefined;
  const [first, last] = [captured[start] as Sample, captured.at(-1) as Sample]; // start is an index of it
  const good = quality.at(-1)?.value ?? Number.NaN;
  const got = isShare ? `${info?.title} ${percent(last.value)}` : `${last.value} of ${all} modes captured`;
  return {
    name: 'mode collapse',
    step: first.step,
    because: `${got} at the end, ${percent(good)} of samples near the data`,
  };
};

const modeHopping: Rule = (trial, columns) => {
  const filmed = hopsInFilm(trial);
  if (filmed !== undefined) return filmed.length < 3 ? undefined : hopping(filmed, 'half of the samples change modes');
  const { all, captured } = capturing(trial, columns);
  if (all === undefined || all < 4) return undefined;
  const settled = trial.record.spec.training.steps / 10;
  const drops = captured.flatMap(({ step, value }, index) => {
    const before = captured[index - 1];
    return before !== undefined && step > settled && before.value - value >= all / 4 ? [step] : [];
  });
  return drops.length < 3 ? undefined : hopping(drops, 'a quarter of the modes is lost at once');
};

function hopping(steps: readonly number[], what: string): Diagnosis {
  return { name: 'mode hopping', step: steps[0] as number, because: `${what} ${steps.length} times` };
}

/** Steps of frames by which half of the samples at modes have changed modes; `undefined` where no film says. */
function hopsInFilm({ film, record }: ReportTrial): number[] | undefined {
  const frames = film?.frames.filter(({ modeShare = [] }) => total(modeShare) >= 0.3) ?? [];
  if (frames.length < 4 || (frames[0]?.modeShare?.length ?? 0) < 2) return undefined;
  return frames.flatMap(({ step, modeShare }, index) => {
    const before = normalised(frames[index - 1]?.modeShare);
    const now = normalised(modeShare);
    if (before.length === 0 || step <= record.spec.training.steps / 10) return [];
    const moved = now.reduce((sum, share, mode) => sum + Math.abs(share - (before[mode] ?? 0)), 0) / 2;
    return moved >= 0.5 ? [step] : [];
  });
}

const leftTheData: Rule = (trial, columns) => {
  const { info, series: distance } = leading(trial, 'distance', columns);
  const { quality } = capturing(trial, columns);
  const { modes, curve } = trial.truth;
  const spread = modes ? spreadOf(modes) : curve && deviation(curve.points, curve.dim);
  const [first] = distance;
  if (first === undefined || spread === undefined || quality.length !== distance.length) return undefined;
  const bound = Math.max(1.25 * spread, first.value);
  const start = sinceWhen(
    distance.length,
    (index) => (quality[index] as Sample).value === 0 && (distance[index] as Sample).value >= bound,
  );
  if (start === undefined || distance.length - start < Math.max(2, distance.length / 4)) return undefined;
  return {
    name: 'left the data',
    step: (distance[start] as Sample).step,
    because: `no sample at the data since; ${info?.title} ${short((distance.at(-1) as Sample).value)} at the end, the data’s own spread ${short(spread)}`,
  };
};

const hasNotSettled: Rule = (trial, columns) => {
  const { all, captured, isShare } = capturing(trial, columns);
  const { info, series } = leading(trial, 'distance', columns);
  const distance = windows(series);
  const modes = windows(captured);
  if (distance !== undefined && Math.abs(distance.last - distance.before) > distance.before / 4) {
    return {
      name: 'has not settled',
      step: distance.step,
      because: `${info?.title} went from ${short(distance.before)} to ${short(distance.last)} over the last two fifths`,
    };
  }
  if (modes !== undefined && all !== undefined && Math.abs(modes.last - modes.before) > all / 10) {
    const said = (value: number) => (isShare ? percent(value) : short(value));
    return {
      name: 'has not settled',
      step: modes.step,
      because: `captured went from ${said(modes.before)} to ${said(modes.last)} over the last two fifths`,
    };
  }
  return undefined;
};

interface Sample {
  readonly step: number;
  readonly value: number;
}

/** A metric's finite values; of the weights themselves where those are logged. */
function seriesOf({ history }: ReportTrial, metric: string): Sample[] {
  const name = history.some(({ values }) => `raw.${metric}` in values) ? `raw.${metric}` : metric;
  return history.flatMap(({ step, values }) => {
    const value = values[name];
    return value !== undefined && Number.isFinite(value) ? [{ step, value }] : [];
  });
}

interface Leading {
  readonly info?: ColumnInfo;
  readonly series: readonly Sample[];
}

/** The leading column of a role that was logged, `fits` it, and its course; nothing where none was. */
function leading(
  trial: ReportTrial,
  role: ColumnRole,
  columns?: Columns,
  fits: (info: ColumnInfo) => boolean = () => true,
): Leading {
  const [info] = columnsOfRole(role, (name) => seriesOf(trial, name).length > 0, columns).filter(fits);
  return info === undefined ? { series: [] } : { info, series: seriesOf(trial, info.name) };
}

/** How much is captured, of how much (1 where it is a share), and the share of good samples. */
function capturing(trial: ReportTrial, columns?: Columns) {
  const { info, series: captured } = leading(trial, 'coverage', columns);
  const { series: quality } = leading(trial, 'quality', columns, ({ unit }) => unit === 'share');
  const isShare = info?.unit === 'share';
  return { info, all: isShare ? 1 : info && modeCount([trial], info), isShare, captured, quality };
}

/** The first index from which something holds to the end; `undefined` where it does not hold at the end. */
function sinceWhen(length: number, holds: (index: number) => boolean): number | undefined {
  let start = length;
  while (start > 0 && holds(start - 1)) start--;
  return start === length ? undefined : start;
}

/** Means of the last fifth and of the fifth before; `undefined` for fewer than ten values. */
function windows(samples: readonly Sample[]): { step: number; before: number; last: number } | undefined {
  const width = Math.floor(samples.length / 5);
  if (width < 2) return undefined;
  const valuesOf = (part: readonly Sample[]) => part.map(({ value }) => value);
  return {
    step: samples[samples.length - 2 * width]?.step ?? 0,
    before: mean(valuesOf(samples.slice(-2 * width, -width))),
    last: mean(valuesOf(samples.slice(-width))),
  };
}

/** Root mean square distance from the mean, per dimension: the sliced W2 of the data and its own mean. */
function spreadOf({ centres, count, dim, std, weights }: Modes): number {
  let squares = 0;
  for (let axis = 0; axis < dim; axis++) {
    const at = (mode: number) => centres[mode * dim + axis] as number;
    const middle = weights.reduce((sum, weight, mode) => sum + weight * at(mode), 0);
    for (let mode = 0; mode < count; mode++) squares += (weights[mode] as number) * (at(mode) - middle) ** 2;
  }
  return Math.sqrt(squares / dim + std ** 2);
}

function deviation(points: Float64Array, dim: number): number {
  const count = points.length / dim;
  return spreadOf({ centres: points, count, dim, std: 0, weights: new Float64Array(count).fill(1 / count) });
}

function normalised(shares: readonly number[] = []): number[] {
  const sum = total(shares);
  return sum > 0 ? shares.map((share) => share / sum) : [];
}

const total = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const short = (value: number): string => String(significant(value, 2));
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
