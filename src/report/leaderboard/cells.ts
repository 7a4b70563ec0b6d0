/** Words of a board's cells, shared by its page, Markdown and CSV. */
import { none } from '../../base/number-words.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { bareText, decimalText, meanText, seedsText } from '../../summary/number-format.ts';
import type { Rank } from './ranks.ts';
import { type Judged, type JudgedRole, judgedRoles, type PublishedStanding, type Standing } from './standings.ts';

/** A column's value, as the tables show it. */
export function valueText({ values }: Standing, role: JudgedRole, column: Judged | undefined): string {
  const value = values[role];
  if (column === undefined || value === undefined) return '';
  return `${meanText(value, column.info)}${column.info.unit === 'share' ? ' %' : ''}`;
}

/** Where there is room for one number: without error, and without decimals of a share. */
export function shortText(value: number, info: ColumnInfo): string {
  if (info.unit !== 'share') return bareText(value, info);
  return Number.isNaN(value) ? none : `${bareText(value, { ...info, digits: 0 })} %`;
}

/** `1.4 [1.0, 2.2] of 6` */
export const rankText = (rank: Rank | undefined): string =>
  rank === undefined
    ? none
    : `${decimalText(rank.mean, 1)} [${decimalText(rank.low, 1)}, ${decimalText(rank.high, 1)}] of ${rank.among}`;

/** `0…4`, and how many of them are done where not all are. */
export const seedsWords = ({ seeds, done }: Standing): string =>
  done === seeds.length ? seedsText(seeds) : `${seedsText(seeds)} (${done} done)`;

/** TFLOP a trial. */
export const workText = ({ flopsATrial }: Standing): string =>
  flopsATrial === undefined ? none : decimalText(flopsATrial / 1e12, 2);

/** Author and year, before the rest of the source. */
export const sourceWord = ({ source }: PublishedStanding): string => source.split(',')[0] ?? source;

/** Heads of the columns that judge, whatever the boards call them. */
export const roleHeads: Readonly<Record<JudgedRole, string>> = {
  coverage: 'modes kept',
  'strict-coverage': 'well captured',
  quality: 'quality',
};

/** `modes captured, of 25`: what a board's column is. */
export const columnWords = (columns: Readonly<Partial<Record<JudgedRole, Judged>>>): string =>
  judgedRoles
    .flatMap((role) => {
      const column = columns[role];
      if (column === undefined) return [];
      const { info, outOf } = column;
      return [`${roleHeads[role]}: ${info.title}${outOf === undefined ? '' : ` as a share of ${outOf}`}`];
    })
    .join('; ');

export const ranksNote =
  'Rank: the mean over common seeds of a method’s place in its experiment (1 is best), by modes kept, then modes well captured, then quality; ties share a place; a trial that diverged is last. In brackets its bootstrap 95 % interval over the seeds, which is too narrow for a handful of them.';
