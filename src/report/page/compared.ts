/** Writes the page's second section: method against method here, and what papers report on the same data. */

import { none } from '../../base/number-words.ts';
import { publishedOn } from '../../datasets/published/published.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { lagsBehind } from '../../summary/average.ts';
import { columnInfo } from '../../summary/column-info.ts';
import { isDeclaredAt } from '../../summary/groups.ts';
import { decimalText, differenceText, meanText, titleWithUnit } from '../../summary/number-format.ts';
import { perfectSamplerText } from '../../summary/perfect-sampler.ts';
import { realRows } from '../../summary/real-data.ts';
import { pathText } from '../../summary/spec-text.ts';
import {
  bootstrap,
  type Difference,
  difference,
  enoughPairs,
  type Improvement,
  improvement,
  isClear,
  turned,
} from '../../summary/statistics.ts';
import type { GroupRow } from '../../summary/summarise.ts';
import { type Sweep, sweepsOf, sweptPaths, valueLabel } from '../figures/sweep.ts';
import type { Group, ReportData } from '../report-data.ts';
import { methodName } from './headline.ts';
import { type Html, html } from './html.ts';
import { tintOf } from './style.ts';

/** How many metrics the table of differences shows. */
const columns = 6;

/** How much is captured, and how well: the two that have matrices of their own. */
function matrixMetrics(metrics: readonly ColumnInfo[]): ColumnInfo[] {
  const [leading, next] = metrics;
  const quality =
    metrics.find(({ role }) => role === 'quality') ?? metrics.find(({ role }) => role === 'balance') ?? next;
  return [...new Set([leading, quality])].filter((info) => info !== undefined);
}

export function comparedSection(
  data: ReportData,
  rows: readonly GroupRow<Group>[],
  metrics: readonly ColumnInfo[],
): Html {
  const groups = data.main.filter(({ done }) => done.length > 0);
  const isLate = groups.some(({ spec }) => lagsBehind(spec));
  const judged = metrics.filter(({ name }) => name.startsWith('raw.') === isLate);
  return html`${groups.length < 2 ? html`<p>There is one method with finished trials in this setting, so there is nothing to compare it with.</p>` : methodAgainstMethod(data, groups, judged)}
${sweptPaths(data).flatMap((path) => sweepsOf(data, path).map((sweep) => valueAgainstValue(data, sweep, path, judged)))}
${published(data, rows)}`;
}

function methodAgainstMethod(data: ReportData, groups: readonly Group[], metrics: readonly ColumnInfo[]): Html {
  const own = groups.filter(({ label, method }) => label !== method).map(({ label }) => label);
  const among = own.length > 0 ? ` Where a method was run in several settings, it is here as ${own.join(', ')}.` : '';
  return html`<p class="lead">All methods in one setting, on the same data and latent draws for a seed.${among}</p>
${sideBySide(
  groups,
  matrixMetrics(metrics).map((info) => improvementMatrix(groups, info)),
)}
<p class="soft">Each cell: the probability that a run of the row’s method is better than a run of the column’s, ties counted half (0.5: no difference), with its bootstrap 95 % interval (${bootstrap.resamples.toLocaleString('en-GB')} resamples, seed ${bootstrap.seed}).</p>
${differenceTable(expectedOf(data, groups), groups, metrics.slice(0, columns), 'each other method')}
${
  groups.length > 2 &&
  html`<details><summary>Differences between every two methods</summary>${sideBySide(
    groups,
    matrixMetrics(metrics).map((info) => differenceMatrix(groups, info)),
  )}</details>`
}`;
}

/** The values of a swept parameter, each named as a method is; the declared one (else the first) minus each other. */
function valueAgainstValue(data: ReportData, sweep: Sweep, path: string, metrics: readonly ColumnInfo[]): Html | false {
  const groups = sweep.groups
    .filter(({ done }) => done.length > 0)
    .map((group) => ({ ...group, method: valueLabel(data, group, path), original: group }));
  const ours = groups.find(({ original }) => isDeclaredAt(data, original, path)) ?? groups[0];
  if (ours === undefined || groups.length < 2) return false;
  const name = pathText(path, data.swept);
  const [leading] = metrics;
  return html`<h3>Values of ${name}, ${sweep.method}</h3>
${leading && improvementMatrix(groups, leading)}
${differenceTable(ours, groups, metrics.slice(0, columns), `each other value`)}`;
}

/** Two small matrices stand beside each other; larger ones need the width. */
function sideBySide(groups: readonly Group[], matrices: readonly Html[]): Html {
  return groups.length > 4 ? html`${matrices}` : html`<div class="pair">${matrices}</div>`;
}

function improvementMatrix(groups: readonly Group[], info: ColumnInfo): Html {
  const above = pairs(groups, (ours, theirs) => improvement(ours, theirs, info));
  return matrix(groups, `Probability of improvement in ${info.title}`, (row, column) => {
    const { probability, interval } = above(row, column) ?? turned(above(column, row) as Improvement); // one of the two
    if (Number.isNaN(probability)) return html`<td>${none}</td>`;
    return html`<td class="${tintOf(probability)}">${decimalText(probability, 2)}<small>${decimalText(interval.low, 2)}–${decimalText(interval.high, 2)}</small></td>`;
  });
}

function differenceMatrix(groups: readonly Group[], info: ColumnInfo): Html {
  const above = pairs(groups, (ours, theirs) => difference(ours, theirs, info));
  return matrix(groups, `${titleWithUnit(info)}: row − column, mean over common seeds`, (row, column) => {
    const found = above(row, column);
    if (found) return html`<td>${differenceCell(found, info)}</td>`;
    const { mean, low, high, ...pairs } = above(column, row) as Difference; // one of the two
    return html`<td>${differenceCell({ mean: -mean, low: -high, high: -low, ...pairs }, info)}</td>`;
  });
}

