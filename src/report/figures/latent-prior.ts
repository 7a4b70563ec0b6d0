/** Draws a histogram of every latent dimension of E(x) against the prior's density. */
import { mean } from '../../base/statistics.ts';
import { strong } from '../../summary/palette.ts';
import type { Figure, Layout } from '../figure.ts';
import type { Group, ReportData } from '../report-data.ts';
import { colourScale, compared, figureOf, labelsOf, noiseNote, type Row, rounded, settingsNote } from './chart.ts';
import { isEncoded, latentExtent, priorDensity } from './latent.ts';
import { shown } from './learning-curve.ts';
import { cell, rowsOf } from './plane.ts';

const bins = 24;
const mostDimensions = 4;

/** Rows: methods, columns: latent dimensions; density over seeds as bars, the prior's as a line. */
export function latentPriorFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const groups = main.filter(({ trials }) => trials.some(isEncoded));
  const [first] = groups;
  if (first === undefined) return undefined;
  const { latent } = first.spec;
  const dimensions = Math.min(latent.dim, mostDimensions);
  const { low, high } = latentExtent(latent);
  const width = Math.min(400, Math.floor((layout.width - 56) / dimensions) - 12);
  const rows = groups.flatMap((group) =>
    Array.from({ length: dimensions }, (_, axis) => histogram(group, axis, low, high)).flat(),
  );
  const prior: Row[] = Array.from({ length: 161 }, (_, index) => {
    const z = low + ((high - low) * index) / 160;
    return { z: rounded(z), density: rounded(priorDensity(latent, z)) };
  });
  const x = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false },
    axis: { title: 'E(x)', tickCount: 5 },
  });
  const y = { type: 'quantitative' as const, axis: { title: 'density', tickCount: 3 } };
  return figureOf({
    name: 'latent-prior',
    section: 'samples',
    title: 'E(x) against the prior',
    alt: 'Histograms of the codes E(x) of real points in every latent dimension, for each method with an encoder, with the density of the prior as a line.',
    note: `Bars: density of E(x), mean over seeds; line: the prior (${latent.kind === 'normal' ? `normal, σ ${latent.std}` : `uniform from ${latent.low} to ${latent.high}`}). Codes outside the frame are counted in no bar.${noiseNote(data)}${settingsNote(data)}`,
    spec: {
      data: { values: rows },
      facet: {
        row: {
          field: 'group',
          type: 'nominal',
          sort: labelsOf(groups),
          header: { title: null, labelAngle: 0, labelOrient: 'top', labelAnchor: 'start' },
        },
        column: { field: 'dimension', type: 'nominal', header: { title: null, labelFontWeight: 'normal' } },
      },
      spacing: 12,
      spec: {
        width,
        height: 84,
        layer: [
          {
            mark: { type: 'bar', fillOpacity: 0.75, binSpacing: 0 },
            encoding: {
              x: { ...x('from'), bin: 'binned' },
              x2: { field: 'to' },
              y: { ...y, field: 'density' },
              color: { field: 'group', type: 'nominal', scale: colourScale(groups), legend: null },
              tooltip: [
                { field: 'group', type: 'nominal', title: 'method' },
                { field: 'from', type: 'quantitative', format: '.2f' },
                { field: 'to', type: 'quantitative', format: '.2f' },
                { field: 'density', type: 'quantitative', format: '.3f' },
                { field: 'lowest', type: 'quantitative', title: 'lowest seed', format: '.3f' },
                { field: 'highest', type: 'quantitative', title: 'highest seed', format: '.3f' },
              ],
            },
          },
          {
            data: { values: prior },
            mark: { type: 'line', color: strong, strokeWidth: 1.5 },
            encoding: { x: x('z'), y: { ...y, field: 'density' } },
          },
        ],
      },
    },
  });
}

function histogram(group: Group, axis: number, low: number, high: number): Row[] {
  const width = (high - low) / bins;
  const densities = shown(group)
    .filter(isEncoded)
    .flatMap(({ samples }) => {
      if (samples === undefined) return [];
      const rows = rowsOf(samples, 'real', Number.POSITIVE_INFINITY);
      const counts = new Array<number>(bins).fill(0);
      for (const row of rows) {
        const bin = Math.floor((cell(samples, `z${axis}`, row) - low) / width);
        if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1;
      }
      return [counts.map((count) => count / (rows.length * width))];
    });
  return Array.from({ length: bins }, (_, bin) => {
    const values = densities.map((density) => density[bin] ?? 0);
    return {
      group: group.label,
      dimension: `z${axis}`,
      from: rounded(low + bin * width),
      to: rounded(low + (bin + 1) * width),
      density: rounded(mean(values)),
      lowest: rounded(Math.min(...values)),
      highest: rounded(Math.max(...values)),
    };
  });
}
