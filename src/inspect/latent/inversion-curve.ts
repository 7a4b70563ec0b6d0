/** Draws the errors of an inversion by iteration. */
import type { TopLevelSpec } from 'vega-lite';
import { methodColours } from '../../summary/palette.ts';
import type { Inversion, StartName } from './invert.ts';
import { sixDigits } from './points.ts';

/** Errors below are drawn at this: a logarithmic axis has no zero. */
const least = 1e-8;
/** 0.000001 as 1e-6. */
const labelExpr = "format(datum.value, datum.value < 0.001 ? '.0e' : '~r')";
/** Points of a curve. */
const mostPoints = 150;

const colours = { random: methodColours.gan, encoder: methodColours['bigan-pgp'] } as const;

/** A panel for the pixels and one for the features: a thin line a picture, a bold one for their mean. */
export function curveFigure(inversions: readonly Inversion[], distance: string): TopLevelSpec {
  const panels = [
    { title: distance, of: ({ pixel }: Inversion) => pixel },
    ...(inversions.some(({ feature }) => feature)
      ? [{ title: 'squared feature distance, relative', of: ({ feature }: Inversion) => feature ?? [] }]
      : []),
  ];
  const starts = inversions.map(({ start }) => start);
  return {
    hconcat: panels.map(({ title, of }, panel) => {
      const rows = inversions.flatMap((inversion) => curveRows(inversion.start, of(inversion)));
      const encoding = {
        x: { field: 'iteration', type: 'quantitative' as const, axis: { title: 'iteration', tickCount: 5 } },
        y: {
          field: 'error',
          type: 'quantitative' as const,
          scale: { type: 'log' as const, nice: false },
          axis: { title, tickCount: 5, labelExpr },
        },
        color: {
          field: 'start',
          type: 'nominal' as const,
          legend: panel === 0 ? { title: 'start' } : null,
          scale: { domain: starts, range: starts.map((start) => colours[start]) },
        },
      };
      const line = (strokeWidth: number, strokeOpacity: number) => ({
        type: 'line' as const,
        strokeWidth,
        strokeOpacity,
      });
      return {
        width: 360,
        height: 240,
        data: { values: rows },
        layer: [
          { mark: line(0.8, 0.4), encoding: { ...encoding, detail: { field: 'picture' } } },
          {
            transform: [{ aggregate: [{ op: 'mean', field: 'error', as: 'error' }], groupby: ['iteration', 'start'] }],
            mark: line(2.4, 1),
            encoding,
          },
        ],
      };
    }),
    resolve: { legend: { color: 'independent' } },
  };
}

function curveRows(start: StartName, curve: readonly Float32Array[]) {
  const stride = Math.max(1, Math.ceil(curve.length / mostPoints));
  return curve.flatMap((errors, iteration) =>
    iteration % stride === 0 || iteration === curve.length - 1
      ? Array.from(errors, (error, picture) => ({
          iteration,
          picture,
          start,
          error: sixDigits(Math.max(least, error)),
        }))
      : [],
  );
}
