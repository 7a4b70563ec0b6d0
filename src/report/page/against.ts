/** Writes the page's comparison with another store. */

import { groupBy } from '../../base/collections.ts';
import { none } from '../../base/number-words.ts';
import { differenceText, seedsText, titleWithUnit } from '../../summary/number-format.ts';
import type { Against, Pair } from '../against.ts';
import type { Group } from '../report-data.ts';
import { methodName } from './headline.ts';
import { type Html, html } from './html.ts';

/** How many metrics stand side by side. */
const columns = 6;

/** `store` is the other one, as it was typed. */
export function againstSection({ pairs, onlyOurs, onlyTheirs }: Against, store: string): Html {
  const fair = pairs.filter(({ differs }) => differs.length === 0);
  const unfair = pairs.filter(({ differs }) => differs.length > 0);
  return html`<p class="lead">The store of this report minus <code>${store}</code>, on common seeds.</p>
${pairs.length === 0 && html`<p>No method of this report is in the other store.</p>`}
${fair.length > 0 && html`<h3>The same specs</h3>${pairTable(fair)}`}
${unfair.length > 0 && html`<h3>Specs that differ: no fair comparison</h3>${pairTable(unfair)}${specTables(unfair)}`}
${circumstances(pairs)}
${onlyOne('Only here', onlyOurs)}${onlyOne('Only there', onlyTheirs)}`;
}

function pairTable(pairs: readonly Pair[]): Html {
  const infos = [...new Map(pairs.flatMap(({ differences }) => differences.map(({ info }) => [info.name, info])))];
  const shown = infos.slice(0, columns).map(([, info]) => info);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Differences between the stores"><table>
<thead><tr><th scope="col">here − there</th>${shown.map((info) => html`<th scope="col">${titleWithUnit(info)}</th>`)}<th scope="col">common seeds</th></tr></thead>
<tbody>${pairs.map(({ ours, differences, seeds }) => {
    return html`<tr><th scope="row">${methodName(ours, labelOf(ours))}</th>${shown.map(({ name }) => {
      const found = differences.find(({ info }) => info.name === name);
      const text = found ? differenceText(found.difference, found.info) : none;
      const [mean, ...rest] = text.split(/ (?=[[(])/);
      return html`<td>${mean}${rest.length > 0 && html`<small>${rest.join(' ')}</small>`}</td>`;
    })}<td>${seeds.length > 0 ? seedsText(seeds) : none}</td></tr>
`;
  })}</tbody></table></div>`;
}

/** Methods whose specs differ in the same way share a table. */
function specTables(unfair: readonly Pair[]): readonly Html[] {
  const tables = groupBy(unfair, ({ differs }) => JSON.stringify(differs));
  return [...tables.values()].map((pairs) => specTable(pairs));
}

function specTable(pairs: readonly Pair[]): Html {
  const names = pairs.map(({ ours }) => labelOf(ours)).join(', ');
  return html`<p>${names}:</p><div class="scroll"><table class="settings"><thead><tr><th scope="col">spec</th><th scope="col">here</th><th scope="col">there</th></tr></thead><tbody>${pairs[0]?.differs.map(
    ({ path, ours: here, theirs: there }) =>
      html`<tr><th scope="row">${path}</th><td>${here}</td><td>${there}</td></tr>`,
  )}</tbody></table></div>`;
}

function circumstances(pairs: readonly Pair[]): Html | false {
  const found = [...new Set(pairs.flatMap((pair) => pair.circumstances))];
  if (found.length === 0) return false;
  return html`<p>Not part of the spec, and different: ${found.join('; ')}.</p>`;
}

function onlyOne(title: string, groups: readonly Group[]): Html | false {
  return groups.length > 0 && html`<p>${title}: ${groups.map(labelOf).join(', ')}.</p>`;
}

const labelOf = ({ label, preset }: Group): string =>
  preset === 'default' || label.endsWith(`(${preset})`) ? label : `${label} (${preset})`;
