/** Draws how often each class or attribute of pictures comes among samples and reconstructions, against the data. */
import { mean } from '../../base/statistics.ts';
import { strong } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import { simulatedWord } from '../judging.ts';
import type { Group, ReportData, ReportTrial, Table } from '../report-data.ts';
import { compared, figureOf, labelsOf, panelsOf, type Row, readRole, rounded, samplesNote, spacing } from './chart.ts';
import { shown } from './learning-curve.ts';

/** Pixels of a bar, of which a mode has one or two, and between modes; less where there are many. */
const roomy = { bar: 7, apart: 7 };
const tight = { bar: 5, apart: 4 };
const many = 20;
/** Pixels for the modes' names, by their letters. */
const letter = 6.4;

/** A panel a method, a row a mode; attributes with the data's most frequent first. */
export function modeSharesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const groups = compared(data).filter((group) => tablesOf(group).length > 0);
  const [table] = groups.flatMap(tablesOf);
  if (table === undefined) return undefined;
  const [counted] = readRole(groups, 'coverage', data.columns);
  const isClasses = counted?.outOf === 'modes';
  const modes = modesOf(groups.flatMap(tablesOf));
  if (!isClasses) modes.sort((a, b) => b.real - a.real);
  const isEncoded = groups.some((group) => tablesOf(group).some((one) => hasNumber(one, 'reconstructed')));
  const what = isClasses ? 'class' : 'attribute';
  const rows = groups.flatMap((group) => rowsOf(group, modes));
  const names = letter * Math.max(...modes.map(({ mode }) => mode.length)) + 10;
  const columns = layout.width < 500 ? 1 : Math.min(3, groups.length);
  const width = Math.floor((layout.width - names + spacing) / columns) - spacing;
  const { bar, apart } = modes.length > many ? tight : roomy;
  const row = Math.max(14, (isEncoded ? 2 : 1) * bar + apart);
  const word = simulatedWord(data);
  const y = {
    field: 'mode',
    type: 'nominal' as const,
    sort: modes.map(({ mode }) => mode),
    axis: { title: null, grid: false, domain: false, ticks: false, labelLimit: 0, labelOverlap: false },
  };
  const x = {
    type: 'quantitative' as const,
    scale: { type: 'sqrt' as const, zero: true, nice: false },
    axis: { title: 'share (√)', format: '~%', values: [0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1] },
  };
  return figureOf({
    name: 'mode-shares',
    section: 'modes',
    title: `How often each ${what} comes`,
    alt: `For each method a row for each ${what} with a bar for its share of the samples${isEncoded ? ' and a paler one for its share of the reconstructions' : ''}, and an uncoloured mark for its share of the data.`,
    note: `Full bars: samples${isEncoded ? '; pale bars below them, for methods with an encoder: reconstructions' : ''}; uncoloured marks: the ${word && `${word} `}data, read by the same classifier. Means over seeds. The axis is a square root, so that what is rare can be read.${samplesNote(data)}`,
    spec: {
      data: { values: rows },
      ...panelsOf(labelsOf(groups), columns),
      spec: {
        width,
        height: { step: row, for: 'position' },
        layer: [
          {
            transform: [{ filter: 'isValid(datum.share)' }],
            mark: { type: 'bar', height: bar },
            encoding: {
              x: { ...x, field: 'share' },
              y,
              ...(isEncoded && { yOffset: { field: 'kind', type: 'nominal' as const, sort: kinds, scale: offsets } }),
              color: {
                field: 'group',
                type: 'nominal',
                scale: { domain: labelsOf(groups), range: groups.map(({ colour }) => colour) },
                legend: null,
              },
              fillOpacity: { condition: { test: "datum.kind === 'reconstructions'", value: 0.4 }, value: 0.95 },
              tooltip: [
                { field: 'group', type: 'nominal', title: 'method' },
                { field: 'mode', type: 'nominal', title: what },
                { field: 'kind', type: 'nominal', title: 'of' },
                { field: 'share', type: 'quantitative', format: '.2%' },
                { field: 'low', type: 'quantitative', title: 'lowest seed', format: '.2%' },
                { field: 'high', type: 'quantitative', title: 'highest seed', format: '.2%' },
                { field: 'real', type: 'quantitative', title: 'data', format: '.2%' },
              ],
            },
          },
          {
            mark: { type: 'tick', color: strong, thickness: 2, size: row - apart / 2 },
            encoding: { x: { ...x, field: 'real' }, y },
          },
        ],
      },
    },
  });
}

const kinds = ['samples', 'reconstructions'];
/** Both bars of a mode, close together. */
const offsets = { paddingInner: 0, paddingOuter: 0 };

interface Mode {
  readonly mode: string;
  readonly real: number;
}

const tablesOf = (group: Group): Table[] =>
  shown(group).flatMap(({ modes }: ReportTrial) => (modes?.texts.mode ? modes : []));

const hasNumber = ({ numbers }: Table, column: string): boolean => (numbers[column] ?? []).some(Number.isFinite);

/** Each mode with its mean share of the data, in the order of the files. */
function modesOf(tables: readonly Table[]): Mode[] {
  const names = [...new Set(tables.flatMap(({ texts }) => texts.mode ?? []))];
  return names.map((mode) => ({ mode, real: mean(sharesOf(tables, mode, 'real')) }));
}

function sharesOf(tables: readonly Table[], mode: string, column: string): number[] {
  return tables
    .map(({ numbers, texts }) => numbers[column]?.[texts.mode?.indexOf(mode) ?? -1] ?? Number.NaN)
    .filter(Number.isFinite);
}

function rowsOf(group: Group, modes: readonly Mode[]): Row[] {
  const tables = tablesOf(group);
  return modes.flatMap(({ mode, real }) =>
    (['generated', 'reconstructed'] as const).flatMap((column, index): Row[] => {
      const shares = sharesOf(tables, mode, column);
      if (shares.length === 0 && column === 'reconstructed') return [];
      return [
        {
          group: group.label,
          mode,
          kind: kinds[index] as string, // two columns, two kinds
          share: rounded(mean(shares)),
          low: rounded(Math.min(...shares)),
          high: rounded(Math.max(...shares)),
          real: rounded(real),
        },
      ];
    }),
  );
}
