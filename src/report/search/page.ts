/** Writes the report of a random search as one HTML page. */
import { countText, none, plural } from '../../base/number-words.ts';
import { joinWords } from '../../base/shell-words.ts';
import { decimalText, metricText, seedsText, titleWithUnit } from '../../summary/number-format.ts';
import { darkColours } from '../../summary/palette.ts';
import { keepingAll, medianDraw, stoppedNote, stopsIn } from '../../summary/search-results.ts';
import type { Importance } from '../../summary/search-statistics.ts';
import type { Figure } from '../figure.ts';
import { documentOf, type Section } from '../page/document.ts';
import { figureFrame } from '../page/figures.ts';
import { type Html, html } from '../page/html.ts';
import { vegaRuntime } from '../page/page.ts';
import { type CompiledFigure, payloadOf } from '../page/payload.ts';
import { pageScript } from '../page/script.ts';
import { styleOf, swatchClass } from '../page/style.ts';
import type { ReportedSearch, SearchReport } from './search-data.ts';
import { bestCommand, searchedWords } from './tables.ts';

interface Parts {
  /** The figures of each search. */
  readonly figures: readonly (readonly Figure[])[];
  readonly compiled: readonly CompiledFigure[];
  /** What was typed to make the page, and the options that `exp` needs to fill the same store. */
  readonly command: string;
  readonly expOptions: readonly string[];
}

export function searchPage(report: SearchReport, parts: Parts): string {
  const { name, of, searches, colours } = report;
  const draws = searches.flatMap(({ results }) => results).reduce((sum, { counted }) => sum + counted, 0);
  const used = searches.flatMap(({ results }) => results.flatMap(({ method }) => colours.get(method) ?? []));
  const several = searches.length > 1;
  return documentOf({
    title: name,
    eyebrow: `random search · ${plural(draws, 'draw')}`,
    heading: html`${name}`,
    lead: html`<p class="claim">Settings of each method for ${of}, drawn at random, equally many for each.</p>`,
    sections: searches.flatMap((one, at) =>
      sectionsOf(report, one, parts.figures[at] ?? [], {
        ...{ id: at === 0 ? '' : `-${at + 1}`, words: several ? `: ${searchWords(one)}` : '', ...parts },
      }),
    ),
    footer: html`Made by <code>${parts.command}</code> from search.json alone. Every draw is in <a href="draws.csv">draws.csv</a>, the best settings are in <a href="best.json">best.json</a>.`,
    payload: payloadOf(parts.compiled, darkColours(used)),
    style: styleOf(used),
    scripts: [vegaRuntime(), pageScript('main')],
  });
}

interface Around extends Pick<Parts, 'expOptions'> {
  readonly id: string;
  readonly words: string;
}

const searchWords = ({ search: { preset, set, space, seed } }: ReportedSearch): string =>
  [`preset ${preset}`, ...set, ...space, `search seed ${seed}`].join(', ');

function sectionsOf(report: SearchReport, one: ReportedSearch, figures: readonly Figure[], around: Around): Section[] {
  const { id, words } = around;
  const of = (section: Figure['section']) => figures.filter((figure) => figure.section === section).map(figureFrame);
  return [
    {
      id: id === '' ? 'headline' : `best${id}`,
      title: `Best settings${words}`,
      body: html`${summary(one)}${bestTable(report, one)}${of('modes')}`,
    },
    {
      id: `settings${id}`,
      title: 'Which settings matter',
      body: html`${importanceTable(report, one)}${of('ablation')}`,
    },
    { id: `commands${id}`, title: 'Commands', body: commands(report, one, around) },
    { id: `made${id}`, title: 'How it was made', short: 'Made', body: made(report, one) },
  ];
}

function summary({ search, results }: ReportedSearch): Html {
  const [first] = results;
  const steps = search.steps === undefined ? '' : ` of ${countText(search.steps)} steps`;
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return html`<p class="lead">The best of ${plural(first?.counted ?? 0, 'draw')}${steps} of each method, on ${search.seeds.length === 1 ? 'seed' : 'seeds'} ${seedsText(search.seeds)}: ${decimalText(seconds / 3600, 1)} hours of training in all. These figures are of the seeds that chose the settings, the best of many; what the settings are worth is seen on seeds that they were not chosen on, with <code>--tuned</code>. ${stoppedNote(results).join(' ')}</p>`;
}

const methodCell = ({ colours }: SearchReport, method: string): Html =>
  html`<th scope="row"><span class="swatch ${swatchClass(colours.get(method) ?? '')}"></span>${method}</th>`;

