/** Pictures of figures: what lies outside of them does not end the process, and no pixel changes by what prevents it. */
import { Resvg } from '@resvg/resvg-js';
import { expect, it } from 'vitest';
import { compileFigure, pngOf, rasterised, svgOf } from '../../src/report/render.ts';
import { grounds } from '../../src/summary/palette.ts';

/** A plot of [0, 1]², clipped, with its axes. */
const plot = (points: readonly { readonly x: number; readonly y: number }[], type: 'circle' | 'line' | 'rule') =>
  svgOf(
    compileFigure({
      data: { values: [...points] },
      mark: { type, clip: true, opacity: 1, fillOpacity: 0.5 },
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: { domain: [0, 1] } },
        y: { field: 'y', type: 'quantitative', scale: { domain: [0, 1] } },
      },
    }),
  );

it.each(['circle', 'line', 'rule'] as const)(
  'a clipped %s far outside of the picture leaves it empty',
  async (type) => {
    const far = [1e3, 1e6].map((x) => ({ x, y: -x }));
    const empty = Buffer.from(pngOf(await plot([], type)));
    expect(empty.equals(pngOf(await plot(far, type)))).toBe(true);
  },
);

it('what is inside has the pixels that it has without a guard', async () => {
  const svg = await plot(
    [0.1, 0.5, 0.9, 1.02].map((x) => ({ x, y: x * x })),
    'circle',
  );
  expect(svg).toMatch(/<g [^>]*clip-path=/);
  const options = { background: grounds.light, font: { loadSystemFonts: true } };
  expect(Buffer.from(new Resvg(svg, options).render().pixels).equals(rasterised(svg, 1).pixels)).toBe(true);
});
