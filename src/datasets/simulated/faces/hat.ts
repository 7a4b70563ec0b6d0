/** Draws hats: with a brim, or woollen. They sit above the brows, over hair that shows below them. */
import { band, oval, smooth } from '../outlines.ts';
import { lit, mix } from '../raster.ts';
import { corners, type Sketch } from './sketch.ts';

export function drawHat({ sitter, fill, lean }: Sketch): void {
  const { width: w, height: h, hat, hatKind, skin } = sitter;
  const x = lean(-0.8);
  fill(oval(x, -0.42 * h, 0.92 * w, 0.14 * h), { kind: 'flat', colour: lit(skin, 0.5), opacity: 0.5 });
  const dome = (wide: number, top: number): readonly number[] =>
    smooth(
      corners(
        [x - wide * w, -0.48 * h],
        [x - wide * 0.98 * w, -0.85 * h],
        [x - wide * 0.62 * w, top * h],
        [x + wide * 0.62 * w, top * h],
        [x + wide * 0.98 * w, -0.85 * h],
        [x + wide * w, -0.48 * h],
      ),
    );
  const cloth = {
    kind: 'linear',
    from: mix(hat, [1, 1, 1], 0.15),
    to: lit(hat, 0.7),
    start: [x - w, -h],
    end: [x + w, -0.4 * h],
  } as const;
  if (hatKind === 'brim') {
    fill(dome(0.98, -1.36), cloth);
    fill(band([x - w, -0.56 * h], [x, -0.44 * h], [x + w, -0.56 * h], [0.16 * h, 0.18 * h, 0.16 * h]), {
      kind: 'flat',
      colour: lit(hat, 0.4),
    });
    fill(oval(x, -0.46 * h, 1.56 * w, 0.13 * h), { ...cloth, to: lit(hat, 0.8) });
    return;
  }
  fill(oval(x, -1.36 * h, 0.22 * w, 0.17 * h), { kind: 'flat', colour: [0.93, 0.92, 0.9] });
  fill(dome(1.08, -1.32), cloth);
  fill(band([x - 1.14 * w, -0.5 * h], [x, -0.4 * h], [x + 1.14 * w, -0.5 * h], [0.26 * h, 0.3 * h, 0.26 * h]), {
    kind: 'flat',
    colour: mix(hat, [1, 1, 1], 0.75),
  });
}
