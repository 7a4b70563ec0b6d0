/** Formats scored points for the terminal: one file beside a perfect sampler, many files as a row a method. */
import { groupBy } from '../base/collections.ts';
import { countText, none, plural } from '../base/number-words.ts';
import type { PlacedScores } from '../inspect/points/keep.ts';
import type { Reference } from '../inspect/points/reference.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { type Columns, judgedColumns } from '../summary/column-info.ts';
import { bareText, intervalText, meanText, metricText } from '../summary/number-format.ts';
import { bootstrap, Statistic } from '../summary/statistics.ts';
import { wrap } from './screen/format.ts';
import { ruledTable } from './screen/plain-table.ts';

const width = 100;
/** Modes that are named; of the others their number is given. */
const named = 8;

export function pointsText(one: PlacedScores, { says }: Reference, columns: Columns): string {
  const { source, scored, values, perfect, verdict, notes } = one;
  const infos = judgedColumns(Object.keys(values), columns);
  const rows = infos.map((info) => {
    const range = perfect[info.name];
    const count = info.outOf === undefined || one.modes.length === 0 ? '' : ` of ${one.modes.length}`;
    const usual = range === undefined ? none : bareText(range.mean, info);
    const within = range === undefined || range.low === range.high ? '' : ` ${intervalText(range, info)}`;
    return [
      info.title,
      `${metricText(values[info.name] ?? Number.NaN, info)}${count}`,
      usual + within,
      info.better ?? '',
    ];
  });
  const heads = ['score', 'value', `a perfect sampler of ${countText(scored.count)}`, 'better'];
  return [
    wrap(`${source.name} (${source.says}) against ${says}`, width),
    '',
    ruledTable(heads, rows, ['left', 'right', 'right', 'left']),
    '',
    wrap(verdict.says, width),
    ...unseen(one).map((line) => wrap(line, width)),
    ...notes.map((note) => wrap(`Note: ${note}`, width)),
  ].join('\n');
}

/** Where the modes are that got no sample. */
function unseen({ modes }: PlacedScores): string[] {
  const missing = modes.filter(({ share }) => share === 0);
  if (missing.length === 0) return [];
  const places = missing
    .slice(0, named)
    .map(({ centre }) => `(${centre.map((at) => Number(at.toPrecision(4))).join(', ')})`);
  const rest = missing.length - places.length;
  return [`Never seen: ${places.join(' ')}${rest > 0 ? ` and ${plural(rest, 'other')}` : ''}`];
}

export interface MethodStatistics {
  readonly method: string;
  readonly seeds: readonly number[];
  readonly metrics: Readonly<Record<string, Statistic>>;
}

/** Over the files of each method, in the order of their first. */
export function statisticsOf(scored: readonly Pick<PlacedScores, 'place' | 'values'>[]): MethodStatistics[] {
  return [...groupBy(scored, ({ place }) => place.method)].map(([method, members]) => ({
    method,
    seeds: members.map(({ place }) => place.seed),
    metrics: Object.fromEntries(
      [...new Set(members.flatMap(({ values }) => Object.keys(values)))].map((name) => [
        name,
        new Statistic(members.map(({ values }) => values[name] ?? Number.NaN)),
      ]),
    ),
  }));
}

/** A row a method: mean and standard error over its files, with the interval of the interquartile mean; then each verdict. */
export function groupsText(scored: readonly PlacedScores[], { says }: Reference, columns: Columns): string {
  const groups = statisticsOf(scored);
  const names = new Set(scored.flatMap(({ values }) => Object.keys(values)));
  const infos = judgedColumns(names, columns).filter(({ terminal }) => terminal !== false);
  const rows = groups.flatMap(({ method, seeds, metrics }) => [
    [method, String(seeds.length), ...infos.map((info) => meanText(metrics[info.name], info))],
    ['', '', ...infos.map((info) => intervalText(metrics[info.name]?.interval ?? nothing, info))],
  ]);
  const perfect = scored[0]?.perfect ?? {};
  const best = [
    'a perfect sampler',
    '',
    ...infos.map((info) => bareText(perfect[info.name]?.mean ?? Number.NaN, info)),
  ];
  const heads = ['method', 'files', ...infos.map(headOf)];
  const kinds = groups.map(({ method }) => {
    const verdicts = groupBy(
      scored.filter(({ place }) => place.method === method),
      ({ verdict }) => verdict.kind,
    );
    return `${method}: ${[...verdicts].map(([kind, members]) => `${kind} in ${members.length}`).join(', ')} of ${plural(groups.find((one) => one.method === method)?.seeds.length ?? 0, 'file')}`;
  });
  const notes = groupBy(
    scored.flatMap((one) => one.notes),
    (note) => note,
  );
  return [
    wrap(`${plural(scored.length, 'file')} against ${says}`, width),
    '',
    ruledTable(heads, [...rows, best], ['left', ...heads.slice(1).map(() => 'right' as const)]),
    '',
    wrap(
      `Mean ± standard error over files; below it the interquartile mean's bootstrap interval (${bootstrap.confidence * 100} %).`,
      width,
    ),
    ...kinds.map((line) => wrap(line, width)),
    ...[...notes].map(([note, members]) =>
      wrap(`Note: ${note}${members.length > 1 ? ` (${plural(members.length, 'file')})` : ''}`, width),
    ),
  ].join('\n');
}

const headOf = ({ title, terminal }: ColumnInfo): string => (terminal ? terminal.head.join(' ') : title);

const nothing = { low: Number.NaN, high: Number.NaN };
