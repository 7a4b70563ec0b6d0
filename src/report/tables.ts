/** Writes the headline table as files: table.csv with every number in full, table.md as it is read. */

import { none } from '../base/number-words.ts';
import { plainText } from '../base/one-line.ts';
import { writeCsv } from '../disk/csv.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { averageWarning } from '../summary/average.ts';
import { bareText, decimalText, intervalText, meanText, titleWithUnit, worstText } from '../summary/number-format.ts';
import { perfectSamplerText } from '../summary/perfect-sampler.ts';
import { realName, realRows } from '../summary/real-data.ts';
import { bootstrap, type Statistic } from '../summary/statistics.ts';
import type { GroupRow } from '../summary/summarise.ts';
import { judgingLines, simulatedText } from './judging.ts';
import type { ReportData } from './report-data.ts';

const parts = ['mean', 'standardError', 'min', 'max', 'iqm', 'low', 'high', 'seeds', 'worst'] as const;

/**
 * A row a group, then what real data score (`…Real` of the records) as rows of a method `real data`. Columns: method, preset,
 * the swept paths and those of what was read and ran, trials by outcome, secondsATrial, then for each metric its mean, standard
 * error, min, max, interquartile mean, the ends of that one's 95 % interval, how many seeds have a value, and the worst seed's,
 * empty where it is not defined on some.
 */
export function tableCsv(
  { swept, apart }: ReportData,
  rows: readonly GroupRow[],
  infos: readonly ColumnInfo[],
): string {
  const columns = infos.flatMap(({ name }) => parts.map((part) => `${name}.${part}`));
  const cells = (metrics: GroupRow['metrics']) =>
    Object.fromEntries(
      infos.flatMap((info) => parts.map((part) => [`${info.name}.${part}`, partOf(metrics[info.name], part, info)])),
    );
  const real = realRows(groupsOf(rows), infos);
  return writeCsv(
    ['method', 'preset', ...swept, ...apart, 'trials', 'done', 'diverged', 'failed', 'secondsATrial', ...columns],
    [
      ...rows.map(({ group, seeds, done, diverged, failed, secondsATrial, metrics }) => ({
        ...{ done, diverged, failed, secondsATrial },
        ...group.settings,
        method: group.method,
        preset: group.preset,
        trials: seeds,
        ...cells(metrics),
      })),
      ...real.map(({ preset, settings, metrics }) => ({
        ...settings,
        method: realName,
        preset,
        ...cells(metrics),
      })),
    ],
  );
}

const groupsOf = (rows: readonly GroupRow[]) => rows.map(({ group }) => group);

function partOf(statistic: Statistic | undefined, part: (typeof parts)[number], info: ColumnInfo): number | undefined {
  if (statistic === undefined) return undefined;
  if (part === 'worst') return statistic.worst(info);
  return part === 'low' || part === 'high' ? statistic.interval[part] : statistic[part];
}

/** The same for readers: a table of Markdown, and a line on how to read it. */
export function tableMd(data: ReportData, rows: readonly GroupRow[], infos: readonly ColumnInfo[]): string {
  const present = infos.filter(({ name }) => rows.some(({ metrics }) => metrics[name]));
  const several = new Set(rows.map(({ group }) => group.preset)).size > 1;
  const head = ['method', ...(several ? ['preset'] : []), 'seeds', ...present.map(titleWithUnit), 's a trial'];
  const lines = rows.map((row) => [
    escapeMd(row.group.label),
    ...(several ? [escapeMd(row.group.preset)] : []),
    seedsCell(row),
    ...present.map((info) => cell(row.metrics[info.name], info)),
    decimalText(row.secondsATrial, 1),
  ]);
  const real = realRows(groupsOf(rows), infos);
  const realLines = real.map(({ label, preset, metrics }) => [
    `*${escapeMd(label)}*`,
    ...(several ? [escapeMd(preset)] : []),
    '',
    ...present.map((info) => meanText(metrics[info.name], info)),
    '',
  ]);
  const records = data.groups.flatMap(({ trials }) => trials.map(({ record }) => record));
  const perfect = perfectSamplerText(
    rows,
    present.filter(({ name }) => !name.startsWith('raw.')),
  );
  const simulated = simulatedText(records);
  const late = averageWarning(records.map(({ spec }) => spec));
  return [
    `# ${escapeMd(data.experiment)}${simulated && ` (${simulated})`}`,
    '',
    ...(data.about ? [escapeMd(data.about.claim), ''] : []),
    ...(late === undefined ? [] : [escapeMd(late), '']),
    ...mdTable(head, [...lines, ...realLines]),
    '',
    ...judgingLines(records, data).flatMap((line) => [escapeMd(line), '']),
    `Mean ± standard error; worst seed; interquartile mean with its bootstrap 95 % interval (${bootstrap.resamples} resamples, seed ${bootstrap.seed}).${real.length > 0 ? ' Real data: what further real examples score in the samples’ place.' : ''}${perfect && ` ${perfect}`}`,
    '',
  ].join('\n');
}

/** Lines of a table whose first column alone is text. */
export const mdTable = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map(mdRow);

const mdRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Names and claims are other people's words. */
export const escapeMd = (text: string): string =>
  plainText(text)
    .replace(/[\\|<>*`[\]]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ');

function seedsCell({ seeds, done, diverged, failed }: GroupRow): string {
  const lost = [diverged > 0 ? `${diverged} diverged` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean);
  return lost.length === 0 ? String(seeds) : `${done} of ${seeds} (${lost.join(', ')})`;
}

function cell(statistic: Statistic | undefined, info: ColumnInfo): string {
  if (statistic === undefined) return none;
  const mean = meanText(statistic, info);
  if (statistic.of === 1 || statistic.seeds === 0) return mean;
  const worst = `${info.better === 'less' ? 'max' : 'min'} ${worstText(statistic, info)}`;
  return `${mean}; ${worst}; IQM ${bareText(statistic.iqm, info)} ${intervalText(statistic.interval, info)}`;
}
