/** Writes the page's first section: verdicts, then the table of methods × metrics, a table for each preset. */

import { slices } from '../../base/collections.ts';
import { countText, none, plural } from '../../base/number-words.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import {
  bareText,
  decimalText,
  intervalText,
  meanText,
  titleWithUnit,
  worstText,
} from '../../summary/number-format.ts';
import { perfectSamplerText } from '../../summary/perfect-sampler.ts';
import { type RealRow, realRows } from '../../summary/real-data.ts';
import { bootstrap, type Statistic } from '../../summary/statistics.ts';
import type { GroupRow } from '../../summary/summarise.ts';
import type { Verdict } from '../../summary/verdict.ts';
import { judgingLines, simulatedText } from '../judging.ts';
import type { Group, ReportData } from '../report-data.ts';
import { type Html, html } from './html.ts';
import { swatchClass } from './style.ts';

const states = {
  seen: 'Seen, as expected',
  partly: 'Seen on some seeds only',
  'not-seen': 'Not seen',
  unjudged: 'Not judged',
} as const;

export function verdictCards(verdicts: readonly Verdict[], data: ReportData): Html {
  if (verdicts.length > 0) {
    return html`${verdicts.map(({ state, says }) => html`<div class="verdict ${state}"><b>${states[state]}</b><p>${says}</p></div>`)}`;
  }
  const says = data.about
    ? 'The experiment states no expectation, so there is no verdict.'
    : 'Neither the store nor the project knows what the experiment claims, so there is no verdict.';
  return html`<div class="verdict"><p>${says}</p></div>`;
}

export function headlineTables(
  data: ReportData,
  rows: readonly GroupRow<Group>[],
  metrics: readonly ColumnInfo[],
): Html {
  const presets = [...new Set(rows.map(({ group }) => group.preset))];
  const real = realRows(
    rows.map(({ group }) => group),
    metrics,
  );
  return html`${presets.map((preset) => {
    const own = rows.filter(({ group }) => group.preset === preset);
    const records = own.flatMap(({ group }) => group.trials.map(({ record }) => record));
    const title = captionText(presets.length > 1 ? presetText(preset) : '', simulatedText(records));
    return html`${table(
      own,
      real.filter((row) => row.preset === preset),
      metrics,
      title,
    )}${judgingLines(records, data).map((line) => html`<p class="soft">${line}</p>`)}`;
  })}
<p class="soft">${readingNote(rows)}${real.length > 0 && realNote} ${perfectSamplerText(
    rows,
    metrics.filter(({ name }) => !name.startsWith('raw.')),
  )}</p>`;
}

const realNote =
  ' Real data: what further real examples score in the samples’ place, mean ± standard error over seeds; a ceiling or a floor, and no method.';

const presetText = (preset: string): string =>
  preset === 'default' ? 'No preset' : `Preset ${preset}: a setting of its own, not to be compared with the rest`;

const captionText = (...parts: readonly string[]): string => {
  const text = parts.filter((part) => part !== '').join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

interface Column {
  readonly head: Html;
  readonly cell: (row: GroupRow<Group>) => Html;
  readonly real: (row: RealRow) => Html | false;
}

/** Columns that fit on a sheet of paper, beside the methods. */
const columnsOnPaper = 4;

/** The table in a box that scrolls, and for paper the same in parts that fit. */
function table(
  rows: readonly GroupRow<Group>[],
  real: readonly RealRow[],
  metrics: readonly ColumnInfo[],
  title: string,
): Html {
  const present = metrics.filter(({ name }) => rows.some((row) => row.metrics[name]));
  const columns: readonly Column[] = [
    { head: html`seeds`, cell: seedsCell, real: () => false },
    ...present.map((info) => ({
      head: html`${titleWithUnit(info)}`,
      cell: (row: GroupRow<Group>) => statisticCell(row.metrics[info.name], info),
      real: (row: RealRow) => html`${meanText(row.metrics[info.name], info)}`,
    })),
    { head: html`seconds a trial`, cell: (row) => html`${decimalText(row.secondsATrial, 1)}`, real: () => false },
  ];
  const part = (shown: readonly Column[]) => html`<table>
${title !== '' && html`<caption>${title}</caption>`}
<thead><tr><th scope="col">method</th>${shown.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) => html`<tr><th scope="row">${methodName(row.group, row.group.label)}</th>${shown.map(
    ({ cell }) => html`<td>${cell(row)}</td>`,
  )}</tr>
`,
)}${real.map(
  (
    row,
  ) => html`<tr class="real"><th scope="row">${row.label}</th>${shown.map(({ real: cell }) => html`<td>${cell(row)}</td>`)}</tr>
`,
)}</tbody></table>`;
  return html`<div class="scroll broad" tabindex="0" role="region" aria-label="Table of results${title && `: ${title}`}">${part(columns)}</div>
<div class="paper">${[...slices(columns, columnsOnPaper)].map(part)}</div>`;
}

/** A method's name beside its colour, that of all figures; what the method is when the pointer rests on it. */
export function methodName(
  { method, colour, description }: Pick<Group, 'method' | 'colour' | 'description'>,
  label: string = method,
): Html {
  const swatch = html`<span class="swatch ${swatchClass(colour)}"></span>`;
  return description === undefined
    ? html`${swatch}${label}`
    : html`${swatch}<span title="${description}">${label}</span>`;
}

function seedsCell({ seeds, done, diverged, failed }: GroupRow): Html {
  const lost = [diverged > 0 ? `${diverged} diverged` : '', failed > 0 ? `${failed} failed` : ''].filter(Boolean);
  if (lost.length === 0) return html`${countText(seeds)}`;
  return html`${countText(done)} of ${countText(seeds)}<small class="lost">${lost.join(', ')}</small>`;
}

function statisticCell(statistic: Statistic | undefined, info: ColumnInfo): Html {
  if (statistic === undefined) return html`${none}`;
  const { mean, standardError, iqm, interval, seeds, of, isWhole } = statistic;
  const part = !isWhole && html`<small class="lost">${seeds} of ${of} seeds</small>`;
  if (seeds === 0) return html`${none}${part}`;
  if (of === 1) return html`<b>${bareText(mean, info)}</b><small>one seed</small>`;
  const error = seeds > 1 && html` ± ${bareText(standardError, info)}`;
  const worst = `${info.better === 'less' ? 'max' : 'min'} ${worstText(statistic, info)}`;
  return html`<b>${bareText(mean, info)}</b>${error}${part}<small>${worst}</small><small>IQM ${bareText(iqm, info)} ${intervalText(interval, info)}</small>`;
}

function readingNote(rows: readonly GroupRow<Group>[]): string {
  const averages = [...new Set(rows.map(({ group }) => group.spec.training.average))].filter((decay) => decay > 0);
  const averaged =
    averages.length > 0
      ? ` Measured on a moving average of the weights (decay ${averages.join(', ')}) unless it says raw.`
      : '';
  const lost = rows.some(({ diverged, failed }) => diverged + failed > 0)
    ? ' Trials that diverged or failed have no final figures: they are counted, and are not in the means.'
    : '';
  const partial = rows.some(({ metrics }) => Object.values(metrics).some(({ isWhole }) => !isWhole))
    ? ' 7 of 9 seeds: on the others the value is not defined, which is worse than any; the mean is over those that have one.'
    : '';
  return (
    `Mean ± standard error over the seeds that are done; below it the worst seed (the least, or the most where less is better), and the ` +
    `interquartile mean with its stratified bootstrap 95 % interval (${plural(bootstrap.resamples, 'resample')}, seed ${bootstrap.seed}).${averaged}${lost}${partial}`
  );
}
