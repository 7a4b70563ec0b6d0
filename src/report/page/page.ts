/**
 * Writes the report as one HTML page that needs no network: style, script, Vega's runtime and the figures' data inside it. Its
 * policy forbids every request, and every script and style but its own, known by their hashes; so a slip shows itself.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { plural } from '../../base/number-words.ts';
import { readTextSync } from '../../disk/read-file.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { averageWarning } from '../../summary/average.ts';
import { darkColours } from '../../summary/palette.ts';
import type { GroupRow } from '../../summary/summarise.ts';
import type { Verdict } from '../../summary/verdict.ts';
import { type Asset, type Figure, figureSections } from '../figure.ts';
import { simulatedText } from '../judging.ts';
import type { Group, ReportData } from '../report-data.ts';
import { comparedSection } from './compared.ts';
import { diagnosesSection } from './diagnoses.ts';
import { assetList, figuresOf, missingSections, sectionWords } from './figures.ts';
import { headlineTables, verdictCards } from './headline.ts';
import { type Html, html, jsonScript, verbatim } from './html.ts';
import { type CompiledFigure, payloadOf } from './payload.ts';
import { reproducibilitySection } from './reproducibility.ts';
import { pageScript } from './script.ts';
import { styleOf } from './style.ts';

export interface PageParts {
  readonly data: ReportData;
  readonly rows: readonly GroupRow<Group>[];
  readonly metrics: readonly ColumnInfo[];
  readonly verdicts: readonly Verdict[];
  readonly figures: readonly Figure[];
  readonly compiled: readonly CompiledFigure[];
  readonly assets: readonly Asset[];
  /** The comparison with another store, where one was asked for. */
  readonly against?: Html;
  /** What was typed to make the page, and the options that `exp` needs to fill the same store. */
  readonly command: string;
  readonly expOptions: readonly string[];
}

interface Section {
  readonly id: string;
  readonly title: string;
  /** For the bar of sections, where room is short. */
  readonly short?: string;
  readonly body: Html;
}

export function pageOf(parts: PageParts): string {
  const { data, compiled } = parts;
  const sections = sectionsOf(parts);
  const records = data.groups.flatMap(({ trials }) => trials.map(({ record }) => record));
  const simulated = simulatedText(records);
  const colours = data.groups.map(({ colour }) => colour);
  const style = styleOf(colours);
  const scripts = [vegaRuntime(), pageScript()];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${scripts.map(sourceOf).join(' ')}; style-src ${sourceOf(style)}; img-src data:">
<title>${data.experiment} · modebench</title>
<link rel="icon" href="data:,">
<style>${verbatim(style)}</style>
</head>
<body>
<a class="skip" href="#headline">Skip to the results</a>
<header class="top">
<p class="eyebrow">modebench · ${plural(new Set(data.groups.map(({ method }) => method)).size, 'method')} · ${plural(records.length, 'trial')}</p>
<h1>${data.experiment}${simulated !== '' && html` <span class="tag">${simulated}</span>`}</h1>
${data.about && html`<p class="claim">${data.about.claim}</p><p class="soft">${data.about.source}</p>`}
</header>
<nav aria-label="Sections"><div>${sections.map(({ id, title, short = title }) => html`<a href="#${id}">${short}</a>`)}<button id="theme" type="button" hidden>Dark</button></div></nav>
<main>
${sections.map(
  ({ id, title, body }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`,
)}</main>
<footer>Made by <code>${parts.command}</code> from the store’s files alone. The numbers of the table are in <a href="table.csv">table.csv</a> and <a href="table.md">table.md</a>.</footer>
<div id="tip" role="status" hidden></div>
${jsonScript('report-data', payloadOf(compiled, darkColours(colours)))}
${scripts.map(
  (script) => html`<script>${verbatim(script)}</script>
`,
)}</body>
</html>
`;
  return page.html;
}

function sectionsOf(parts: PageParts): Section[] {
  const { data, rows, metrics, verdicts, figures, assets, against, command, expOptions } = parts;
  const extra = { learning: diagnosesSection(data), films: assetList(assets) } as const;
  const drawn = figureSections.flatMap((id): Section[] => {
    const own = figuresOf(id, figures);
    const more = id === 'learning' || id === 'films' ? extra[id] : false;
    if (own === undefined && more === false) return [];
    return [{ id, title: sectionWords[id].title, body: html`${own}${more}` }];
  });
  const missing = figureSections.filter((id) => drawn.every((section) => section.id !== id));
  return [
    {
      id: 'headline',
      title: 'Headline',
      body: html`${warning(data)}${verdictCards(verdicts, data)}${headlineTables(data, rows, metrics)}`,
    },
    { id: 'compared', title: 'Compared', body: comparedSection(data, rows, metrics) },
    ...(against ? [{ id: 'against', title: 'Against another store', short: 'Against', body: against }] : []),
    ...drawn,
    {
      id: 'made',
      title: 'How it was made',
      body: html`${reproducibilitySection(data, command, expOptions)}${missingSections(missing, data.experiment)}`,
    },
  ];
}

function warning({ problems, groups }: ReportData): Html {
  const unread =
    problems.length > 0 &&
    html`<div class="warning"><p>${plural(problems.length, 'file')} in the store could not be read; what they hold is missing here. <a href="#problems">Which, and why.</a></p></div>`;
  const none = groups.every(({ done }) => done.length === 0);
  const late = averageWarning(groups.map(({ spec }) => spec));
  const behind = late !== undefined && html`<div class="warning"><p>${late}</p></div>`;
  return html`${unread}${behind}${none && html`<div class="warning"><p>No trial of this experiment is done: all of them diverged or failed, so there are no final figures. <a href="#made">Why, trial by trial.</a></p></div>`}`;
}

/** Vega as its package ships it for browsers. */
function vegaRuntime(): string {
  const require = createRequire(import.meta.url);
  const runtime = readTextSync(join(dirname(require.resolve('vega')), 'vega.min.js'));
  return runtime.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/** How a policy names an inline script or style: by the hash of its text. */
const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
