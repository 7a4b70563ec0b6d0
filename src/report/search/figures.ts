/** Draws a search: what the best of k draws is expected to reach, and every draw against every setting. */
import type { ColumnInfo } from '../../schema/column-info.ts';
import { bootstrap } from '../../summary/statistics.ts';
import type { Figure, Layout } from '../figure.ts';
import { formatOf } from '../figures/band-lines.ts';
import { type Axis, amountAxis, figureOf, ownAxes, panels, rounded } from '../figures/chart.ts';
import type { ReportedSearch, SearchReport } from './search-data.ts';

/** The figures of one search of a report; `suffix` tells those of several apart. */
export function searchFigures(report: SearchReport, one: ReportedSearch, suffix: string, layout: Layout): Figure[] {
  return [bestOfK(report, one, suffix, layout), everyDraw(report, one, suffix, layout)].filter(
    (figure) => figure !== undefined,
  );
}

/** Pixels of a panel's height: of the best of k draws, and of every draw. */
const [bestHeight, drawHeight] = [220, 150] as const;
/** Pixels above the most that there can be, so that points there lie within the panel. */
const pointRoom = 6;

const colourOf = ({ colours }: SearchReport, methods: readonly string[], { width }: Layout) => ({
  field: 'method',
  type: 'nominal' as const,
  scale: { domain: [...methods], range: methods.map((method) => colours.get(method) ?? '') },
  legend: { title: null, symbolType: 'circle' as const, columns: width < 500 ? 3 : 9 },
});

/**
 * The axis of a column's values in a panel so high, with room for points at the top, and its words, which stand above: beside it
 * they are longer than a panel is high, and what sticks out moves titles and legends.
 */
function amount(
  info: ColumnInfo,
  { search }: ReportedSearch,
  layout: Layout,
  height: number,
): { readonly title: string; readonly y: Axis } {
  const ofAll = info.outOf === 'modes' || info.outOf === 'shown-modes'; // minor modes are fewer
  const all = info.unit === 'share' ? 1 : ofAll ? search.modes : undefined;
  if (all === undefined)
    return {
      title: `↑ ${info.title}`,
      y: { scale: { zero: true }, axis: { title: null, labelFlush: false, tickCount: 5 } },
    };
  const axis = amountAxis(info, all, layout);
  const top = rounded((all * height) / (height - pointRoom)) ?? all;
  return {
    title: `↑ ${axis.title}`,
    y: { scale: { domain: [0, top] }, axis: { ...axis, title: null, labelFlush: false } },
  };
}

function bestOfK(report: SearchReport, one: ReportedSearch, suffix: string, layout: Layout): Figure | undefined {
  const methods = [...new Set(one.curves.map(({ method }) => method))];
  const shown = report.columns.filter(({ name }) => one.curves.some(({ column }) => column === name));
  if (methods.length === 0) return undefined;
  const { columns, size } = panels(layout, shown.length, { least: 220, most: 3, own: true });
  const color = colourOf(report, methods, layout);
  const x = {
    field: 'draws',
    type: 'quantitative' as const,
    scale: { nice: false },
    axis: { title: 'draws', tickMinStep: 1, format: 'd' },
  };
  return figureOf({
    name: `best-of-k${suffix}`,
    section: 'modes',
    title: 'What the best of k draws is expected to reach',
    alt: `A line a method for ${shown.map(({ title }) => title).join(', ')}: the expected value of the best of k draws, in a band.`,
    note: `Expected value of the best of k draws from those that were made (Dodge et al. 2019), the best by the order of the table; on the seeds that chose it, so that it is no claim. Bands: 95 % bootstrap over draws (${bootstrap.resamples} resamples, seed ${bootstrap.seed}); with few draws they are too narrow at the right, where nothing better than the best can be drawn again. A line that rises to the right belongs to a method that needs its settings.`,
    spec: {
      concat: shown.map((info) => {
        const values = one.curves
          .filter(({ column }) => column === info.name)
          .flatMap(({ method, points }) =>
            points.map(({ draws, expected, low, high }) => ({
              ...{ method, draws, expected: rounded(expected), low: rounded(low), high: rounded(high) },
            })),
          );
        const { title, y } = amount(info, one, { width: size }, bestHeight);
        const format = formatOf(info);
        return {
          title,
          width: size,
          height: bestHeight,
          data: { values },
          layer: [
            {
              mark: { type: 'area' as const, fillOpacity: 0.1 },
              encoding: { x, y: { field: 'low', type: 'quantitative' as const, ...y }, y2: { field: 'high' }, color },
            },
            {
              mark: { type: 'line' as const, strokeWidth: 2, point: { size: 30, filled: true } },
              encoding: {
                ...{ x, y: { field: 'expected', type: 'quantitative' as const, ...y }, color },
                tooltip: [
                  { field: 'method', type: 'nominal' as const },
                  { field: 'draws', type: 'quantitative' as const },
                  { field: 'expected', type: 'quantitative' as const, title: `expected ${info.title}`, format },
                  { field: 'low', type: 'quantitative' as const, format },
                  { field: 'high', type: 'quantitative' as const, format },
                ],
              },
            },
          ],
        };
      }),
      columns,
      ...ownAxes,
    },
  });
}

