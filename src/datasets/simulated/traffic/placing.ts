/**
 * Places the vehicles of a frame without collisions and visibly: the signals let one road pass at a time, and positions
 * are drawn again until at least a third of every vehicle is visible.
 */
import type { Random } from '../../../base/random.ts';
import { area } from '../outlines.ts';
import { camera } from './camera.ts';
import { roadHalf, stopLine } from './ground.ts';
import { type Arrival, type Lane, lanes } from './lanes.ts';
import { type Solid, type Stand, silhouette } from './solid.ts';
import { type Kind, lengths, vehicle } from './vehicles.ts';

export interface Standing extends Arrival {
  readonly stand: Stand;
  readonly solids: readonly Solid[];
}

/** Share of a vehicle that must be seen for it to count. */
export const leastVisible = 1 / 3;
/** Nearly all draws are good, so that many in a row are bad only where a lane lies outside the picture. */
const mostTries = 1_000;

/** The frame's vehicles, the farthest first. */
export function place(arrivals: readonly Arrival[], random: Random): Standing[] {
  const green = random.uniform() < 0.55 ? 'main' : 'side';
  const built = arrivals.map((arrival) => ({ ...arrival, solids: vehicle(arrival.kind, random) }));
  for (let tries = 0; tries < mostTries; tries++) {
    const standing = built
      .map((vehicle) => ({ ...vehicle, stand: standIn(lanes[vehicle.lane] as Lane, vehicle.kind, green, random) }))
      .sort((a, b) => distance(b.stand) - distance(a.stand));
    if (visibleShares(standing).every((share) => share >= leastVisible)) return standing;
  }
  throw new Error(`internal: no place where ${arrivals.map(({ kind }) => kind).join(', ')} can be seen`);
}

function standIn(lane: Lane, kind: Kind, green: Lane['road'], random: Random): Stand {
  const along = lane.road === green ? passing(lane, random) : stopped(lane, lengths[kind] / 2, random);
  const aside = lane.aside + 0.25 * random.normal() * (kind === 'motorcycle' ? 1.6 : 0.7);
  const heading = lane.heading + 0.02 * random.normal();
  // which way along the world's axis: 1 or −1
  const forward = Math.round(Math.cos(lane.heading) + Math.sin(lane.heading));
  return lane.road === 'main' ? { x: forward * along, y: aside, heading } : { x: aside, y: forward * along, heading };
}

const passing = (lane: Lane, random: Random): number => lane.from + (lane.to - lane.from) * random.uniform();

/** Before its stop line or already past the crossing road. */
function stopped(lane: Lane, half: number, random: Random): number {
  const last = -stopLine - half;
  const first = roadHalf + half + 0.5;
  const before = Math.max(0, last - lane.from);
  const past = Math.max(0, lane.to - first);
  const metres = (before + past) * random.uniform();
  return metres < before ? last - metres : first + metres - before;
}

const distance = ({ x, y }: Stand): number => (x - camera.place[0]) ** 2 + (y - camera.place[1]) ** 2;

/** Grid on which silhouettes are compared, cells a side. */
const cells = 128;
const owners = new Uint8Array(cells * cells);

/** Of each silhouette, the share that lies in the picture and behind none of those after it. */
export function visibleShares(standing: readonly Pick<Standing, 'solids' | 'stand'>[]): number[] {
  const outlines = standing.map(({ solids, stand }) => silhouette(solids, stand));
  owners.fill(0);
  const counts = new Int32Array(outlines.length + 1);
  outlines.forEach((outline, index) => {
    forEachCell(outline, (cell) => {
      const before = owners[cell] as number;
      counts[before] = (counts[before] as number) - 1;
      owners[cell] = index + 1;
      counts[index + 1] = (counts[index + 1] as number) + 1;
    });
  });
  return outlines.map((outline, index) => (counts[index + 1] as number) / (area(outline) * cells * cells));
}

/** Calls `visit` with each cell whose middle lies in the convex outline. */
function forEachCell(outline: readonly number[], visit: (cell: number) => void): void {
  const last = outline.length - 2;
  for (let row = 0; row < cells; row++) {
    const y = (row + 0.5) / cells;
    let left = Number.POSITIVE_INFINITY;
    let right = Number.NEGATIVE_INFINITY;
    for (let p = 0, q = last; p <= last; q = p, p += 2) {
      const [x0, y0] = [outline[q] as number, outline[q + 1] as number];
      const [x1, y1] = [outline[p] as number, outline[p + 1] as number];
      if (y0 <= y === y1 <= y) continue;
      const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
      left = Math.min(left, x);
      right = Math.max(right, x);
    }
    const first = Math.max(0, Math.ceil(left * cells - 0.5));
    const end = Math.min(cells, Math.ceil(right * cells - 0.5));
    for (let column = first; column < end; column++) visit(row * cells + column);
  }
}
