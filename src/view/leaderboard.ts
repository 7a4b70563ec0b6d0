/** Makes the page's leaderboard of the report's boards: the same numbers, in the same words. Pure. */

import { columnWords, ranksNote, shortText } from '../report/leaderboard/cells.ts';
import { meanPlace } from '../report/leaderboard/ranks.ts';
import { type Board, judgedRoles, type Standing } from '../report/leaderboard/standings.ts';
import { methodsOf } from '../report/leaderboard/tables.ts';
import { decimalText } from '../summary/number-format.ts';
import { darkColours } from '../summary/palette.ts';
import type { BoardCell, Leaderboard } from './wire.ts';

/** @param boards by the name under which the page opens their experiment. */
export function leaderboardOf(boards: readonly (readonly [experiment: string, Board])[]): Leaderboard {
  const all = boards.map(([, board]) => board);
  const dark = darkColours(all.flatMap(({ standings }) => standings.map(({ colour }) => colour)));
  return {
    boards: boards.map(([experiment, board]) => ({
      experiment,
      title:
        experiment === board.experiment ? board.title : `${experiment}${board.title.slice(board.experiment.length)}`,
      columns: columnWords(board.columns),
    })),
    methods: methodsOf(all).map((method) => {
      const own = all.map(({ standings }) => standings.find((one) => one.method === method));
      const [first] = own.flatMap((standing) => standing ?? []);
      const place = meanPlace(own.flatMap((standing) => standing?.rank ?? []));
      const colour = first?.colour ?? '';
      return {
        method,
        colour: [colour, dark[colour] ?? colour],
        ...(first?.description !== undefined && { description: first.description }),
        // where it is narrow the interval stands below, whole
        ...(place && { place: `${percent(place.mean)} [${percent(place.low)},\u00a0${percent(place.high)}]` }),
        cells: own.map((standing, at) => (standing ? cellOf(all[at] as Board, standing) : null)), // of the boards
      };
    }),
    note: ranksNote,
  };
}

const percent = (share: number): string => `${decimalText(100 * share, 0)}\u00a0%`;

function cellOf({ columns }: Board, { values, rank, label }: Standing): BoardCell {
  const [lead = '–', ...rest] = judgedRoles.flatMap((role) => {
    const [value, column] = [values[role], columns[role]];
    return value && column ? [shortText(value.mean, column.info)] : [];
  });
  const kept = columns.coverage?.info.unit === 'share' ? values.coverage?.mean : undefined;
  return {
    kept: kept !== undefined && Number.isFinite(kept) ? kept : null,
    ...{ text: lead, rest: rest.join(' · '), label },
    ...(rank && { rank: `rank ${decimalText(rank.mean, 1)}` }),
  };
}
