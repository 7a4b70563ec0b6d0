/** Writes the page's last section: settings, deviations, trials, versions, machines and the commands that make it all again. */

import { countText, none, plural } from '../../base/number-words.ts';
import type { TrialRecord } from '../../store/record.ts';
import { seedsText } from '../../summary/number-format.ts';
import type { ReportData } from '../report-data.ts';
import { commands, settingsOf, tally } from '../reproducibility.ts';
import { methodName } from './headline.ts';
import { type Html, html } from './html.ts';

/** `reportCommand` is what was typed to make this page, `expOptions` what its trials need besides (where the store lies). */
export function reproducibilitySection(data: ReportData, reportCommand: string, expOptions: readonly string[]): Html {
  const records = data.groups.flatMap(({ trials }) => trials.map(({ record }) => record));
  const isFilmed = data.groups.some(({ trials }) => trials.some(({ film }) => film !== undefined));
  const options = [...(isFilmed ? ['--film'] : []), ...expOptions];
  const again = commands(records, data.experiment).map((command) => [command, ...options].join(' '));
  return html`<p class="lead">${source(data)}</p>
<h3>To make it again</h3>
<pre tabindex="0"><code>${[...again, reportCommand].join('\n')}</code></pre>
${deviations(data)}
<h3>Trials</h3>
${trialTable(data)}
${lostTrials(records)}
<h3>Settings</h3>
${settingTables(data)}
<h3>Versions and machines</h3>
<dl>${[
    ['modebench', tallyText(records, ({ commit }) => (commit === '' ? 'commit unknown' : commitText(commit)))],
    ['packages', tallyText(records, ({ versions }) => versionsText(versions))],
    [
      'data',
      tallyText(records, ({ origin }) => (origin ? `${origin.says}${origin.simulated ? ', simulated' : ''}` : '')),
    ],
    ['scorer', tallyText(records, ({ scorer }) => scorer ?? '')],
    ['engine', tallyText(records, ({ engine, device }) => `${engine} on ${device}`)],
    [
      'other engine',
      tally(records, ({ because }) => because ?? '')
        .filter(({ value }) => value !== '')
        .map(({ value, trials }) => `${plural(trials, 'trial')}: ${value}`)
        .join('; '),
    ],
    ['machine', tallyText(records, ({ host }) => host)],
    ['finished', finishedText(records)],
  ]
    .filter(([, text]) => text !== '')
    .map(([name = '', text = '']) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
${data.problems.length > 0 && html`<h3 id="problems">Files that could not be read</h3><ul>${data.problems.map((problem) => html`<li><code>${problem}</code></li>`)}</ul>`}`;
}

function source({ about, experiment }: ReportData): string {
  return about ? `${experiment} is after ${about.source}.` : `What ${experiment} is after is not known here.`;
}

function deviations({ about }: ReportData): Html | false {
  if (!about || about.deviations.length === 0) return false;
  return html`<h3>Where it departs from its source</h3><ol>${about.deviations.map((text) => html`<li>${text}</li>`)}</ol>`;
}

function trialTable({ groups }: ReportData): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Trials"><table>
<thead><tr><th scope="col">method</th><th scope="col" class="text">preset</th><th scope="col" class="text">seeds</th><th scope="col">steps</th><th scope="col" class="text">spec of the first seed</th></tr></thead>
<tbody>${groups.map(
    (
      group,
    ) => html`<tr><th scope="row">${methodName(group, group.label)}</th><td class="text">${group.preset}</td><td class="text">${seedsText(group.trials.map(({ seed }) => seed))}</td><td>${stepsText(group)}</td><td class="text"><code>${group.trials[0]?.record.hash.slice(0, 8)}</code></td></tr>
`,
  )}</tbody></table></div>`;
}

/** A group of another program's samples was trained there, nobody says for how long. */
const stepsText = ({ spec, trials }: ReportData['groups'][number]): string =>
  trials.every(({ record }) => record.status === 'done' && record.steps === 0) ? none : countText(spec.training.steps);

/** The reasons are other programs' words: escaped like all text. */
function lostTrials(records: readonly TrialRecord[]): Html | false {
  const lost = records.filter(({ status }) => status !== 'done');
  if (lost.length === 0) return false;
  return html`<h3>Diverged and failed</h3><ul>${lost.map(
    ({ id, status, steps, reason }) =>
      html`<li><code>${id}</code> ${status} at step ${countText(steps)}${reason && `: ${reason}`}</li>`,
  )}</ul>`;
}

/** The methods in the setting that is compared: what they share, then where they differ. */
function settingTables({ main }: ReportData): Html {
  const { shared, own } = settingsOf(main);
  return html`<p>The resolved spec of the methods compared; every value that a trial depends on but its seed.</p>
${
  own.length > 0 &&
  html`<div class="scroll" tabindex="0" role="region" aria-label="Settings of each method"><table><thead><tr><th scope="col">differs</th>${main.map(({ method }) => html`<th scope="col">${method}</th>`)}</tr></thead>
<tbody>${own.map(({ path, values }) => html`<tr><th scope="row">${path}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody></table></div>`
}
<details><summary>${plural(shared.length, 'setting')} that all of them share</summary><table class="settings"><tbody>${shared.map(
    ({ path, value }) => html`<tr><th scope="row">${path}</th><td class="text">${value}</td></tr>`,
  )}</tbody></table></details>`;
}

const commitText = (commit: string): string =>
  commit.endsWith('+') ? `commit ${commit.slice(0, -1)} with changes` : `commit ${commit}`;

const versionsText = (versions: Readonly<Record<string, string>>): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');

function tallyText(records: readonly TrialRecord[], of: (record: TrialRecord) => string): string {
  const found = tally(records, of);
  if (found.length === 1) return found[0]?.value ?? '';
  return found.map(({ value, trials }) => `${value} (${plural(trials, 'trial')})`).join('; ');
}

function finishedText(records: readonly TrialRecord[]): string {
  const days = records.map(({ finishedAt }) => finishedAt.slice(0, 10)).sort();
  const [first = '', last = first] = [days[0], days.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}
