/** The headline table as files: table.csv with every number in full, table.md as it is read. Pure. */

import { none } from '../base/number-words.ts';
import { writeCsv } from '../disk/csv.ts';
import { valueAt } from '../experiment/overrides.ts';
import type { MetricInfo } from '../summary/metric-info.ts';
import { bareText, decimalText, intervalText, meanText, titleWithUnit } from '../summary/number-format.ts';
import { bootstrap, type GroupRow, type Statistic } from '../summary/statistics.ts';
import { judgingLines, simulatedText } from './judging.ts';
import { realName, realRows } from './real-data.ts';
import type { Group, ReportData } from './report-data.ts';

const parts = ['mean', 'standardError', 'min', 'max', 'iqm', 'low', 'high', 'seeds'] as const;

/**
 * A row a group, then what real data score (`…Real` of the records) as rows of a method `real data`. Columns: method, preset, the swept paths, trials by outcome, secondsATrial, then for each metric its mean,
 * standard error, min, max, interquartile mean, the ends of that one's 95 % interval, and how many seeds have a value.
 */
export function tableCsv({ swept }: ReportData, rows: readonly GroupRow[], metrics: readonly MetricInfo[]): string {
  const columns = metrics.flatMap(({ metric }) => parts.map((part) => `${metric}.${part}`));
  const cells = (statistics: ReadonlyMap<string, Statistic>) =>
    Object.fromEntries(
      metrics.flatMap(({ metric }) => parts.map((part) => [`${metric}.${part}`, partOf(statistics.get(metric), part)])),
    );
  const real = realRows(groupsOf(rows), metrics);
  return writeCsv(
    ['method', 'preset', ...swept, 'trials', 'done', 'diverged', 'failed', 'secondsATrial', ...columns],
    [
      ...rows.map(({ group, seeds, statistics, ...row }) => ({
        ...row,
        ...Object.fromEntries(swept.map((path) => [path, valueAt(group.spec, path)])),
        method: group.method,
        preset: group.preset,
        trials: seeds,
        ...cells(statistics),
      })),
      ...real.map(({ preset, settings, statistics }) => ({
        ...settings,
        method: realName,
        preset,
        ...cells(statistics),
      })),
    ],
  );
}

const groupsOf = (rows: readonly GroupRow[]): Group[] => rows.map(({ group }) => group);

function partOf(statistic: Statistic | undefined, part: (typeof parts)[number]): number | undefined {
  if (statistic === undefined) return undefined;
  return part === 'low' || part === 'high' ? statistic.interval[part] : statistic[part];
}

/** The same for readers: a table of Markdown, and a line on how to read it. */
export function tableMd(data: ReportData, rows: readonly GroupRow[], metrics: readonly MetricInfo[]): string {
  const present = metrics.filter(({ metric }) => rows.some(({ statistics }) => statistics.has(metric)));
  const several = new Set(rows.map(({ group }) => group.preset)).size > 1;
  const head = ['method', ...(several ? ['preset'] : []), 'seeds', ...present.map(titleWithUnit), 's a trial'];
  const lines = rows.map((row) => [
    escapeMd(row.group.label),
    ...(several ? [escapeMd(row.group.preset)] : []),
    seedsCell(row),
    ...present.map((info) => cell(row.statistics.get(info.metric), info)),
    decimalText(row.secondsATrial, 1),
  ]);
  const real = realRows(groupsOf(rows), metrics);
  const realLines = real.map(({ label, preset, statistics }) => [
    `*${escapeMd(label)}*`,
    ...(several ? [escapeMd(preset)] : []),
    '',
    ...present.map((info) => meanText(statistics.get(info.metric), info)),
    '',
  ]);
  const records = data.groups.flatMap(({ trials }) => trials.map(({ record }) => record));
  const simulated = simulatedText(records);
  return [
    `# ${escapeMd(data.experiment)}${simulated && ` (${simulated})`}`,
    '',
    ...(data.about ? [escapeMd(data.about.claim), ''] : []),
    mdRow(head),
    mdRow(head.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...[...lines, ...realLines].map(mdRow),
    '',
    ...judgingLines(records).flatMap((line) => [escapeMd(line), '']),
    `Mean ± standard error; worst seed; interquartile mean with its bootstrap 95 % interval (${bootstrap.resamples} resamples, seed ${bootstrap.seed}).${real.length > 0 ? ' Real data: what further real examples score in the samples’ place.' : ''}`,
    '',
  ].join('\n');
}

const mdRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Names and claims are other people's words. */
const escapeMd = (text: string): string => text.replace(/[\\|<>*`[\]]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

function seedsCell({ seeds, done, diverged, failed }: GroupRow): string {
  const lost = [diverged > 0 ? `${diverged} diverged` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean);
  return lost.length === 0 ? String(seeds) : `${done} of ${seeds} (${lost.join(', ')})`;
}

function cell(statistic: Statistic | undefined, info: MetricInfo): string {
  if (statistic === undefined) return none;
  const { mean, standardError, iqm, interval, seeds } = statistic;
  if (seeds === 1) return bareText(mean, info);
  const worst =
    info.better === 'more' ? `min ${bareText(statistic.min, info)}` : `max ${bareText(statistic.max, info)}`;
  return `${bareText(mean, info)} ± ${bareText(standardError, info)}; ${worst}; IQM ${bareText(iqm, info)} ${intervalText(interval, info)}`;
}
