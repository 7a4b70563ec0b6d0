/** Draws the backdrop, shoulders, neck, ears, head and nose, with shading. */
import { band, oval, smooth } from '../outlines.ts';
import { type Colour, lit, mix } from '../raster.ts';
import { corners, type Sketch } from './sketch.ts';

export function drawBackdrop({ sitter: { backdrop }, fill }: Sketch): void {
  const [above, below] = backdrop;
  const far = 2; // beyond the picture, however the head is tilted
  fill([-far, -far, far, -far, far, far, -far, far], {
    kind: 'linear',
    from: above,
    to: below,
    start: [0, -0.5],
    end: [0, 0.5],
  });
}

export function drawShoulders({ sitter, fill }: Sketch): void {
  const { width: w, height: h, clothes, skin, masculine } = sitter;
  const neck = masculine ? 0.62 * w : 0.46 * w;
  const wide = masculine ? 2.05 * w : 1.7 * w;
  fill(
    smooth(
      corners(
        [-wide, 0.9],
        [-wide * 0.93, 1.6 * h],
        [-neck * 1.25, 1.27 * h],
        [neck * 1.25, 1.27 * h],
        [wide * 0.93, 1.6 * h],
        [wide, 0.9],
      ),
    ),
    { kind: 'linear', from: clothes, to: lit(clothes, 0.72), start: [-wide, 0], end: [wide, 0.3] },
  );
  fill(smooth(corners([-neck, 0.5 * h], [-neck, 1.2 * h], [0, 1.52 * h], [neck, 1.2 * h], [neck, 0.5 * h])), {
    kind: 'linear',
    from: lit(skin, 0.62), // the chin's shadow
    to: lit(skin, 0.92),
    start: [0, 0.98 * h],
    end: [0, 1.36 * h],
  });
}

/** Beside the head; of a turned one the ear that is seen, which stands on it. */
export function drawEars({ sitter, fill, across, lean }: Sketch): void {
  const { width: w, height: h, skin, yaw, has } = sitter;
  for (const side of [-1, 1]) {
    if (has.turned && side * yaw > 0) continue;
    const x = has.turned ? across(side * 1.42) : side * w * 0.98 + lean(0);
    fill(oval(x, 0.06 * h, 0.16 * w, 0.19 * h), { kind: 'flat', colour: lit(skin, 0.9) });
    fill(oval(x, 0.07 * h, 0.08 * w, 0.11 * h), { kind: 'flat', colour: lit(skin, 0.74) });
  }
}

function headOutline({ sitter, lean }: Sketch): readonly number[] {
  const { width: w, height: h, jaw } = sitter;
  const right: readonly (readonly [number, number])[] = [
    [0, -1],
    [0.52, -0.9],
    [0.88, -0.52],
    [0.98, -0.05],
    [0.9, 0.38],
    [jaw, 0.74],
    [0.34, 0.96],
    [0, 1],
  ];
  const left = right.slice(1, -1).reverse();
  return smooth(
    [...right.map(([x, y]) => [x, y] as const), ...left.map(([x, y]) => [-x, y] as const)].flatMap(([x, y]) => [
      x * w + lean(y),
      y * h,
    ]),
  );
}

export function drawHead(sketch: Sketch): void {
  const { sitter, fill } = sketch;
  const { width: w, height: h, skin, light } = sitter;
  const outline = headOutline(sketch);
  fill(outline, { kind: 'flat', colour: skin });
  // the side away from the light
  const dark: Colour = mix(lit(skin, 0.55), [0.3, 0.12, 0.12], 0.15);
  const away = light > 0 ? -1 : 1;
  fill(outline, {
    kind: 'linear',
    from: skin,
    to: dark,
    start: [-0.1 * away * w, -0.2 * h],
    end: [1.25 * away * w, 0.3 * h],
    opacities: [0, 0.25 + 0.45 * Math.abs(light)],
  });
  fill(oval(-away * 0.3 * w, -0.5 * h, 0.6 * w, 0.4 * h), {
    kind: 'radial',
    from: [1, 0.98, 0.94],
    to: [1, 0.98, 0.94],
    centre: [-away * 0.3 * w, -0.5 * h],
    radius: 0.55 * w,
    opacities: [0.22, 0],
  });
}

/** Cheeks, and the folds beside a smile. */
export function drawCheeks({ sitter, fill, across, squeeze }: Sketch): void {
  const { width: w, height: h, skin, has } = sitter;
  const red = mix(skin, [0.85, 0.25, 0.22], 0.5);
  for (const side of [-1, 1]) {
    const x = across(side * 0.6);
    const radius = 0.27 * w;
    fill(oval(x, 0.3 * h, radius * squeeze(side * 0.6), radius), {
      kind: 'radial',
      from: red,
      to: red,
      centre: [x, 0.3 * h],
      radius,
      opacities: [has.smiling ? 0.55 : 0.25, 0],
    });
    if (has.smiling)
      fill(
        band(
          [across(side * 0.3), 0.24 * h],
          [across(side * 0.62), 0.34 * h],
          [across(side * 0.6), 0.56 * h],
          [0, 0.07 * w, 0],
        ),
        {
          kind: 'flat',
          colour: lit(skin, 0.66),
          opacity: 0.5,
        },
      );
  }
}

export function drawNose({ sitter, fill, across }: Sketch): void {
  const { width: w, height: h, skin, light, yaw, detail, has } = sitter;
  const wide = (0.15 + 0.08 * detail[2]) * w;
  const tip = across(0) + 0.16 * w * Math.sin(yaw);
  const bridge = across(0);
  const away = has.turned ? Math.sign(-yaw) : light > 0 ? -1 : 1;
  fill(
    smooth(
      corners(
        [bridge + away * 0.05 * w, -0.08 * h],
        [tip + away * 0.08 * w, 0.14 * h],
        [tip + away * wide, 0.26 * h],
        [tip, 0.33 * h],
        [tip + away * 0.02 * w, 0.14 * h],
      ),
    ),
    { kind: 'flat', colour: lit(skin, 0.72), opacity: 0.8 },
  );
  fill(oval(tip - away * 0.03 * w, 0.2 * h, 0.06 * w, 0.07 * h), {
    kind: 'flat',
    colour: [1, 0.97, 0.92],
    opacity: 0.22,
  });
  fill(band([tip - wide, 0.27 * h], [tip, 0.38 * h], [tip + wide, 0.27 * h], [0.03 * w, 0.07 * w, 0.03 * w]), {
    kind: 'flat',
    colour: lit(skin, 0.55),
    opacity: 0.85,
  });
}
