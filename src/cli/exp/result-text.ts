/** What stands on the screen at the end of a run: the table, how to read it, where the rows are, what to type next. Pure. */

import { plural } from '../../base/number-words.ts';
import { judgingLines } from '../../report/judging.ts';
import type { TrialRecord } from '../../store/record.ts';
import { averageWarning } from '../../summary/average.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import type { KnownKinds } from '../../summary/known-kinds.ts';
import { perfectSamplerText } from '../../summary/perfect-sampler.ts';
import type { Row } from '../../summary/summarise.ts';
import type { Verdict } from '../../summary/verdict.ts';
import { wrap } from '../screen/format.ts';
import { leadingColumn, resultTable } from '../screen/table.ts';

export interface Layout {
  /** What the rows summarise. */
  readonly records: readonly TrialRecord[];
  /** The paths whose values tell rows apart. */
  readonly swept: readonly string[];
  readonly width: number;
  /** How the metrics' columns are called and judged, and what values depend on. */
  readonly kinds: Pick<KnownKinds, 'columns' | 'conditionsOf'>;
}

export function resultText(rows: readonly Row[], verdicts: readonly Verdict[], layout: Layout): string {
  const { swept, width, kinds } = layout;
  if (rows.every(({ done }) => done === 0)) return 'No trial is done, so there is no table.';
  const wrapped = (lines: readonly string[]) => lines.map((line) => wrap(line, width)).join('\n');
  const judged = verdicts.filter(({ state }) => state !== 'unjudged');
  const parts = [
    resultTable(rows, swept, width, kinds.columns),
    wrapped(readingNotes(rows, layout)),
    wrapped(judged.map(({ says }) => says)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function readingNotes(rows: readonly Row[], { records, kinds }: Layout): string[] {
  const lead = leadingColumn(rows, kinds.columns);
  const seeds = new Set(rows.map(({ done }) => done));
  const over = seeds.size === 1 ? plural([...seeds][0] ?? 0, 'seed') : 'the seeds that are done';
  const names = new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)));
  const perfect = perfectSamplerText(rows, judgedColumns(names, kinds.columns));
  const worst = lead ? '; worst seed: its value in the column before' : '';
  return [
    seeds.size === 1 && seeds.has(1) ? 'Figures of one seed.' : `Mean ± standard error over ${over}${worst}.`,
    ...averageNote(rows),
    ...(perfect === '' ? [] : [perfect]),
    ...judgingLines(records, kinds),
  ];
}

function averageNote(rows: readonly Row[]): string[] {
  const specs = rows.map(({ example }) => example.spec);
  const late = averageWarning(specs);
  if (late !== undefined) return [late];
  const decays = [...new Set(specs.map(({ training }) => training.average))].filter((decay) => decay > 0);
  if (decays.length === 0) return [];
  const hasRaw = rows.some(({ metrics }) => Object.keys(metrics).some((name) => name.startsWith('raw.')));
  const raw = hasRaw ? '; raw: on the weights themselves' : '';
  return [`Evaluated on a moving average of the weights (${decays.join(', ')})${raw}.`];
}
