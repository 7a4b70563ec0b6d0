/**
 * Colours the ground: worn asphalt, markings, kerbs, paving, grass, in full light without shadows. Defines the sizes of
 * the roads; the lanes are in `lanes.ts`.
 */
import { type Colour, lit, mix } from '../raster.ts';
import type { Texture } from './texture.ts';

/** Half the width of both roads, metres. */
export const roadHalf = 3.9;
/** Metres of a lane's middle from the road's. */
export const laneMiddle = 1.95;
/** Radius of the kerb at the corners. */
const corner = 3.4;
/** Zebra crossings and stop lines, metres from the middle of the intersection. */
const zebra = { from: 5.6, to: 8 } as const;
export const stopLine = 8.9;

const asphalt: Colour = [0.37, 0.375, 0.385];
const paint: Colour = [0.86, 0.86, 0.83];
const yellow: Colour = [0.8, 0.66, 0.3];
const kerb: Colour = [0.66, 0.65, 0.62];
const paving: Colour = [0.57, 0.545, 0.51];
const grass: Colour = [0.33, 0.42, 0.23];

/** The colour at (x, y), metres from the middle of the intersection. */
export function groundColour(x: number, y: number, texture: Texture): Colour {
  const off = fromRoad(x, y);
  if (off < 0) return road(x, y, off, texture);
  if (off < 0.35) return lit(kerb, 1 + 0.05 * texture(3 * x, 3 * y));
  if (off < 2.6 || y < 0) return pavement(x, y, texture);
  const patches = 0.5 * texture(0.35 * x, 0.35 * y) + 0.35 * texture(1.3 * x, 1.3 * y) + 0.35 * texture(4 * x, 4 * y);
  return lit(mix(grass, [0.46, 0.45, 0.27], 0.3 + 0.3 * texture(0.2 * x + 9, 0.2 * y)), 1 + 0.14 * patches);
}

/** Metres from the nearest road, negative on it. The roads' corners are rounded. */
function fromRoad(x: number, y: number): number {
  const beyondSide = Math.abs(x) - roadHalf;
  const beyondMain = Math.abs(y) - roadHalf;
  if (beyondSide < corner && beyondMain < corner && beyondSide > 0 && beyondMain > 0)
    return corner - Math.sqrt((corner - beyondSide) ** 2 + (corner - beyondMain) ** 2);
  return Math.min(beyondSide, beyondMain);
}

function road(x: number, y: number, off: number, texture: Texture): Colour {
  const along = Math.max(Math.abs(x), Math.abs(y));
  const aside = Math.min(Math.abs(x), Math.abs(y));
  const inLane = Math.abs(aside - laneMiddle);
  const grain = 0.5 * texture(5 * x, 5 * y) + 0.45 * texture(0.6 * x, 0.6 * y) + 0.35 * texture(0.17 * x + 5, 0.17 * y);
  // tyres polish two tracks, oil darkens the middle of a lane, dust gathers at the kerb
  const wear = 0.05 * bump((inLane - 0.8) / 0.4) - 0.06 * bump(inLane / 0.45) + (off > -0.6 ? 0.05 : 0);
  let colour = lit(asphalt, 1 + 0.09 * grain + wear);
  if (x > -15 && x < -11.5 && y > -3.4 && y < -0.8) colour = lit(colour, 0.84); // mended
  if (x > 2 && x < 3.6 && y > 12 && y < 19) colour = lit(colour, 0.87);
  if ((x - 0.9) ** 2 + (y - 1.1) ** 2 < 0.3) colour = lit(colour, 0.62); // manhole
  const worn = 0.88 + 0.2 * texture(2.2 * x, 2.2 * y);
  const marked = marking(x, y, along, aside);
  return marked === undefined ? colour : mix(colour, marked, Math.min(1, worn));
}

/** Paint at a place on the road, where there is some. */
function marking(x: number, y: number, along: number, aside: number): Colour | undefined {
  const onMain = Math.abs(x) > Math.abs(y);
  if (along < zebra.from) return undefined;
  if (along < zebra.to) return aside < 3.6 && (aside + 0.3) % 1.2 < 0.62 ? paint : undefined;
  const arriving = onMain ? x * y > 0 : x * y < 0;
  if (along > stopLine - 0.4 && along < stopLine) return arriving && aside < 3.6 ? paint : undefined;
  if (along < stopLine) return undefined;
  if (onMain) return Math.abs(aside - 0.14) < 0.07 ? yellow : aside > 3.55 && aside < 3.7 ? paint : undefined;
  return aside < 0.09 && (along - stopLine) % 4 < 2.4 ? paint : undefined;
}

function pavement(x: number, y: number, texture: Texture): Colour {
  const slab = 0.07 * texture(Math.floor(x / 0.9) * 7.3 + 0.5, Math.floor(y / 0.9) * 5.7 + 0.5);
  const joint = (x + 900) % 0.9 < 0.07 || (y + 900) % 0.9 < 0.07 ? 0.86 : 1;
  return lit(paving, joint * (1 + slab + 0.05 * texture(0.5 * x, 0.5 * y)));
}

/** 1 at 0, falling to 0 at ±1. */
const bump = (t: number): number => (Math.abs(t) < 1 ? (1 - t * t) ** 2 : 0);
