/** Writes the leaderboard as one HTML page: methods × experiments, then every row with its budget. Its script sorts and filters. */
import { none, plural } from '../../base/number-words.ts';
import { methodFamilies } from '../../methods/method.ts';
import { decimalText } from '../../summary/number-format.ts';
import { documentOf } from '../page/document.ts';
import { methodName } from '../page/headline.ts';
import { type Html, html } from '../page/html.ts';
import { pageScript } from '../page/script.ts';
import { styleOf } from '../page/style.ts';
import {
  columnWords,
  ranksNote,
  rankText,
  roleHeads,
  seedsWords,
  shortText,
  sourceWord,
  valueText,
  workText,
} from './cells.ts';
import { meanPlace } from './ranks.ts';
import { type Board, judgedRoles, type PublishedStanding, publishedValue, type Standing } from './standings.ts';
import { methodsOf } from './tables.ts';

/** @param linkOf to a board's report. */
export function leaderboardPage(boards: readonly Board[], linkOf: (board: Board) => string, command: string): string {
  const standings = boards.flatMap((board) => board.standings);
  return documentOf({
    title: 'leaderboard',
    eyebrow: `${plural(methodsOf(boards).length, 'method')} · ${plural(boards.length, 'board')} · ${plural(
      standings.reduce((sum, { seeds }) => sum + seeds.length, 0),
      'trial',
    )}`,
    heading: html`Leaderboard`,
    lead: html`<p class="claim">What each method keeps of each data set’s modes, and at what cost.</p>
<p class="soft">Within a board all methods have the same data, networks and budget of generator steps; what those cost differs (TFLOP, 10¹² operations of products and convolutions). Every cell leads to its report.</p>`,
    sections: [
      { id: 'overview', title: 'Methods and experiments', short: 'Overview', body: overview(boards, linkOf) },
      { id: 'rows', title: 'All rows', body: allRows(boards, linkOf) },
      { id: 'reading', title: 'How to read it', short: 'Reading', body: reading(boards) },
    ],
    footer: html`Made by <code>${command}</code> from the store’s files alone. The same as files: <a href="leaderboard.csv">leaderboard.csv</a>, <a href="leaderboard.md">leaderboard.md</a>.`,
    style: styleOf(standings.map(({ colour }) => colour)),
    scripts: [pageScript('leaderboard')],
  });
}

function overview(boards: readonly Board[], linkOf: (board: Board) => string): Html {
  const methods = methodsOf(boards);
  const published = boards.flatMap((board) => board.published.map((standing) => ({ board, standing })));
  const names = [...new Set(published.map(({ standing }) => publishedName(standing)))];
  return html`${filters(boards)}
<div class="scroll broad" tabindex="0" role="region" aria-label="Methods and experiments"><table class="sortable board">
<thead><tr>${sortHead('method', true)}${boards.map(({ title }) => sortHead(title))}${sortHead('mean place')}</tr></thead>
<tbody>${methods.map((method) => {
    const own = boards.map((board) => ({ board, standing: board.standings.find((one) => one.method === method) }));
    const first = own.find(({ standing }) => standing)?.standing;
    const place = meanPlace(own.flatMap(({ standing }) => standing?.rank ?? []));
    return html`<tr><th scope="row">${first && methodName(first)}</th>${own.map(({ board, standing }) =>
      standing ? overviewCell(board, standing, linkOf(board)) : html`<td>${none}</td>`,
    )}<td data-value="${place?.mean ?? ''}">${
      place ? html`${percent(place.mean)}<small>${percent(place.low)}–${percent(place.high)}</small>` : none
    }</td></tr>
`;
  })}</tbody>
${
  names.length > 0 &&
  html`<tbody class="published"><tr><th scope="rowgroup" colspan="${boards.length + 2}">Published figures<small>other networks, latents and budgets: the size of things, not a race</small></th></tr>${names.map(
    (name) => html`<tr><th scope="row">${name}</th>${boards.map((board) => {
      const found = published.find((one) => one.board === board && publishedName(one.standing) === name);
      return found ? publishedCell(board, found.standing) : html`<td></td>`;
    })}<td></td></tr>
`,
  )}</tbody>`
}</table></div>
<p class="soft">Large: modes kept. Below it: well captured, quality, mean rank. Mean place: over the boards that a method stands in, from 0 % (first of all on every seed) to 100 % (last); compare it only between methods of the same boards.</p>`;
}

const percent = (share: number): string => `${decimalText(100 * share, 0)} %`;

const publishedName = (standing: PublishedStanding): string => `${standing.method}, ${sourceWord(standing)}`;

/** What the filters of the page ask for. */
function entryOf({ family, engines, done, steps, secondsATrial }: Standing): Html {
  return html`data-entry data-family="${family}" data-engine="${engines.join(' ')}" data-seeds="${done}" data-steps="${steps}" data-seconds="${secondsATrial}"`;
}

