/** Writes boards as files: leaderboard.csv with every number in full, leaderboard.md as it is read. */
import { none } from '../../base/number-words.ts';
import { compareMethods } from '../../catalogue/method-order.ts';
import { writeCsv } from '../../disk/csv.ts';
import { decimalText } from '../../summary/number-format.ts';
import { escapeMd, mdTable } from '../tables.ts';
import { columnWords, ranksNote, rankText, roleHeads, seedsWords, shortText, valueText, workText } from './cells.ts';
import { type Board, judgedRoles, publishedValue } from './standings.ts';

const parts = ['mean', 'standardError', 'seeds'] as const;

/**
 * A row a method of a board, then published rows, which name their source. Columns: experiment, preset, method, family, source,
 * then of each judged column its name, mean, standard error and seeds with a value (counts as shares), then rank, its interval
 * and among how many, seeds, trials done, steps, batch, floating-point operations and seconds a trial, engines, whether the experiment declares the setting.
 */
export function boardsCsv(boards: readonly Board[]): string {
  const judged = judgedRoles.flatMap((role) => [role, ...parts.map((part) => `${role}.${part}`)]);
  const head = ['experiment', 'preset', 'method', 'family', 'source', ...judged, 'rank', 'rank.low', 'rank.high'];
  return writeCsv(
    [...head, 'among', 'seeds', 'done', 'steps', 'batch', 'flopsATrial', 'secondsATrial', 'engines', 'asDeclared'],
    boards.flatMap((board) => {
      const { experiment, preset, columns, standings, published } = board;
      const names = Object.fromEntries(judgedRoles.map((role) => [role, columns[role]?.info.name]));
      return [
        ...standings.map(({ values, rank, seeds, engines, colour: _, description: __, label: ___, ...rest }) => ({
          ...{ experiment, preset, ...names, ...rest },
          ...Object.fromEntries(
            judgedRoles.flatMap((role) => parts.map((part) => [`${role}.${part}`, values[role]?.[part]])),
          ),
          ...(rank && { rank: rank.mean, 'rank.low': rank.low, 'rank.high': rank.high, among: rank.among }),
          seeds: seeds.join(' '),
          engines: engines.join(' '),
        })),
        ...published.map(({ method, source, texts }) => ({
          ...{ experiment, method, source, family: 'published', ...names },
          ...Object.fromEntries(
            judgedRoles.flatMap((role) => {
              const column = columns[role];
              return column && texts[role] ? [[`${role}.mean`, publishedValue(texts[role], column)]] : [];
            }),
          ),
        })),
      ];
    }),
  );
}

/** @param linkOf to a board's report. */
export function boardsMd(boards: readonly Board[], linkOf: (board: Board) => string): string {
  const methods = methodsOf(boards);
  const kept = mdTable(
    ['modes kept', ...boards.map((board) => `[${escapeMd(board.title)}](${linkOf(board)})`)],
    methods.map((method) => [
      escapeMd(method),
      ...boards.map(({ standings, columns }) => {
        const value = standings.find((one) => one.method === method)?.values.coverage;
        return value && columns.coverage ? shortText(value.mean, columns.coverage.info) : '';
      }),
    ]),
  );
  const each = boards.flatMap((board) => [
    `## [${escapeMd(board.title)}](${linkOf(board)})`,
    '',
    ...(board.claim === undefined ? [] : [escapeMd(board.claim), '']),
    ...mdTable(
      [
        'method',
        ...judgedRoles.map((role) => roleHeads[role]),
        'rank',
        'seeds',
        'steps',
        'TFLOP a trial',
        's a trial',
        'engine',
      ],
      [
        ...board.standings.map((standing) => [
          escapeMd(standing.label),
          ...judgedRoles.map((role) => valueText(standing, role, board.columns[role])),
          rankText(standing.rank),
          seedsWords(standing),
          String(standing.steps),
          workText(standing),
          decimalText(standing.secondsATrial, 1),
          standing.engines.join(', '),
        ]),
        ...board.published.map(({ method, source, texts }) => [
          `*${escapeMd(method)}, ${escapeMd(source)}*`,
          ...judgedRoles.map((role) => {
            const column = board.columns[role];
            const text = texts[role];
            if (column === undefined || text === undefined) return none;
            if (column.outOf !== undefined) return `${text} of ${column.outOf}`;
            return column.info.unit === 'share' ? `${text} %` : text;
          }),
          ...['', '', '', '', '', ''],
        ]),
      ],
    ),
    '',
    `${escapeMd(columnWords(board.columns))}.`,
    '',
  ]);
  return [
    ...['# Leaderboard', '', ...kept, ''],
    `Mean over seeds; an empty cell was not run. ${ranksNote}`,
    ...['', ...each],
  ].join('\n');
}

/** In the catalogue's order, as each board has them. */
export function methodsOf(boards: readonly Board[]): string[] {
  const all = boards.flatMap(({ standings }) => standings.map(({ method }) => method));
  return [...new Set(all)].sort(compareMethods);
}
