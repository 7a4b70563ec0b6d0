/** Draws eyes, brows and glasses. */
import { band, oval, smooth } from '../outlines.ts';
import { type Colour, lit, mix } from '../raster.ts';
import { corners, type Sketch } from './sketch.ts';

/** Radians from the middle of the face, and share of half the head's height. */
const eyeAngle = 0.43;
const eyeHeight = -0.08;

const sides = [-1, 1] as const;

export function drawEyes(sketch: Sketch): void {
  const { sitter, fill, across, squeeze } = sketch;
  const { width: w, height: h, iris, skin, has, detail, masculine } = sitter;
  for (const side of sides) {
    const x = across(side * eyeAngle);
    const y = eyeHeight * h;
    const rx = (0.225 + 0.04 * detail[0]) * w * squeeze(side * eyeAngle);
    const ry = (0.098 + 0.03 * detail[0]) * h * (has.smiling ? 0.82 : 1);
    fill(oval(x, y - 0.1 * ry, 1.25 * rx, 1.5 * ry), { kind: 'flat', colour: lit(skin, 0.7), opacity: 0.45 });
    // happy eyes: the lower lid comes up
    const lower = has.smiling ? 0.45 : 0.95;
    const lid = smooth(
      corners(
        [x - rx, y + 0.15 * ry],
        [x - 0.45 * rx, y - 0.85 * ry],
        [x + 0.45 * rx, y - 0.85 * ry],
        [x + rx, y + 0.15 * ry],
        [x + 0.4 * rx, y + lower * ry],
        [x - 0.4 * rx, y + lower * ry],
      ),
    );
    fill(lid, { kind: 'flat', colour: [0.97, 0.97, 0.96] });
    const look = x + 0.25 * rx * Math.sin(sitter.yaw);
    const radius = 0.95 * ry;
    fill(oval(look, y, Math.min(radius, 0.66 * rx), radius), { kind: 'flat', colour: iris });
    fill(oval(look, y, Math.min(0.5 * radius, 0.36 * rx), 0.5 * radius), { kind: 'flat', colour: [0.04, 0.04, 0.05] });
    fill(oval(look + 0.3 * radius, y - 0.35 * radius, 0.22 * radius, 0.22 * radius), {
      kind: 'flat',
      colour: [1, 1, 1],
    });
    const lash = (masculine ? 0.42 : 0.6) * ry;
    fill(
      band(
        [x - 1.08 * rx, y + 0.15 * ry],
        [x, y - 1.6 * ry],
        [x + 1.08 * rx, y + 0.15 * ry],
        [0.5 * lash, lash, 0.5 * lash],
      ),
      {
        kind: 'flat',
        colour: [0.1, 0.07, 0.07],
        opacity: 0.9,
      },
    );
  }
}

export function drawBrows({ sitter, fill, across }: Sketch): void {
  const { width: w, height: h, hair, has, detail, masculine } = sitter;
  const natural: Colour = has.bald ? [0.25, 0.18, 0.14] : hair;
  const colour = mix(lit(natural, 0.7), [0.16, 0.1, 0.07], 0.3);
  const thick = (masculine ? 0.13 : 0.085) * w * (0.8 + 0.5 * detail[1]);
  const y = (eyeHeight - 0.24 - (has.smiling ? 0.02 : 0)) * h;
  for (const side of sides) {
    const inner = across(side * 0.17);
    const outer = across(side * 0.76);
    fill(
      band(
        [inner, y + 0.02 * h],
        [(inner + outer) / 2, y - (0.06 + 0.07 * detail[1]) * h],
        [outer, y + 0.05 * h],
        [thick, thick, 0.3 * thick],
      ),
      {
        kind: 'flat',
        colour,
      },
    );
  }
}

/** Dark rims, wide enough for a small picture, and tinted glass. */
export function drawGlasses({ sitter, fill, across, squeeze, lean }: Sketch): void {
  const { width: w, height: h } = sitter;
  const rim: Colour = [0.07, 0.06, 0.08];
  const y = (eyeHeight + 0.03) * h;
  const thick = 0.085 * w;
  const lenses = sides.map((side) => ({
    side,
    x: across(side * 0.46),
    rx: 0.38 * w * squeeze(side * 0.46),
    ry: 0.25 * h,
  }));
  for (const { side, x, rx, ry } of lenses) {
    fill(oval(x, y, rx - thick, ry - thick), { kind: 'flat', colour: [0.25, 0.32, 0.42], opacity: 0.28 });
    // a ring: the inner oval runs the other way about, so the rule of winding leaves it out
    fill(ring(x, y, rx, ry, thick), { kind: 'flat', colour: rim });
    fill(band([x - 0.4 * rx, y + 0.1 * ry], [x, y - 0.2 * ry], [x + 0.1 * rx, y - 0.6 * ry], [0, 0.1 * w, 0]), {
      kind: 'flat',
      colour: [1, 1, 1],
      opacity: 0.3,
    });
    const end = side * w * 0.96 + lean(0);
    fill(
      band(
        [x + side * rx * 0.95, y - 0.03 * h],
        [x + side * rx, y - 0.05 * h],
        [end, y - 0.04 * h],
        [thick, thick, thick],
      ),
      {
        kind: 'flat',
        colour: rim,
      },
    );
  }
  const [left, right] = lenses as [(typeof lenses)[0], (typeof lenses)[0]]; // one for each of the two sides
  fill(
    band(
      [left.x + left.rx * 0.9, y],
      [(left.x + right.x) / 2, y - 0.12 * h],
      [right.x - right.rx * 0.9, y],
      [thick, thick, thick],
    ),
    {
      kind: 'flat',
      colour: rim,
    },
  );
}

function ring(x: number, y: number, rx: number, ry: number, thick: number): readonly number[] {
  const outer = oval(x, y, rx, ry);
  const inner = oval(x, y, Math.max(0, rx - thick), Math.max(0, ry - thick));
  const back: number[] = [];
  for (let p = inner.length - 2; p >= 0; p -= 2) back.push(inner[p] as number, inner[p + 1] as number);
  const [ox, oy] = [outer[0] as number, outer[1] as number];
  return [...outer, ox, oy, inner[0] as number, inner[1] as number, ...back];
}
