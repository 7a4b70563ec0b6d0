/**
 * Draws static objects: a building, trees, a parked car, a container, a planter, the mast of the signals. None is between
 * the camera and a lane, so vehicles are drawn over them.
 */
import type { Random } from '../../../base/random.ts';
import { oval } from '../outlines.ts';
import { type Canvas, type Colour, fill, lit } from '../raster.ts';
import { project, projected } from './camera.ts';
import { drawShadow, drawSolids, type SideView, type Solid, type Stand, shadow, sun } from './solid.ts';
import type { Place } from './vectors.ts';
import { vehicle } from './vehicles.ts';

const building = { x: -15.6, y: 12, length: 13, half: 5, height: 10 } as const;

const brick: Colour = [0.6, 0.43, 0.35];
/** The signals' mast, on the far corner. */
const mast: readonly Solid[] = [
  block(0.2, 0.1, 5.2, [0.3, 0.31, 0.32]),
  { ...block(0.6, 0.3, 4.6, [0.12, 0.12, 0.12]), profile: rectangle(-0.3, 0.3, 3.2, 4.6) },
];

/** Draws the street's shadows, then its things, over the ground. */
export function drawStreet(canvas: Canvas, random: Random): void {
  const things: readonly { solids: readonly Solid[]; stand: Stand }[] = [
    { solids: [block(building.length, building.half, building.height, brick)], stand: { ...building, heading: 0 } },
    { solids: vehicle('car', always(0.5)), stand: { x: -7.6, y: 14.5, heading: Math.PI / 2 } },
    { solids: [block(2.2, 1.1, 1.4, [0.3, 0.42, 0.36])], stand: { x: -7.4, y: 7.9, heading: 0.1 } },
    { solids: [block(1.5, 0.75, 0.7, [0.62, 0.6, 0.57])], stand: { x: 7.6, y: -7.9, heading: 0.3 } },
    { solids: mast, stand: { x: -5, y: 4.9, heading: 0 } },
  ];
  const trees: readonly Place[] = [
    [9.4, 12, 2.7],
    [14, 9, 3],
    [8.8, 20, 3],
    [-9, 24, 3],
  ];
  for (const { solids, stand } of things) drawShadow(canvas, solids, stand, 0.42);
  for (const tree of trees) drawTreeShadow(canvas, tree);
  for (const { solids, stand } of things) drawSolids(canvas, solids, stand);
  drawWindows(canvas);
  drawLeaves(canvas, [7.6, -7.9, 0.8], 0.5, random);
  for (const tree of [...trees].sort((a, b) => b[1] - a[1])) drawTree(canvas, tree, random);
}

/** Two floors of windows and the shops below, on the two walls that the camera sees. */
function drawWindows(canvas: Canvas): void {
  const { x, y, length, half } = building;
  const walls: readonly { at: (along: number, z: number) => Place; width: number; light: number }[] = [
    { at: (along, z) => [x - length / 2 + along, y - half, z], width: length, light: 0.75 },
    { at: (along, z) => [x + length / 2, y - half + along, z], width: 2 * half, light: 1 },
  ];
  for (const { at, width, light } of walls) {
    const pane = (from: number, to: number, low: number, high: number, colour: Colour) =>
      fill(canvas, projected([at(from, low), at(from, high), at(to, high), at(to, low)]), {
        kind: 'flat',
        colour: lit(colour, light),
      });
    pane(0, width, 2.9, 3.3, [0.8, 0.76, 0.68]); // a cornice
    for (let from = 0.6; from + 1.4 < width; from += 2.3) {
      pane(from, from + 1.7, 0.4, 2.5, [0.2, 0.24, 0.28]);
      for (const floor of [4.2, 6.7]) {
        pane(from + 0.05, from + 1.35, floor - 0.15, floor + 1.6, [0.82, 0.8, 0.75]);
        pane(from + 0.2, from + 1.2, floor, floor + 1.45, [0.26, 0.33, 0.4]);
      }
    }
  }
}

/** A box, `length` along s, `half` of its width. */
function block(length: number, half: number, height: number, colour: Colour): Solid {
  return {
    profile: rectangle(-length / 2, length / 2, 0, height),
    half,
    colour,
  };
}

function rectangle(s0: number, s1: number, z0: number, z1: number): SideView {
  return [s0, z0, s0, z1, s1, z1, s1, z0];
}

function drawTreeShadow(canvas: Canvas, [x, y, radius]: Place): void {
  const height = radius * 1.4;
  const ground: Place[] = Array.from({ length: 16 }, (_, p) => {
    const angle = (2 * Math.PI * p) / 16;
    return [
      x - (sun[0] / sun[2]) * height + radius * Math.cos(angle),
      y - (sun[1] / sun[2]) * height + radius * Math.sin(angle),
      0,
    ];
  });
  fill(canvas, projected(ground), { ...shadow, opacity: 0.42 });
}

function drawTree(canvas: Canvas, [x, y, radius]: Place, random: Random): void {
  drawSolids(canvas, [block(0.5, 0.25, radius, [0.3, 0.23, 0.17])], { x, y, heading: 0 });
  drawLeaves(canvas, [x, y, radius], radius * 0.75, random);
}

/** Clumps of leaves about a middle, from `lowest` up, the low ones first and darker. */
function drawLeaves(canvas: Canvas, [x, y, radius]: Place, lowest: number, random: Random): void {
  for (let clump = 0; clump < 46; clump++) {
    const up = clump / 46;
    const spread = radius * (0.95 - 0.55 * up * up);
    const angle = 2 * Math.PI * random.uniform();
    const out = spread * Math.sqrt(random.uniform());
    const at: Place = [x + out * Math.cos(angle), y + out * Math.sin(angle), lowest + radius * 1.5 * up];
    const [u, v] = project(at);
    const [edge] = project([at[0] + 0.36 * radius, at[1], at[2]]);
    const sunny = 0.55 + 0.5 * up + 0.2 * Math.cos(angle - 0.5) + 0.12 * random.normal();
    fill(canvas, oval(u, v, edge - u, (edge - u) * 0.8, 0, 14), {
      kind: 'flat',
      colour: lit([0.24, 0.36, 0.16], sunny),
    });
  }
}

/** Chance that always gives `u`, for what must look the same for every seed. */
const always = (u: number): Random => ({ uniform: () => u, normal: () => 0, below: (n) => Math.floor(u * n) });
