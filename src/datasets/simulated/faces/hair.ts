/** Draws hair behind and in front of the head. */
import { band, oval, smooth } from '../outlines.ts';
import { lit, mix } from '../raster.ts';
import { corners, type Sketch } from './sketch.ts';

/** What hangs behind the neck, drawn before the shoulders and the head. */
export function drawHairBehind({ sitter, fill, lean }: Sketch): void {
  const { width: w, height: h, hair, has, curls } = sitter;
  if (!has['long hair']) return;
  const wide = curls ? 1.5 : 1.28;
  const back = lean(-1) * 1.4;
  const outline = smooth(
    corners(
      [back, -1.1 * h],
      [back + wide * 0.8 * w, -0.85 * h],
      [back + wide * w, -0.1 * h],
      [back + wide * 1.06 * w, 0.7 * h],
      [back + wide * 0.98 * w, 1.32 * h],
      [back + 0.3 * w, 1.42 * h],
      [back - 0.3 * w, 1.42 * h],
      [back - wide * 0.98 * w, 1.32 * h],
      [back - wide * 1.06 * w, 0.7 * h],
      [back - wide * w, -0.1 * h],
      [back - wide * 0.8 * w, -0.85 * h],
    ),
  );
  fill(outline, {
    kind: 'linear',
    from: lit(hair, 0.95),
    to: lit(hair, 0.62),
    start: [0, -0.6 * h],
    end: [0, 1.3 * h],
  });
}

/** The cap of hair over the forehead and the temples, and the strands beside a face with long hair. */
export function drawHair(sketch: Sketch): void {
  const { sitter, fill, across, lean } = sketch;
  const { width: w, height: h, hair, has, parting, fringe, curls } = sitter;
  const out = (x: number, v: number): readonly [number, number] => [x * w + 1.5 * lean(Math.min(v, -0.4)), v * h];
  const line = (angle: number, v: number): readonly [number, number] => {
    const x = across(angle);
    return [Math.max(lean(v) - 0.93 * w, Math.min(lean(v) + 0.93 * w, x)), v * h]; // a turned head has hair inside its edge
  };
  const bulk = (curls ? 1.2 : 1.07) + (has['long hair'] ? 0.06 : 0);
  const forehead = fringe === 'straight' ? -0.36 : fringe === 'high' ? -0.66 : -0.55;
  const low = fringe === 'swept' ? 0.2 : 0.02;
  const temple = has.hat ? 0.82 : 0.98; // enough of it shows below a hat
  const p = parting;
  const inner = [
    line(temple + 0.22, 0),
    line(temple, -0.3),
    line(0.62, forehead + (p > 0 ? low : 0)),
    line(0.2, forehead - 0.03),
    line(-0.2, forehead - 0.03),
    line(-0.62, forehead + (p < 0 ? low : 0)),
    line(-temple, -0.3),
    line(-temple - 0.22, 0),
  ];
  const cap = smooth(
    corners(
      out(-1, 0.14),
      out(-bulk, -0.3),
      out(-0.88 * bulk, -0.78),
      out(-0.42 * bulk, -1.08 - (curls ? 0.08 : 0)),
      out(0.1 * p, -1.13 - (curls ? 0.1 : 0)),
      out(0.42 * bulk, -1.08 - (curls ? 0.08 : 0)),
      out(0.88 * bulk, -0.78),
      out(bulk, -0.3),
      out(1, 0.14),
      ...inner,
    ),
  );
  fill(cap, {
    kind: 'linear',
    from: mix(hair, [1, 1, 1], 0.1),
    to: lit(hair, 0.8),
    start: [-0.5 * p * w, -h],
    end: [0.6 * p * w, 0],
  });
  if (curls) drawCurls(sketch);
  // a shine along the comb
  const shine = lean(-1);
  fill(band([shine - 0.55 * w, -0.72 * h], [shine, -1.02 * h], [shine + 0.55 * w, -0.72 * h], [0, 0.14 * w, 0]), {
    kind: 'flat',
    colour: mix(hair, [1, 1, 1], 0.5),
    opacity: 0.3,
  });
  if (has['long hair']) drawStrands(sketch);
}

/** Curls around the head, from ear to ear. */
function drawCurls({ sitter, fill, lean }: Sketch): void {
  const { width: w, height: h, hair, has, yaw } = sitter;
  const count = 13;
  for (let curl = 0; curl < count; curl++) {
    const angle = Math.PI * (0.96 + (1.08 * curl) / (count - 1));
    if (has.turned && Math.cos(angle) * yaw > 0.3 && Math.sin(angle) > -0.35) continue; // would hang before the face
    const x = 1.06 * w * Math.cos(angle) + 1.5 * lean(-0.7);
    const y = (1.06 * Math.sin(angle) - 0.08) * h;
    fill(oval(x, y, 0.24 * w, 0.19 * h, 0, 16), { kind: 'flat', colour: lit(hair, curl % 2 === 0 ? 0.94 : 1.06) });
  }
}

/** Strands of long hair that fall over the edges of the face. */
function drawStrands({ sitter, fill, lean, across }: Sketch): void {
  const { width: w, height: h, hair } = sitter;
  for (const side of [-1, 1]) {
    if (sitter.has.turned && side * sitter.yaw > 0) continue; // behind the head
    const back = lean(-1) * 1.4;
    const x = across(side * 1.15);
    const outer = back + side * 1.26 * w;
    fill(
      smooth(
        corners(
          [x * 0.9, -0.62 * h],
          [(x + outer) / 2, -0.7 * h],
          [outer, -0.1 * h],
          [outer * 1.04, 0.7 * h],
          [outer * 0.96, 1.34 * h],
          [x * 0.5 + outer * 0.3, 1.2 * h],
          [x * 0.98, 0.7 * h],
          [x * 1.02, 0.1 * h],
        ),
      ),
      { kind: 'linear', from: hair, to: lit(hair, 0.74), start: [0, -0.6 * h], end: [0, 1.3 * h] },
    );
  }
}