function overviewCell({ columns }: Board, standing: Standing, link: string): Html {
  const { values, rank } = standing;
  const parts = judgedRoles.flatMap((role) => {
    const [value, column] = [values[role], columns[role]];
    return value && column ? [{ role, value: value.mean, text: shortText(value.mean, column.info) }] : [];
  });
  const [lead, ...rest] = parts;
  const kept = columns.coverage?.info.unit === 'share' ? values.coverage?.mean : undefined;
  const heat = kept === undefined || Number.isNaN(kept) ? '' : `win-${Math.round(10 * Math.min(1, kept))}`;
  return html`<td class="${heat}" ${entryOf(standing)} data-value="${lead?.value ?? ''}"><a href="${link}"><b>${lead?.text ?? none}</b></a>${
    rest.length > 0 && html`<small>${rest.map(({ text }) => text).join(' · ')}</small>`
  }${rank && html`<small>rank ${decimalText(rank.mean, 1)}</small>`}</td>`;
}

function publishedCell({ columns }: Board, { texts, source, differs }: PublishedStanding): Html {
  const [lead, ...rest] = judgedRoles.flatMap((role) => {
    const [text, column] = [texts[role], columns[role]];
    return text === undefined || column === undefined ? [] : [shortText(publishedValue(text, column), column.info)];
  });
  return html`<td title="${source}: ${differs}">${lead ?? none}${rest.length > 0 && html`<small>${rest.join(' · ')}</small>`}</td>`;
}

function allRows(boards: readonly Board[], linkOf: (board: Board) => string): Html {
  const heads = judgedRoles.map((role) => roleHeads[role]);
  return html`<div class="scroll broad" tabindex="0" role="region" aria-label="All rows"><table class="sortable">
<thead><tr>${sortHead('method', true)}${sortHead('experiment', true)}${[...heads, 'rank', 'seeds', 'steps', 'TFLOP a trial', 'seconds a trial'].map((head) => sortHead(head))}${sortHead('engine', true)}${sortHead('family', true)}</tr></thead>
<tbody>${boards.flatMap((board) =>
    board.standings.map((standing) => {
      const { label, rank, steps, flopsATrial, secondsATrial, engines, family, values, done } = standing;
      return html`<tr ${entryOf(standing)}><th scope="row">${methodName(standing, label)}</th><td class="text"><a href="${linkOf(board)}">${board.title}</a></td>${judgedRoles.map(
        (role) =>
          html`<td data-value="${values[role]?.mean ?? ''}">${valueText(standing, role, board.columns[role])}</td>`,
      )}<td data-value="${rank?.mean ?? ''}">${rankText(rank)}</td><td data-value="${done}">${seedsWords(standing)}</td><td>${steps}</td><td data-value="${flopsATrial ?? ''}">${workText(standing)}</td><td data-value="${secondsATrial}">${decimalText(secondsATrial, 1)}</td><td class="text">${engines.join(', ')}</td><td class="text">${family}</td></tr>
`;
    }),
  )}</tbody></table></div>`;
}

const sortHead = (words: string, isText = false): Html =>
  html`<th scope="col"${isText && html` class="text"`}><button type="button" class="sort"${isText && html` data-text`}>${words}</button></th>`;

/** Shown by the script, which alone can do what they ask. */
function filters(boards: readonly Board[]): Html {
  const standings = boards.flatMap((board) => board.standings);
  const families = Object.entries(methodFamilies).filter(([name]) => standings.some(({ family }) => family === name));
  const engines = [...new Set(standings.flatMap((standing) => standing.engines))].sort();
  const choice = (name: string, label: string, options: readonly (readonly [value: string, words: string])[]) =>
    html`<label>${label} <select name="${name}"><option value="">all</option>${options.map(
      ([value, words]) => html`<option value="${value}">${words}</option>`,
    )}</select></label>`;
  const bound = (name: string, label: string, step: string) =>
    html`<label>${label} <input type="number" name="${name}" min="0" step="${step}"></label>`;
  return html`<form class="controls filters" hidden>${choice(
    'family',
    'family',
    families.map(([name, words]) => [name, `${name}: ${words}`]),
  )}${choice(
    'engine',
    'engine',
    engines.map((name) => [name, name]),
  )}${bound('seeds', 'seeds ≥', '1')}${bound('steps', 'steps ≤', '1')}${bound('seconds', 'seconds a trial ≤', 'any')}<button type="reset">All</button><output></output></form>`;
}

function reading(boards: readonly Board[]): Html {
  return html`<p class="lead">${ranksNote}</p>
<dl>${boards.map(
    (
      board,
    ) => html`<dt>${board.title}</dt><dd>${board.claim && `${board.claim} `}<span class="soft">${columnWords(board.columns)}.</span></dd>
`,
  )}</dl>`;
}
