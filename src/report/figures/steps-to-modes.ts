/** Draws how soon modes are found: the training step at which a method first counts one mode, two modes … all of them. */
import type { ColumnInfo } from '../../schema/column-info.ts';
import { modeCount } from '../../summary/mode-count.ts';
import { Statistic } from '../../summary/statistics.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { bandLayers } from './band-lines.ts';
import { amountAxis, averageNote, colourScale, compared, figureOf, labelsOf, readRole, settingsNote } from './chart.ts';
import { type CurvePoint, shown } from './learning-curve.ts';

/** A line a method over the number of modes; it ends at the most modes that every seed has reached. */
export function stepsToModesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const groups = compared(data);
  const [counted] = readRole(groups, 'coverage', data.columns).filter(({ outOf }) => outOf !== undefined);
  if (counted === undefined) return undefined;
  const all = modeCount(
    groups.flatMap(({ trials }) => trials),
    counted,
  );
  if (all === undefined || all < 2) return undefined;
  const lines = groups.map((group) => ({ label: group.label, points: stepsTo(group, counted, all) }));
  if (lines.every(({ points }) => points.length < 2)) return undefined;
  const x = {
    field: 'at' as const,
    type: 'quantitative' as const,
    title: counted.title,
    scale: { domain: [1, all], nice: false },
    axis: amountAxis(counted, all, layout),
  };
  const y = { scale: { nice: false }, axis: { title: 'training step', tickCount: 6, format: ',d' } };
  const color = {
    field: 'group',
    type: 'nominal' as const,
    scale: colourScale(groups),
    sort: labelsOf(groups),
    legend: { title: null, orient: 'top' as const, columns: layout.width < 500 ? 3 : 0 },
  };
  const height = 260;
  const info: ColumnInfo = { name: 'step', title: 'training step', unit: 'number', digits: 0, better: 'less' };
  return figureOf({
    name: 'steps-to-modes',
    section: 'modes',
    title: 'Steps until so many modes were reached',
    alt: `For each method a line over the ${counted.title}: the training step of the first evaluation that counted so many, mean over seeds, in a band from the earliest to the latest seed.`,
    note: `First evaluation that counted so many; a mode that is lost again has been reached all the same. Lines: mean over finished seeds; bands: earliest to latest seed. A line ends at the most that every seed has reached.${averageNote(groups)}${settingsNote(data)}`,
    spec: { width: layout.width - 80, height, layer: bandLayers(lines, { info, x, y, color, height, isMarked: true }) },
  });
}

/** For 1, 2 … modes, as far as every seed came: the steps at which they were first counted. */
function stepsTo(group: Group, { name }: ColumnInfo, all: number): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (let modes = 1; modes <= all; modes++) {
    const steps = shown(group).map((trial) => firstStep(trial, name, modes));
    if (steps.length === 0 || !steps.every(Number.isFinite)) break;
    points.push({ at: modes, found: new Statistic(steps) });
  }
  return points;
}

const firstStep = ({ history }: ReportTrial, name: string, modes: number): number =>
  history.find(({ values }) => (values[name] ?? Number.NaN) >= modes)?.step ?? Number.NaN;
