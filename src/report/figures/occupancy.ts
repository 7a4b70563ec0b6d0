/** Draws where frames of a fixed camera have something in them: the data's map, then each method's. */
import { mean } from '../../base/statistics.ts';
import { heatRamp } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { simulatedWord } from '../judging.ts';
import type { Group, ReportData, Table } from '../report-data.ts';
import { compared, figureOf, labelsOf, panelsOf, type Row, rounded, samplesNote, spacing } from './chart.ts';
import { shown } from './learning-curve.ts';

/** A heat map of cells for the data and for each method, all on one scale; means over seeds. */
export function occupancyFigure(data: ReportData, layout: Layout): Figure | undefined {
  const groups = compared(data).filter((group) => tablesOf(group).length > 0);
  if (groups.length === 0) return undefined;
  const word = simulatedWord(data);
  const own = `data${word && ` (${word})`}`;
  const values = [
    ...rowsOf(own, groups.flatMap(tablesOf), 'real'),
    ...groups.flatMap((group) => rowsOf(group.label, tablesOf(group), 'generated')),
  ];
  if (values.length === 0) return undefined;
  const fitting = Math.max(2, Math.floor((layout.width + spacing) / (190 + spacing)));
  const rows = Math.ceil((groups.length + 1) / fitting);
  const columns = Math.ceil((groups.length + 1) / rows);
  const size = Math.min(220, Math.floor((layout.width + spacing) / columns) - spacing);
  const cell = (field: 'row' | 'column') => ({ field, type: 'ordinal' as const, axis: null, scale: { padding: 0 } });
  return figureOf({
    name: 'occupancy',
    section: 'modes',
    title: 'Where there is something in the frames',
    alt: 'A heat map of the picture’s cells for the data and for each method: the share of frames in which something differs from the empty scene there.',
    note: `Share of frames that have something in a cell of the picture, means over seeds; one scale for all, a square root, so that what is rare can be seen. What is light in the data and dark in a method is what the method has lost.${samplesNote(data)}`,
    spec: {
      data: { values },
      ...panelsOf([own, ...labelsOf(groups)], columns),
      spec: {
        width: size,
        height: size,
        mark: { type: 'rect' },
        encoding: {
          x: cell('column'),
          y: cell('row'),
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { type: 'sqrt', domainMin: 0, range: [...heatRamp] },
            legend: {
              title: 'share of frames',
              format: '.1~%',
              gradientLength: Math.min(240, layout.width - 40),
              tickCount: 4,
            },
          },
          tooltip: [
            { field: 'group', type: 'nominal', title: 'frames of' },
            { field: 'row', type: 'ordinal' },
            { field: 'column', type: 'ordinal' },
            { field: 'share', type: 'quantitative', title: 'share of frames', format: '.2%' },
          ],
        },
      },
    },
  });
}

const tablesOf = (group: Group): Table[] =>
  shown(group).flatMap(({ occupancy }) => (occupancy?.numbers.row && occupancy.numbers.column ? occupancy : []));

/** A row a cell that any table has a number for. */
function rowsOf(group: string, tables: readonly Table[], column: 'real' | 'generated'): Row[] {
  const cells = new Map<string, { row: number; column: number; shares: number[] }>();
  for (const { numbers, count } of tables) {
    for (let at = 0; at < count; at++) {
      const share = numbers[column]?.[at] ?? Number.NaN;
      const place = { row: numbers.row?.[at] ?? Number.NaN, column: numbers.column?.[at] ?? Number.NaN };
      if (![share, place.row, place.column].every(Number.isFinite)) continue;
      const key = `${place.row} ${place.column}`;
      const cell = cells.get(key) ?? { ...place, shares: [] };
      cell.shares.push(share);
      cells.set(key, cell);
    }
  }
  return [...cells.values()].map(({ row, column: at, shares }) => ({
    group,
    row,
    column: at,
    share: rounded(mean(shares)),
  }));
}
