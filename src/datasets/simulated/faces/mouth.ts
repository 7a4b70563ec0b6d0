/** Draws the mouth (closed or open, smiling or not, with or without lipstick) and the beard. */
import { smooth } from '../outlines.ts';
import { type Colour, lit, mix } from '../raster.ts';
import { corners, type Sketch } from './sketch.ts';

/** Of half the head's height. */
const mouthHeight = 0.58;

export function drawMouth({ sitter, fill, across }: Sketch): void {
  const { width: w, height: h, lips, skin, has, detail } = sitter;
  const reach = (has.smiling ? 0.52 : has['mouth open'] ? 0.33 : 0.42) + 0.05 * detail[3];
  const left = across(-reach);
  const right = across(reach);
  const middle = across(0) + 0.06 * w * Math.sin(sitter.yaw);
  const y = mouthHeight * h;
  const up = has.smiling ? 0.145 * h : -0.02 * h; // of the corners
  const thick = (has.lipstick ? 0.085 : 0.05) * h;
  // the inside: between the line of the upper lip and that of the lower one
  const top = has.smiling ? 0.02 * h : has['mouth open'] ? -0.1 * h : 0;
  const drop = has['mouth open'] ? (has.smiling ? 0.22 * h : 0.16 * h) : has.smiling ? 0.065 * h : 0.025 * h;
  const shape = (grow: number, above: number, below: number): readonly number[] => {
    const l = left - grow;
    const r = right + grow;
    return smooth(
      corners(
        [l, y - up],
        [(l + middle) / 2, y + top - 0.3 * up - above],
        [middle, y + top - 0.75 * above],
        [(r + middle) / 2, y + top - 0.3 * up - above],
        [r, y - up],
        [(r + middle) / 2, y - 0.2 * up + 0.75 * drop + below],
        [middle, y + drop + below],
        [(l + middle) / 2, y - 0.2 * up + 0.75 * drop + below],
      ),
    );
  };
  fill(shape(0.03 * w, 0.9 * thick, 1.15 * thick), {
    kind: 'linear',
    from: lit(lips, 0.86),
    to: lit(lips, 1.06),
    start: [0, y],
    end: [0, y + drop + thick],
  });
  const inside: Colour = has['mouth open'] ? [0.28, 0.06, 0.07] : mix(lit(skin, 0.35), lit(lips, 0.45), 0.5);
  fill(shape(0, 0, 0), { kind: 'flat', colour: inside });
  if (!has['mouth open']) return;
  const teeth = has.smiling ? 0.1 * h : 0.055 * h;
  const inset = (has.smiling ? 0.07 : 0.1) * w;
  const rim = 0.012 * h;
  fill(
    smooth(
      corners(
        [left + inset, y - (has.smiling ? 0.72 * up : -0.3 * top) + rim],
        [(left + middle) / 2, y + top - 0.3 * up + rim],
        [middle, y + top + rim],
        [(right + middle) / 2, y + top - 0.3 * up + rim],
        [right - inset, y - (has.smiling ? 0.72 * up : -0.3 * top) + rim],
        [(right + middle) / 2, y + top - 0.2 * up + 0.75 * teeth],
        [middle, y + top + teeth],
        [(left + middle) / 2, y + top - 0.2 * up + 0.75 * teeth],
      ),
    ),
    { kind: 'flat', colour: [0.97, 0.96, 0.93] },
  );
}

/** From ear to ear along the jaw, over the lip; the mouth is drawn on it. Darker than the hair, so that a fair one shows. */
export function drawBeard({ sitter, fill, across, lean }: Sketch): void {
  const { width: w, height: h, hair, has, jaw, skin } = sitter;
  const natural: Colour = has.bald ? [0.2, 0.14, 0.1] : hair;
  const colour = mix(lit(natural, 0.72), lit(skin, 0.4), 0.12);
  const edge = (x: number, v: number): readonly [number, number] => [x * w * 1.03 + lean(v), v * h];
  const inner = (angle: number, v: number): readonly [number, number] => [across(angle), v * h];
  fill(
    smooth(
      corners(
        edge(-0.98, 0.02),
        edge(-0.93, 0.4),
        edge(-jaw - 0.03, 0.78),
        edge(-0.34, 1.04),
        edge(0, 1.1),
        edge(0.34, 1.04),
        edge(jaw + 0.03, 0.78),
        edge(0.93, 0.4),
        edge(0.98, 0.02),
        inner(1.05, 0.22),
        inner(0.72, 0.46),
        inner(0.35, 0.4),
        inner(0, 0.37),
        inner(-0.35, 0.4),
        inner(-0.72, 0.46),
        inner(-1.05, 0.22),
      ),
    ),
    { kind: 'linear', from: colour, to: lit(colour, 0.8), start: [0, 0.4 * h], end: [0, h] },
  );
}
