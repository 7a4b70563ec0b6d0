/** Draws when modes are found and lost: coverage, quality and balance over training steps, with the range over seeds. */

import { listed } from '../../base/number-words.ts';
import { mean as meanOf } from '../../base/statistics.ts';
import type { ColumnInfo, ColumnRole } from '../../schema/column-info.ts';
import { readAs } from '../../summary/average.ts';
import { columnInfo, columnsOfRole } from '../../summary/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { truth } from '../../summary/palette.ts';
import { realScores } from '../../summary/real-data.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { bandLayers, gapNote, type Line } from './band-lines.ts';
import { averageNote, colourScale, compared, figureOf, labelsOf, rounded, settingsNote } from './chart.ts';
import { labelLayers, spread } from './direct-labels.ts';
import { learningCurve } from './learning-curve.ts';

/** Pixels a label needs, and of a panel. */
const line = 15;
const height = 200;

/** Panels over one axis of steps: all that says how much is captured and how well, and the leading one of how evenly. */
export function coverageOverTrainingFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const ofRole = (role: ColumnRole): Panel[] => {
    const isThere = (name: string) => main.some((group) => learningCurve(group, name).length > 1);
    const specs = main.map(({ spec }) => spec);
    const names = columnsOfRole(role, () => true, data.columns).map(({ name }) => readAs(name, specs, isThere));
    return names.filter(isThere).map((name) => {
      const real = [...realScores(main, name).values()];
      return {
        info: columnInfo(name, data.columns),
        lines: main.map((group) => ({ label: group.label, points: learningCurve(group, name) })),
        real: real.length > 0 ? meanOf(real) : undefined,
      };
    });
  };
  const panels = [...ofRole('coverage'), ...ofRole('quality'), ...ofRole('balance').slice(0, 1)];
  if (panels.length === 0) return undefined;
  const isRealKnown = panels.some(({ real }) => real !== undefined);
  return figureOf({
    name: 'coverage-over-training',
    section: 'modes',
    title: 'Over training',
    alt: `${listed(panels.map(({ info }) => info.title))} over training steps: a line for each method's mean over seeds, in a band from the lowest to the highest seed.`,
    note: `Lines: mean over finished seeds; bands: lowest to highest seed.${gapNote(panels.flatMap(({ lines }) => lines))}${isRealKnown ? ' Dashed: what real data score.' : ''}${averageNote(main)}${settingsNote(data)}`,
    spec: {
      vconcat: panels.map((parts, index) => panel(main, parts, layout, index === panels.length - 1)),
      spacing: 14,
    },
  });
}

interface Panel {
  readonly info: ColumnInfo;
  readonly lines: readonly Line[];
  readonly real: number | undefined;
}

function panel(groups: readonly Group[], { info, lines, real }: Panel, layout: Layout, last: boolean) {
  const { title, unit } = info;
  const high = topOf(groups, info, lines, real);
  const ends = lines.flatMap(({ label, points }) => {
    const worst = info.better === 'less' ? high : 0;
    const last = points.findLast(({ found }) => found.isWhole);
    return points.length === 0 ? [] : [{ text: label, at: last?.found.mean ?? worst }];
  });
  const labels = spread(ends, (high * line) / height, 0, high).map(({ text, place }) => ({
    group: text,
    place: rounded(place),
  }));
  const color = {
    field: 'group',
    type: 'nominal' as const,
    scale: colourScale(groups),
    sort: labelsOf(groups),
    legend: null,
  };
  const x = {
    field: 'at' as const,
    type: 'quantitative' as const,
    title: 'training step',
    scale: { nice: false },
    axis: { title: last ? 'training step' : null, labels: last, tickCount: 6 },
  };
  const y = {
    scale: { domain: [0, high], nice: false },
    axis: { title, tickCount: 5, ...(unit === 'share' && { format: '%' }) },
  };
  return {
    width: layout.width - 165,
    height,
    layer: [
      ...(real === undefined
        ? []
        : [
            {
              data: { values: [{ real: rounded(real) }] },
              mark: { type: 'rule' as const, color: truth, strokeDash: [4, 3] },
              encoding: { y: { field: 'real', type: 'quantitative' as const } },
            },
          ]),
      ...bandLayers(lines, { info, x, y, color, height }),
      ...labelLayers(labels, color),
    ],
  };
}

/** The axis ends at all there is, not at what was reached. */
function topOf(groups: readonly Group[], info: ColumnInfo, lines: readonly Line[], real = 0): number {
  const modes = modeCount(
    groups.flatMap(({ trials }) => trials),
    info,
  );
  if (modes !== undefined) return modes;
  if (info.unit === 'share' && info.better === 'more') return 1;
  const highest = lines.flatMap(({ points }) => points.map(({ found }) => found.max)).filter(Number.isFinite);
  return Math.max(0, ...highest, 1.05 * real) || 1; // of one mode the KL is 0 throughout
}
