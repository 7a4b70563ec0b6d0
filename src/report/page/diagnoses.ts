/** Writes what the logs say of each trial, with the rules that say it. */

import { countText } from '../../base/number-words.ts';
import { diagnose, diagnosisNames, diagnosisRules } from '../diagnoses.ts';
import type { ReportData } from '../report-data.ts';
import { methodName } from './headline.ts';
import { type Html, html } from './html.ts';

/** Longer tables open on demand. */
const most = 12;

export function diagnosesSection({ main, columns }: ReportData): Html {
  const found = main.flatMap((group) =>
    group.trials.flatMap((trial) =>
      diagnose(trial, columns).map((diagnosis) => ({ group, seed: trial.seed, ...diagnosis })),
    ),
  );
  const rules = html`<details><summary>The rules</summary><dl>${diagnosisNames.map(
    (name) => html`<dt>${name}</dt><dd>${diagnosisRules[name]}</dd>`,
  )}</dl></details>`;
  if (found.length === 0) return html`<h3>Diagnoses</h3><p>By the rules below no trial shows a fault.</p>${rules}`;
  const table = html`<div class="scroll" tabindex="0" role="region" aria-label="Diagnoses"><table>
<thead><tr><th scope="col">method</th><th scope="col">seed</th><th scope="col" class="text">diagnosis</th><th scope="col">from step</th><th scope="col" class="text">because</th></tr></thead>
<tbody>${found.map(
    ({
      group,
      seed,
      name,
      step,
      because,
    }) => html`<tr><th scope="row">${methodName(group, group.label)}</th><td>${seed}</td><td class="text">${name}</td><td>${countText(step)}</td><td class="text because">${because}</td></tr>
`,
  )}</tbody></table></div>`;
  const body =
    found.length > most ? html`<details><summary>All ${found.length} diagnoses</summary>${table}</details>` : table;
  return html`<h3>Diagnoses</h3>${body}${rules}`;
}
