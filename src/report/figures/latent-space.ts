/** Draws where the encoder puts each mode: E(x) coloured by the mode of x, beside the data in the same colours. */
import { priorCard } from '../../priors/prior.ts';
import { faint } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { compared, figureOf, noiseNote, ownAxes, panels, rounded, settingsNote } from './chart.ts';
import { type Classes, classesOf, isEncoded, latentExtent } from './latent.ts';
import { cell, extent, lists, regionOf, rowsOf } from './plane.ts';
import { seedChoice } from './seed-choice.ts';

const most = 600;

/** A panel a method: codes of real points in the latent's first two dimensions (against x for a 1-D latent). */
export function latentSpaceFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const groups = main.filter(({ trials }) => trials.some(isEncoded));
  const [first] = groups;
  const dataset = first?.truth;
  if (first === undefined || dataset === undefined) return undefined;
  const { latent } = first.spec;
  const flat = latent.dim === 1;
  const key = dataset.dim === 2;
  const classes = classesOf(dataset);
  const choice = seedChoice(groups, isEncoded);
  const { columns, size } = panels(layout, groups.length + (key ? 1 : 0), { least: 110, most: 4, own: true });
  const color = {
    field: 'class',
    type: 'ordinal' as const,
    scale: { domain: classes.colours.map((_, index) => index), range: [...classes.colours] },
    legend: null,
  };
  const transform = (fields: string[]) => [...choice.filter, { flatten: fields }];
  const bounds = latentExtent(latent);
  const z = (field: string, title: string) => axisOf(field, title, bounds);
  const x = (axis: 0 | 1) => {
    const range = key
      ? { low: regionOf(dataset)[axis === 0 ? 'x' : 'y'][0], high: regionOf(dataset)[axis === 0 ? 'x' : 'y'][1] }
      : extent(dataset, 0);
    return axisOf(`x${axis}`, `x${axis}`, range);
  };
  const card = priorCard(latent);
  const box = card.blocks(latent) === 1 ? card.bounds(latent) : undefined;
  const mark = { type: 'circle' as const, size: 12, fillOpacity: 0.8, clip: true };
  const noun = dataset.modes ? 'mode' : 'place on the curve';
  const panel = (group: Group) => ({
    title: group.label,
    width: size,
    height: size,
    layer: [
      ...(box ? [priorBox(box.low, box.high, flat, z('low', 'z0'))] : []),
      {
        data: { values: codes(group, choice.of(group), classes, dataset.dim) },
        transform: transform(['x0', ...(key ? ['x1'] : []), 'z0', ...(flat ? [] : ['z1']), 'class']),
        mark,
        encoding: {
          x: flat ? { ...x(0), axis: { ...x(0).axis, title: 'x' } } : z('z0', 'z0'),
          y: flat ? z('z0', 'E(x)') : z('z1', 'z1'),
          color,
          tooltip: ['z0', ...(flat ? [] : ['z1']), 'x0', ...(key ? ['x1'] : []), 'class'].map((field) => ({
            field,
            type: 'quantitative' as const,
            ...(field === 'class' && { title: noun }),
          })),
        },
      },
    ],
  });
  const [keyGroup = first] = groups;
  return figureOf({
    name: 'latent-space',
    section: 'samples',
    title: `Latent space, coloured by ${noun}`,
    alt: `Codes E(x) of real points for each method with an encoder, coloured by the ${noun} of x; well kept apart where every colour has its own place.`,
    note: `E(x) of ${most} real points${latent.dim > 2 ? ', first two dimensions' : ''}${key ? '; the first panel shows the data in the same colours' : ''}${box ? '; box: the bounds of the prior' : ''}.${choice.omitted}${noiseNote(data)}${settingsNote(data)}`,
    spec: {
      params: choice.params,
      concat: [
        ...(key
          ? [
              {
                title: 'data',
                width: size,
                height: size,
                data: { values: codes(keyGroup, choice.of(keyGroup), classes, dataset.dim) },
                transform: transform(['x0', 'x1', 'class']),
                mark,
                encoding: { x: x(0), y: x(1), color },
              },
            ]
          : []),
        ...groups.map(panel),
      ],
      columns,
      ...ownAxes,
    },
  });
}

function axisOf(field: string, title: string, { low, high }: { low: number; high: number }) {
  return {
    field,
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false },
    axis: { title, tickCount: 5, titlePadding: 2 },
  };
}

/** Where the prior has its mass. */
function priorBox(low: number, high: number, flat: boolean, axis: ReturnType<typeof axisOf>) {
  const mark = { type: 'rect' as const, filled: false, stroke: faint, strokeWidth: 1.5 };
  const y = { ...axis, field: 'low', axis: { ...axis.axis, title: flat ? 'E(x)' : 'z1' } };
  return {
    data: { values: [{ low, high }] },
    mark,
    encoding: flat ? { y, y2: { field: 'high' } } : { x: axis, x2: { field: 'high' }, y, y2: { field: 'high' } },
  };
}

function codes(group: Group, trials: readonly ReportTrial[], classes: Classes, dim: number) {
  const names = Object.fromEntries([
    ...Array.from({ length: dim }, (_, axis) => [`x${axis}`, `x${axis}`]),
    ...Array.from({ length: Math.min(2, group.spec.latent.dim) }, (_, axis) => [`z${axis}`, `z${axis}`]),
  ]) as Record<string, string>; // fromEntries forgets that values are strings
  return trials.flatMap(({ seed, samples }) => {
    if (samples === undefined) return [];
    const rows = rowsOf(samples, 'real', most);
    const classOf = (row: number) =>
      classes.of(
        Array.from({ length: dim }, (_, axis) => cell(samples, `x${axis}`, row)),
        cell(samples, 'mode', row),
      );
    return [{ seed, ...lists(samples, rows, names), class: rows.map((row) => rounded(classOf(row))) }];
  });
}
