/** Defines the kinds of vehicles: their solids, in the order they are drawn from the rear, and their colours. */
import type { Random } from '../../../base/random.ts';
import { oval } from '../outlines.ts';
import { type Colour, lit, mix } from '../raster.ts';
import type { Panel, Solid } from './solid.ts';

export const kinds = ['car', 'van', 'truck', 'motorcycle'] as const;
export type Kind = (typeof kinds)[number];

/** Length along the road, metres. */
export const lengths: Readonly<Record<Kind, number>> = { car: 4.7, van: 6, truck: 8.4, motorcycle: 2.8 };

const glass: Colour = [0.2, 0.25, 0.31];
const tyre: Colour = [0.07, 0.07, 0.08];
const headlight: Colour = [1.3, 1.25, 1.1];
const tailLight: Colour = [0.85, 0.1, 0.08];

const colours: Readonly<Record<Kind, readonly Colour[]>> = {
  car: [
    [0.95, 0.95, 0.95],
    [0.88, 0.91, 0.95],
    [0.07, 0.07, 0.09],
    [0.76, 0.09, 0.09],
    [0.1, 0.24, 0.66],
    [0.06, 0.42, 0.36],
    [0.95, 0.68, 0.16],
  ],
  van: [
    [0.95, 0.95, 0.94],
    [0.95, 0.77, 0.16],
    [0.2, 0.36, 0.62],
  ],
  truck: [
    [0.8, 0.16, 0.12],
    [0.16, 0.3, 0.66],
    [0.9, 0.9, 0.88],
    [0.16, 0.45, 0.3],
  ],
  motorcycle: [
    [0.85, 0.12, 0.1],
    [0.1, 0.12, 0.36],
    [0.95, 0.62, 0.1],
  ],
};

/** A vehicle of a kind: colour from the kind's own, a little lighter or darker. */
export function vehicle(kind: Kind, random: Random): readonly Solid[] {
  const choice = colours[kind];
  const colour = lit(choice[random.below(choice.length)] as Colour, 0.92 + 0.16 * random.uniform());
  switch (kind) {
    case 'car':
      return car(colour);
    case 'van':
      return van(colour);
    case 'truck':
      return truck(colour, random.uniform() < 0.6 ? [0.9, 0.9, 0.88] : [0.76, 0.58, 0.34]);
    case 'motorcycle':
      return motorcycle(colour);
    default:
      throw new Error(`internal: no such vehicle: ${kind satisfies never}`);
  }
}

/** Its glass mirrors some of its colour, or white cars would be as grey as the road where they are small. */
function car(colour: Colour): Solid[] {
  const tinted = mix(glass, colour, 0.35);
  return [
    {
      profile: [-2.35, 0.35, -2.35, 0.92, -1.75, 1.02, -1.1, 1.52, 0.35, 1.55, 1.15, 1.02, 2.25, 0.84, 2.35, 0.35],
      half: 1,
      waist: 1,
      top: 0.78,
      colour,
      faces: { 0: lit(colour, 0.85), 2: tinted, 4: tinted, 6: lit(colour, 0.9) },
      sides: [
        {
          corners: [-1.6, 1.03, -1.05, 1.45, 0.3, 1.48, 0.95, 1.03],
          colour: tinted,
        },
        {
          corners: [-2.35, 0.7, -2.35, 0.86, -2.1, 0.86, -2.1, 0.7],
          colour: tailLight,
        },
        {
          corners: [2.28, 0.62, 2.26, 0.8, 1.95, 0.84, 1.95, 0.66],
          colour: headlight,
        },
        wheel(-1.45, 0.36),
        wheel(1.45, 0.36),
      ],
    },
  ];
}

function van(colour: Colour): Solid[] {
  return [
    {
      profile: [-3, 0.4, -3, 2.35, -2.8, 2.5, 1.7, 2.5, 2.4, 1.45, 2.95, 1.15, 3, 0.4],
      half: 1.1,
      waist: 1.3,
      top: 1,
      colour,
      faces: { 3: glass, 5: lit(colour, 0.9) },
      sides: [
        {
          corners: [-2.7, 1.4, -2.65, 2.15, 1.6, 2.15, 2.15, 1.4],
          colour: glass,
        },
        {
          corners: [-0.1, 1.35, -0.1, 2.2, 0.15, 2.2, 0.15, 1.35],
          colour,
        },
        wheel(-1.85, 0.42),
        wheel(1.9, 0.42),
      ],
    },
  ];
}

function truck(cab: Colour, load: Colour): Solid[] {
  return [
    {
      profile: [-4.2, 0.95, -4.2, 3.5, 1.7, 3.5, 1.7, 0.95],
      half: 1.3,
      colour: load,
      sides: [
        wheel(-3, 0.5),
        wheel(-1.8, 0.5),
        {
          corners: [-4.2, 0.7, -4.2, 1.15, 1.7, 1.15, 1.7, 0.7],
          colour: lit(tyre, 2),
        },
      ],
    },
    {
      profile: [1.9, 0.5, 1.9, 2.85, 3.3, 2.85, 4, 1.75, 4.2, 1.3, 4.2, 0.5],
      half: 1.2,
      waist: 1.8,
      top: 1.1,
      colour: cab,
      faces: { 2: glass },
      sides: [
        {
          corners: [2.3, 1.75, 2.3, 2.5, 3.2, 2.5, 3.7, 1.75],
          colour: glass,
        },
        wheel(3.1, 0.5),
      ],
    },
  ];
}

/** The rider counts most at this distance, so the jacket is of the machine's colour. */
function motorcycle(colour: Colour): Solid[] {
  return [
    {
      profile: [-1.4, 0.3, -1.35, 0.8, -0.5, 1.05, 0.6, 1.25, 1.25, 0.9, 1.4, 0.3],
      half: 0.32,
      colour: lit(colour, 0.75),
      sides: [wheel(-0.95, 0.45), wheel(0.95, 0.45)],
    },
    {
      profile: [-0.7, 0.85, -0.65, 1.8, 0.05, 1.9, 0.4, 1.4, 0.4, 0.85],
      half: 0.48,
      waist: 1,
      top: 0.36,
      colour,
    },
    {
      profile: [-0.35, 1.75, -0.35, 2.1, -0.18, 2.25, 0.18, 2.22, 0.24, 1.75],
      half: 0.24,
      colour: [0.94, 0.94, 0.92],
    },
  ];
}

function wheel(s: number, radius: number): Panel {
  return { corners: oval(s, radius, radius, radius, 0, 10), colour: tyre };
}
