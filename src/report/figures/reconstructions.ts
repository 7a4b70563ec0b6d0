/** Draws what encoder and generator make of real points: x joined to G(E(x)). For methods with both. */
import { truth } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { ReportData, ReportTrial } from '../report-data.ts';
import { colourScale, figureOf, labelsOf, noiseNote, panels, panelsOf, samplesNote } from './chart.ts';
import { cell, extent, lists, placeIn, type Region, regionOf, rowsOf, truthLayers } from './plane.ts';
import { planeView } from './principal-plane.ts';
import { panelsWith } from './seed-choice.ts';

const most = 200;

/** In the plane: a line from each real point to its reconstruction. In one dimension: G(E(x)) against x. */
export function reconstructionsFigure(data: ReportData, layout: Layout): Figure | undefined {
  const chosen = panelsWith(data, isReconstructed);
  if (chosen === undefined) return undefined;
  const { groups, choice } = chosen;
  const view = planeView(chosen.first.truth, groups.flatMap(choice.of));
  const dataset = view?.truth ?? chosen.first.truth;
  if (dataset.dim > 2) return undefined;
  const plane = dataset.dim === 2;
  const { columns, size } = panels(layout, groups.length, { least: 120, most: 3 });
  const names: Record<string, string> = plane
    ? { x: 'x0', y: 'x1', rx: 'reconstructed0', ry: 'reconstructed1' }
    : { x: 'x0', y: 'reconstructed0' };
  const values = groups.flatMap((group) =>
    choice.of(group).flatMap(({ seed, samples: table }) => {
      if (table === undefined) return [];
      const samples = view?.see(table) ?? table;
      return [{ group: group.label, seed, ...lists(samples, rowsOf(samples, 'real', most), names) }];
    }),
  );
  const region = plane ? regionOf(dataset) : lineRegion(extent(dataset, 0));
  const place = placeIn(region);
  const color = { field: 'group', type: 'nominal' as const, scale: colourScale(groups), legend: null };
  const transform = [...choice.filter, { flatten: Object.keys(names) }];
  const tooltip = Object.keys(names).map((field) => ({
    field,
    type: 'quantitative' as const,
    title: names[field] ?? field,
  }));
  return figureOf({
    name: 'reconstructions',
    section: 'samples',
    title: 'Reconstructions joined to their originals',
    alt: plane
      ? 'For each method with an encoder: real points in grey, each joined by a line to its reconstruction G(E(x)) in colour.'
      : 'For each method with an encoder: the reconstruction G(E(x)) against x; a perfect one lies on the diagonal.',
    note: plane
      ? `${most} real points (grey) joined to G(E(x)) (colour): short lines are good ones.${view?.caption ?? ''}${choice.omitted}${noiseNote(data)}${samplesNote(data)}`
      : `${most} real points: G(E(x)) against x. On the diagonal a reconstruction is perfect.${choice.omitted}${noiseNote(data)}${samplesNote(data)}`,
    spec: {
      params: choice.params,
      data: { values },
      ...panelsOf(labelsOf(groups), columns),
      spec: {
        width: size,
        height: size,
        layer: plane
          ? [
              ...truthLayers(dataset, region, size, place),
              {
                transform,
                mark: { type: 'rule', strokeOpacity: 0.45, strokeWidth: 1, clip: true },
                encoding: { ...place, x2: { field: 'rx' }, y2: { field: 'ry' }, color },
              },
              {
                transform,
                mark: { type: 'circle', size: 10, color: truth, fillOpacity: 0.9, clip: true },
                encoding: place,
              },
              {
                transform,
                mark: { type: 'circle', size: 14, fillOpacity: 0.85, clip: true },
                encoding: { x: { ...place.x, field: 'rx' }, y: { ...place.y, field: 'ry' }, color, tooltip },
              },
            ]
          : [
              {
                data: { values: [{ x: region.x[0], y: region.y[0], x2: region.x[1], y2: region.y[1] }] },
                mark: { type: 'rule', color: truth, strokeDash: [4, 3] },
                encoding: { ...titled(place), x2: { field: 'x2' }, y2: { field: 'y2' } },
              },
              {
                transform,
                mark: { type: 'circle', size: 18, fillOpacity: 0.6, clip: true },
                encoding: { ...titled(place), color, tooltip },
              },
            ],
      },
    },
  });
}

function titled({ x, y }: ReturnType<typeof placeIn>) {
  return {
    x: { ...x, axis: { ...x.axis, title: 'x' } },
    y: { ...y, axis: { ...y.axis, title: 'G(E(x))' } },
  };
}

function lineRegion({ low, high }: { low: number; high: number }): Region {
  return { x: [low, high], y: [low, high] };
}

/** Whether any real point of a trial has a reconstruction. */
function isReconstructed({ samples }: ReportTrial): boolean {
  const [row] = rowsOf(samples, 'real', 1);
  return samples !== undefined && row !== undefined && Number.isFinite(cell(samples, 'reconstructed0', row));
}
