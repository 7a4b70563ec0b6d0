/** The table of a search on docs/results.md: what each method reaches in its best and in its median draw, and in which setting. */
import { join } from 'node:path';
import { loadSearch } from '../../../src/report/search/search-data.ts';
import { metricText } from '../../../src/summary/number-format.ts';
import { keepingAll, medianDraw } from '../../../src/summary/search-results.ts';
import { table } from '../markdown.ts';

/** Of the search that results/reference keeps of an experiment: a row a method, in the order of their best draws. */
export function searchTable(root: string, experiment: string): string {
  const report = loadSearch(join(root, 'results/reference'), `${experiment}-search`);
  const [one] = report?.searches ?? [];
  if (report === undefined || one === undefined) throw new Error(`internal: no search of ${experiment} is kept`);
  const [lead, next] = report.columns;
  if (lead === undefined || next === undefined)
    throw new Error(`internal: the search of ${experiment} judges by nothing`);
  const { search, results } = one;
  const heads = [lead, next].map(({ title }) => `best draw: ${title}`);
  return table(
    ['', ...heads, `median draw: ${lead.title}`, `draws that keep all ${search.modes}`, 'best setting'],
    results.map((result) => {
      const { method, ranked } = result;
      const [best] = ranked;
      const middle = medianDraw(result);
      const text = (values: Readonly<Record<string, number>> | undefined, info: typeof lead) =>
        metricText(values?.[info.name] ?? Number.NaN, info);
      return [
        `\`${method}\``,
        text(best?.values, lead),
        text(best?.values, next),
        text(middle?.values, lead),
        `${keepingAll(result, search.modes, report.columns)} of ${ranked.length}`,
        Object.entries(best?.settings ?? {})
          .map(([path, value]) => `${path.split('.').at(-1)} ${value}`)
          .join(', '),
      ];
    }),
    true,
  );
}
