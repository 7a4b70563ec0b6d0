/**
 * Draws solids extruded from a side view: bodies of vehicles, boxes of buildings. Faces are drawn from far to near, each
 * lit by the sun. Solids do not intersect.
 */
import { hull } from '../outlines.ts';
import { type Canvas, type Colour, fill, lit } from '../raster.ts';
import { camera, projected } from './camera.ts';
import { dot, type Place, unit } from './vectors.ts';

/** Towards the sun. Shadows fall towards the lower left of the picture. */
export const sun = unit([0.62, 0.34, 1]);
/** What a shadow is painted with. */
export const shadow = { kind: 'flat', colour: [0.06, 0.07, 0.1] } as const;
const ambient = 0.6;
const direct = 0.5;

/** Where a solid stands: its own frame has s forward, w to the left, z up. */
export interface Stand {
  readonly x: number;
  readonly y: number;
  /** Of the s axis against the world's x, radians. */
  readonly heading: number;
}

/** Corners seen from the side: s₀, z₀, s₁, z₁, …, metres. */
export type SideView = readonly number[];

export interface Panel {
  readonly corners: SideView;
  readonly colour: Colour;
}

export interface Solid {
  /** From the rear bottom over the top to the front bottom. */
  readonly profile: SideView;
  readonly half: number;
  /** Above `waist` the sides lean in, to `half` at the waist and `top` at the highest corner. */
  readonly waist?: number;
  readonly top?: number;
  readonly colour: Colour;
  /** Colours of faces by their place along the profile, where they differ from the solid's. */
  readonly faces?: Readonly<Record<number, Colour>>;
  /** Drawn on both sides: windows, wheels, lamps. */
  readonly sides?: readonly Panel[];
}

/** A corner of a solid in the world. */
function inWorld(stand: Stand, s: number, w: number, z: number): Place {
  const cos = Math.cos(stand.heading);
  const sin = Math.sin(stand.heading);
  return [stand.x + s * cos - w * sin, stand.y + s * sin + w * cos, z];
}

/** Half the solid's width at height z. */
function halfAt(solid: Solid, z: number): number {
  const { half, waist, top } = solid;
  if (waist === undefined || top === undefined || z <= waist) return half;
  const roof = Math.max(...pairs(solid.profile).map((corner) => corner[1]));
  return half + ((top - half) * (z - waist)) / (roof - waist);
}

/** All corners of solids, in the world. */
function corners(solids: readonly Solid[], stand: Stand): Place[] {
  return solids.flatMap((solid) =>
    pairs(solid.profile).flatMap(([s, z]) => [
      inWorld(stand, s, halfAt(solid, z), z),
      inWorld(stand, s, -halfAt(solid, z), z),
    ]),
  );
}

/** What the solids hide of the picture, as one convex outline. */
export const silhouette = (solids: readonly Solid[], stand: Stand): readonly number[] =>
  hull(projected(corners(solids, stand)));

/** Their shadow on the ground. */
export function drawShadow(canvas: Canvas, solids: readonly Solid[], stand: Stand, opacity = 0.5): void {
  for (const solid of solids) {
    const onGround = corners([solid], stand).map(
      ([x, y, z]): Place => [x - (sun[0] / sun[2]) * z, y - (sun[1] / sun[2]) * z, 0],
    );
    const underneath = corners([solid], stand).map(([x, y]): Place => [x, y, 0]);
    fill(canvas, hull(projected([...onGround, ...underneath])), { ...shadow, opacity });
  }
}

/** Solids that stand beside or on top of one another, the hidden ones first. */
export function drawSolids(canvas: Canvas, solids: readonly Solid[], stand: Stand): void {
  const [eye] = inFrame(stand, camera.place);
  const ordered = [...solids].sort((a, b) => {
    const [a0, a1] = reach(a);
    const [b0, b1] = reach(b);
    const apart = a1 <= b0 || b1 <= a0;
    if (apart) return Math.abs((b0 + b1) / 2 - eye) - Math.abs((a0 + a1) / 2 - eye);
    return (a.profile[1] as number) - (b.profile[1] as number);
  });
  for (const solid of ordered) drawSolid(canvas, solid, stand);
}

/** From where to where along s. */
const reach = ({ profile }: Solid): Pair => [profile[0] as number, profile[profile.length - 2] as number];

function drawSolid(canvas: Canvas, solid: Solid, stand: Stand): void {
  const eye = inFrame(stand, camera.place);
  const profile = pairs(solid.profile);
  const order = profile.slice(1).map((_, f) => f);
  const middle = (f: number) => ((profile[f] as Pair)[0] + (profile[f + 1] as Pair)[0]) / 2;
  order.sort((f, g) => Math.abs(middle(g) - eye[0]) - Math.abs(middle(f) - eye[0]));
  for (const f of order) {
    const [s0, z0] = profile[f] as Pair;
    const [s1, z1] = profile[f + 1] as Pair;
    const normal = unit([z0 - z1, 0, s1 - s0]); // to the outside, as the profile runs over the top from rear to front
    if (normal[0] * (eye[0] - s0) + normal[2] * (eye[2] - z0) <= 0) continue;
    const [w0, w1] = [halfAt(solid, z0), halfAt(solid, z1)];
    const places = [
      inWorld(stand, s0, w0, z0),
      inWorld(stand, s1, w1, z1),
      inWorld(stand, s1, -w1, z1),
      inWorld(stand, s0, -w0, z0),
    ];
    face(canvas, places, solid.faces?.[f] ?? solid.colour, rotated(stand, normal));
  }
  const hand = eye[1] > 0 ? 1 : -1;
  if (Math.abs(eye[1]) <= solid.half) return;
  const outward = rotated(stand, [0, hand, 0]);
  const onSide = ([s, z]: Pair) => inWorld(stand, s, hand * halfAt(solid, z), z);
  face(canvas, profile.map(onSide), solid.colour, outward);
  for (const side of solid.sides ?? []) face(canvas, pairs(side.corners).map(onSide), side.colour, outward);
}

type Pair = readonly [s: number, z: number];

/** The corners of a side view, one by one. */
const pairs = (view: SideView): Pair[] =>
  Array.from({ length: view.length / 2 }, (_, p) => [view[2 * p] as number, view[2 * p + 1] as number]);

function face(canvas: Canvas, places: readonly Place[], colour: Colour, normal: Place): void {
  const light = ambient + direct * Math.max(0, dot(normal, sun));
  fill(canvas, projected(places), { kind: 'flat', colour: lit(colour, light) });
}

/** A place in the solid's own frame. */
function inFrame(stand: Stand, [x, y, z]: Place): Place {
  const cos = Math.cos(stand.heading);
  const sin = Math.sin(stand.heading);
  return [(x - stand.x) * cos + (y - stand.y) * sin, -(x - stand.x) * sin + (y - stand.y) * cos, z];
}

function rotated(stand: Stand, [s, w, z]: Place): Place {
  const cos = Math.cos(stand.heading);
  const sin = Math.sin(stand.heading);
  return [s * cos - w * sin, s * sin + w * cos, z];
}