function bestTable(report: SearchReport, { search, results }: ReportedSearch): Html {
  const shown = report.columns.slice(0, 4);
  const [lead] = shown;
  const keeps = results.some((result) => keepingAll(result, search.modes, report.columns) !== undefined);
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">method</th><th scope="col">draws</th>${keeps && html`<th scope="col">keep all ${search.modes}</th>`}${shown.map((info) => html`<th scope="col">best: ${titleWithUnit(info)}</th>`)}${lead && html`<th scope="col">median draw: ${lead.title}</th>`}<th scope="col">hours</th></tr></thead>
<tbody>${results.map((result) => {
    const { ranked, counted } = result;
    const keeping = keepingAll(result, search.modes, report.columns);
    const share =
      keeping === undefined || ranked.length === 0
        ? none
        : `${keeping} (${decimalText((100 * keeping) / ranked.length, 0)} %)`;
    const middle = medianDraw(result);
    return html`<tr>${methodCell(report, result.method)}<td>${counted}</td>${keeps && html`<td>${share}</td>`}${shown.map((info) => html`<td>${metricText(ranked[0]?.values[info.name] ?? Number.NaN, info)}</td>`)}${lead && html`<td>${metricText(middle?.values[lead.name] ?? Number.NaN, lead)}</td>`}<td>${decimalText(result.seconds / 3600, 2)}</td></tr>
`;
  })}</tbody></table></div>
<p class="soft">Draws are ordered by ${report.columns.map(({ title }) => title).join(', then ')}; a diverged draw is the last.</p>`;
}

/** A cell stands out where so strong an order is rare by chance. */
const rare = 0.01;

function importanceTable(report: SearchReport, { importances }: ReportedSearch): Html {
  const paths = [...new Set(importances.flatMap(({ found }) => found.map(({ path }) => path)))].sort();
  if (paths.length === 0) return html`<p>There are too few draws to say.</p>`;
  const cells = importances.flatMap(({ found }) => found).length;
  return html`<p class="lead">How far the order of a method’s draws goes with a setting: the share of the variance of ranks between values of the setting (of numbers: thirds of the draws), and whether more is better (↑) or worse (↓). In brackets what chance alone gives on average. Bold: fewer than ${rare * 100} % of random orders have as much; of ${countText(cells)} cells ${decimalText(cells * rare, 1)} would be so by chance.</p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">method</th>${paths.map((path) => html`<th scope="col">${path}</th>`)}</tr></thead>
<tbody>${importances.map(
    ({ method, found }) =>
      html`<tr>${methodCell(report, method)}${paths.map((path) => html`<td>${importanceCell(found.find((one) => one.path === path))}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

function importanceCell(found: Importance | undefined): Html {
  if (found === undefined) return html`${none}`;
  const { share, byChance, correlation, p } = found;
  const way = Number.isNaN(correlation) || Math.abs(correlation) < 0.1 ? '' : correlation > 0 ? ' ↑' : ' ↓';
  const text = `${decimalText(share, 2)}${way}`;
  return html`${p < rare ? html`<b>${text}</b>` : text} <small>(${decimalText(byChance, 2)})</small>`;
}

function commands({ of }: SearchReport, { search, results }: ReportedSearch, { expOptions }: Around): Html {
  const words = searchedWords(of, search);
  const tuned = ['npm run exp --', joinWords([...words, '--tuned']), ...expOptions].join(' ');
  const each = results.filter(({ ranked }) => ranked.length > 0);
  return html`<p>All methods on the claim’s seeds, each in its best setting:</p>
<pre tabindex="0"><code>${tuned}</code></pre>
<p>One method, its setting written out:</p>
<pre tabindex="0"><code>${each.map((result) => bestCommand(of, search, result, expOptions)).join('\n')}</code></pre>`;
}

function made({ of }: SearchReport, { search, results }: ReportedSearch): Html {
  const words = searchedWords(of, search);
  const space = search.space.flatMap((text) => ['--search-space', text]);
  const methods = results.map(({ method }) => method).join(',');
  const again = ['--methods', methods, ...space, ...(search.seed === 0 ? [] : ['--search-seed', String(search.seed)])];
  const [first] = results;
  const seeds = search.seeds.length === 1 ? `${search.seeds[0]}..${search.seeds[0]}` : search.seeds.join(',');
  const halving = stopsIn(results).join(',');
  const short = halving === '' ? [] : ['--halving', halving];
  const command = joinWords([...words, '--search', String(first?.counted ?? 0), '--seeds', seeds, ...again, ...short]);
  return html`<pre tabindex="0"><code>npm run exp -- ${command}</code></pre>
<p>More draws add to these: draw i of a method depends on the search’s seed, the method and i alone.</p>
<h3>Ranges</h3>
<dl>${results.map(({ method, space: ranges }) => html`<dt>${method}</dt><dd>${Object.entries(ranges).map(([path, text], at) => html`${at > 0 && ' · '}<code>${path}=${text}</code>`)}</dd>`)}</dl>`;
}
