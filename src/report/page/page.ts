/** Writes an experiment's report as one HTML page, with Vega's runtime and the figures' data inside it. */
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
import { documentOf, type Section } from './document.ts';
import { assetList, figuresOf, missingSections, sectionWords } from './figures.ts';
import { headlineTables, verdictCards } from './headline.ts';
import { type Html, html } from './html.ts';
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

export function pageOf(parts: PageParts): string {
  const { data, compiled } = parts;
  const sections = sectionsOf(parts);
  const records = data.groups.flatMap(({ trials }) => trials.map(({ record }) => record));
  const simulated = simulatedText(records);
  const colours = data.groups.map(({ colour }) => colour);
  return documentOf({
    title: data.experiment,
    eyebrow: `${plural(new Set(data.groups.map(({ method }) => method)).size, 'method')} · ${plural(records.length, 'trial')}`,
    heading: html`${data.experiment}${simulated !== '' && html` <span class="tag">${simulated}</span>`}`,
    lead: html`${data.about && html`<p class="claim">${data.about.claim}</p><p class="soft">${data.about.source}</p>`}`,
    sections,
    footer: html`Made by <code>${parts.command}</code> from the store’s files alone. The numbers of the table are in <a href="table.csv">table.csv</a> and <a href="table.md">table.md</a>.`,
    payload: payloadOf(compiled, darkColours(colours)),
    style: styleOf(colours),
    scripts: [vegaRuntime(), pageScript('main')],
  });
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
export function vegaRuntime(): string {
  const require = createRequire(import.meta.url);
  const runtime = readTextSync(join(dirname(require.resolve('vega')), 'vega.min.js'));
  return runtime.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}