/** What holds between every two, by their places, the first before the second: the rest is the same turned round. */
function pairs<T>(groups: readonly Group[], of: (first: Group, second: Group) => T) {
  const made = groups.map((first, at) => groups.slice(at + 1).map((second) => of(first, second)));
  return (row: number, column: number): T | undefined => made[row]?.[column - row - 1];
}

function matrix(groups: readonly Group[], title: string, cell: (row: number, column: number) => Html): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="matrix"><caption>${title}</caption>
<thead><tr><th scope="col">over →</th>${groups.map(({ method }) => html`<th scope="col">${method}</th>`)}</tr></thead>
<tbody>${groups.map(
    (group, row) => html`<tr><th scope="row">${methodName(group)}</th>${groups.map((_, column) =>
      row === column ? html`<td class="soft">·</td>` : cell(row, column),
    )}</tr>
`,
  )}</tbody></table></div>`;
}

/** The method that the experiment expects something of, else the last. */
function expectedOf({ about }: ReportData, groups: readonly Group[]): Group {
  const expected = Object.keys(about?.expects ?? {});
  return groups.find(({ method }) => expected.includes(method)) ?? (groups.at(-1) as Group); // there are two at least
}

/** One against each other. */
function differenceTable(ours: Group, groups: readonly Group[], metrics: readonly ColumnInfo[], others: string): Html {
  const title = `${ours.method} minus ${others}, on common seeds`;
  const rows = groups
    .filter((group) => group !== ours)
    .map((theirs) => ({ theirs, found: metrics.map((info) => ({ info, one: difference(ours, theirs, info) })) }));
  const isPartial = rows.some(({ found }) => found.some(({ one }) => one.seeds.length < one.of));
  const pairs = rows.map(({ found }) => Math.max(...found.map(({ one }) => one.of)));
  return html`<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr><th scope="col">${ours.method} −</th>${metrics.map((info) => html`<th scope="col">${titleWithUnit(info)}</th>`)}<th scope="col">common seeds</th></tr></thead>
<tbody>${rows.map(
    ({ theirs, found }, at) =>
      html`<tr><th scope="row">${methodName(theirs)}</th>${found.map(({ info, one }) => html`<td>${differenceCell(one, info)}</td>`)}<td>${pairs[at]}</td></tr>
`,
  )}</tbody></table></div>
<p class="soft">Mean of the differences of pairs with the same seed, with its bootstrap 95 % interval over the pairs; ${boldNote(Math.max(...pairs))}${isPartial && ' 4 of 5: on the other pairs a value is not defined.'}</p>`;
}

/** An interval of few pairs is their range, or too narrow: nothing is bold before there are enough. */
const boldNote = (pairs: number): string =>
  pairs < enoughPairs
    ? `nothing is bold, for the interval of fewer than ${enoughPairs} pairs is little more than their range.`
    : `bold where the interval leaves out zero, of ${enoughPairs} pairs or more. With a handful of seeds it is too narrow: look at the points of the figures as well.`;

function differenceCell(found: Difference, info: ColumnInfo): Html {
  const text = differenceText(found, info);
  const [mean = '', ...rest] = text.split(/ (?=[[(])/);
  return html`${isClear(found) ? html`<b>${mean}</b>` : mean}${rest.length > 0 && html`<small>${rest.join(' ')}</small>`}`;
}

interface PublishedPart {
  readonly title: string;
  readonly note: string;
  readonly lines: readonly { readonly name: Html; readonly cells: readonly string[] }[];
}

/** One table, a part for each source, so that like stands above like. */
function published(data: ReportData, rows: readonly GroupRow<Group>[]): Html | false {
  const [first] = data.main;
  const found = first && publishedOn(first.spec.data);
  if (first === undefined || found === undefined) return false;
  const infos = found.metrics.map((name) => columnInfo(name, data.columns));
  const own = rows.filter(({ group }) => data.main.includes(group) && group.done.length > 0);
  const real = realRows(data.main, infos).map(({ label, metrics }) => ({
    name: html`<i>${label}</i>`,
    cells: infos.map((info) => meanText(metrics[info.name], info)),
  }));
  const here: PublishedPart = {
    title: 'Here',
    note: 'mean ± standard error over the seeds of this report',
    lines: [
      ...own.map(({ group, metrics }) => ({
        name: methodName(group),
        cells: infos.map((info) => meanText(metrics[info.name], info)),
      })),
      ...real,
    ],
  };
  const theirs = found.tables.map(({ source, differs, rows: lines }) => ({
    title: source,
    note: `what differs: ${differs}`,
    lines: lines.map(([method, ...cells]) => ({ name: html`${method}`, cells: cells.map((text) => text || none) })),
  }));
  return html`<h3>Published figures on the same data</h3>
<p class="lead">${found.caveat} ${perfectSamplerText(own, infos)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="Published figures"><table class="published">
<thead><tr><th scope="col">method</th>${infos.map((info) => html`<th scope="col">${titleWithUnit(info)}</th>`)}</tr></thead>
${[here, ...theirs].map(
  ({ title, note, lines }) =>
    html`<tbody><tr><th scope="rowgroup" colspan="${infos.length + 1}">${title}<small>${note}</small></th></tr>${lines.map(
      ({ name, cells }) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
    )}</tbody>`,
)}</table></div>`;
}