function everyDraw(report: SearchReport, one: ReportedSearch, suffix: string, layout: Layout): Figure | undefined {
  const [lead] = report.columns;
  const drawn = one.results.flatMap(({ method, ranked }) => ranked.map((draw) => ({ method, ...draw })));
  const paths = [...new Set(drawn.flatMap(({ settings }) => Object.keys(settings)))].sort();
  if (lead === undefined || paths.length === 0) return undefined;
  const methods = one.results.map(({ method }) => method);
  const { columns, size } = panels(layout, paths.length, { least: layout.width < 500 ? 220 : 190, most: 4, own: true });
  const color = colourOf(report, methods, layout);
  const { title, y } = amount(lead, one, { width: size }, drawHeight);
  return figureOf({
    name: `every-draw${suffix}`,
    section: 'ablation',
    title: `Every draw: ${lead.title} against each setting`,
    alt: `A panel for each setting, a point for each draw of a method that has it: ${lead.title} against the setting’s value.`,
    note: `A point a draw, the mean over the search’s seeds; all settings differ from draw to draw, not only the one across. Diverged draws are not shown.`,
    spec: {
      title,
      concat: paths.map((path) => {
        const own = drawn.filter(({ settings, values }) => path in settings && Number.isFinite(values[lead.name]));
        const ranges = one.results.flatMap(({ space }) => space[path] ?? []);
        const isNumber = ranges.every((text) => text.includes('..'));
        const isLog = ranges.every((text) => text.startsWith('log:'));
        const values = own.map(({ method, draw, settings, values: found }) => ({
          ...{ method, draw, value: rounded(found[lead.name]) },
          at: isNumber ? Number(settings[path]) : (settings[path] ?? ''),
        }));
        const type = isNumber ? ('quantitative' as const) : ('ordinal' as const);
        const x = {
          ...{ field: 'at', type },
          scale: isNumber
            ? { type: isLog ? ('log' as const) : ('linear' as const), zero: false, nice: false, padding: 8 }
            : { type: 'point' as const, padding: 0.5 },
          axis: isNumber
            ? { title: path, format: '~g', tickCount: 4, labelOverlap: 'greedy' as const }
            : { title: path, labelAngle: 0 },
          ...(!isNumber && {
            sort: [...new Set(values.map(({ at }) => String(at)))].sort((a, b) => Number(a) - Number(b)),
          }),
        };
        return {
          width: size,
          height: drawHeight,
          data: { values },
          mark: { type: 'circle' as const, size: 40, fillOpacity: 0.75 },
          encoding: {
            ...{ x, color },
            ...(!isNumber && {
              xOffset: { field: 'method', type: 'nominal' as const, sort: methods, scale: { range: [-14, 14] } },
            }),
            y: { field: 'value', type: 'quantitative' as const, ...y },
            tooltip: [
              { field: 'method', type: 'nominal' as const },
              { field: 'draw', type: 'quantitative' as const },
              { field: 'at', type, title: path },
              { field: 'value', type: 'quantitative' as const, title: lead.title, format: formatOf(lead) },
            ],
          },
        };
      }),
      columns,
      ...ownAxes,
    },
  });
}
