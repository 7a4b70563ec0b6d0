/** Defines the four lanes: direction, frequency and kinds of vehicles, and the modes of the data that follow from them. */
import type { Random } from '../../../base/random.ts';
import type { Labels } from '../../dataset.ts';
import { laneMiddle } from './ground.ts';
import { type Kind, kinds } from './vehicles.ts';

export interface Lane {
  readonly road: 'main' | 'side';
  /** Of travel against the world's x, radians. */
  readonly heading: number;
  /** Metres of its middle from the middle of the road: y on the main road, x on the side road. */
  readonly aside: number;
  /** Metres along the direction of travel, 0 at the middle of the intersection, between which its vehicles are seen. */
  readonly from: number;
  readonly to: number;
  /** Chance that it holds a vehicle, before frames without any are left out. */
  readonly rate: number;
  /** Shares of the kinds; those that are missing never use the lane. */
  readonly kinds: Readonly<Partial<Record<Kind, number>>>;
}

/**
 * One vehicle a lane at most. Never seen: motorcycles in lanes 1 and 4, vans in lane 2, trucks in lane 3.
 * Motorcycles in lane 3 and trucks in lane 4 are rare: about 1 % of the frames that are not empty.
 */
export const lanes: readonly Lane[] = [
  {
    road: 'main',
    heading: 0,
    aside: -laneMiddle,
    from: -12,
    to: 10,
    rate: 0.4,
    kinds: { car: 0.62, van: 0.22, truck: 0.16 },
  },
  {
    road: 'main',
    heading: Math.PI,
    aside: laneMiddle,
    from: -9,
    to: 15,
    rate: 0.3,
    kinds: { car: 0.66, truck: 0.2, motorcycle: 0.14 },
  },
  {
    road: 'side',
    heading: -Math.PI / 2,
    aside: -laneMiddle,
    from: -16,
    to: 12,
    rate: 0.22,
    kinds: { car: 0.745, van: 0.22, motorcycle: 0.035 },
  },
  {
    road: 'side',
    heading: Math.PI / 2,
    aside: laneMiddle,
    from: -12,
    to: 16,
    rate: 0.15,
    kinds: { car: 0.75, van: 0.2, truck: 0.05 },
  },
];

/** A vehicle of a kind in a lane, by its index. */
export interface Arrival {
  readonly lane: number;
  readonly kind: Kind;
}

/** Every pair that occurs: the modes of frames with vehicles. */
export const modes: readonly Arrival[] = lanes.flatMap((lane, index) =>
  kinds.filter((kind) => lane.kinds[kind] !== undefined).map((kind) => ({ lane: index, kind })),
);

/** `lane 1: car`, … one attribute a mode. A frame without any has no vehicle. */
export const trafficLabels: Labels = {
  kind: 'attributes',
  names: modes.map(({ lane, kind }) => `lane ${lane + 1}: ${kind}`),
};

const someVehicle = 1 - lanes.reduce((none, { rate }) => none * (1 - rate), 1);

/** Of each label: its share of the frames that are not empty. They add up to more than 1: a frame holds up to four. */
export const trafficShares: readonly number[] = modes.map(({ lane, kind }) => {
  const { rate, kinds: shares } = lanes[lane] as Lane;
  return (rate * (shares[kind] as number)) / someVehicle;
});

/** What a frame that is not empty holds: each lane by its rate, given that there is something at all. */
export function arrivals(random: Random): Arrival[] {
  for (;;) {
    const found: Arrival[] = [];
    lanes.forEach((lane, index) => {
      if (random.uniform() < lane.rate) found.push({ lane: index, kind: kindIn(lane, random.uniform()) });
    });
    if (found.length > 0) return found;
  }
}

function kindIn(lane: Lane, u: number): Kind {
  let left = u;
  const offered = kinds.filter((kind) => lane.kinds[kind] !== undefined);
  for (const kind of offered) {
    left -= lane.kinds[kind] as number;
    if (left < 0) return kind;
  }
  return offered[0] as Kind; // what rounding leaves over
}
