/** Draws the parameters of one face: attributes, colours, proportions, pose and light. */
import type { Random } from '../../../base/random.ts';
import { type Colour, lit, mix } from '../raster.ts';
import type { Traits } from './attributes.ts';

export interface Sitter extends Traits {
  readonly skin: Colour;
  readonly hair: Colour;
  readonly lips: Colour;
  readonly iris: Colour;
  readonly clothes: Colour;
  readonly hat: Colour;
  /** Above and below. */
  readonly backdrop: readonly [Colour, Colour];
  /** Half the width and half the height of the head, of the picture's side. */
  readonly width: number;
  readonly height: number;
  /** Where the jaw's corners are, of half the width. */
  readonly jaw: number;
  /** Radians: to the picture's right, and clockwise. */
  readonly yaw: number;
  readonly roll: number;
  readonly shift: readonly [x: number, y: number];
  /** −1 … 1: from which side the light comes, and how much of it is on that side. */
  readonly light: number;
  /** Which way the hair is combed. */
  readonly parting: -1 | 1;
  readonly fringe: 'swept' | 'straight' | 'high';
  readonly curls: boolean;
  readonly hatKind: 'brim' | 'woollen';
  /** Free numbers in 0 … 1 for small differences: eyes, brows, nose, mouth. */
  readonly detail: readonly [eyes: number, brows: number, nose: number, mouth: number];
}

const skins: readonly Colour[] = [
  [0.99, 0.86, 0.76],
  [0.95, 0.77, 0.63],
  [0.87, 0.66, 0.5],
  [0.68, 0.47, 0.33],
  [0.47, 0.31, 0.22],
];
const otherHair: readonly Colour[] = [
  [0.4, 0.24, 0.13],
  [0.5, 0.31, 0.17],
  [0.66, 0.28, 0.1],
  [0.66, 0.65, 0.64],
];
const irises: readonly Colour[] = [
  [0.24, 0.14, 0.08],
  [0.2, 0.38, 0.6],
  [0.24, 0.42, 0.28],
];
const cloths: readonly Colour[] = [
  [0.2, 0.26, 0.42],
  [0.62, 0.18, 0.2],
  [0.9, 0.89, 0.86],
  [0.15, 0.15, 0.17],
  [0.2, 0.45, 0.4],
  [0.76, 0.6, 0.3],
  [0.5, 0.36, 0.56],
];
const hats: readonly Colour[] = [
  [0.7, 0.12, 0.14],
  [0.12, 0.3, 0.62],
  [0.12, 0.42, 0.3],
  [0.46, 0.18, 0.5],
];

/** Someone with these traits; the rest by chance, and the same whatever the traits are. */
export function sitter(who: Traits, random: Random): Sitter {
  const { has, masculine } = who;
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)] as T;
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const some = (spread: number): number => spread * Math.max(-2, Math.min(2, random.normal()));
  const tone = between(0, skins.length - 1.001);
  const below = Math.floor(tone);
  const skin = lit(mix(skins[below] as Colour, skins[below + 1] as Colour, tone - below), between(0.95, 1.02));
  const hue = between(0, 6);
  const bright = between(0.72, 1);
  const side = random.uniform() < 0.5 ? -1 : 1;
  const other = pick(otherHair);
  const lipstick = pick(lipsticks);
  const turn = between(0.44, 0.56);
  const straight = some(0.09);
  const hair = has['black hair'] ? black : has['blond hair'] ? blond : other;
  return {
    ...who,
    skin,
    hair: lit(hair, between(0.92, 1.1)),
    lips: has.lipstick ? lipstick : mix(skin, [0.62, 0.24, 0.22], 0.38),
    iris: pick(irises),
    clothes: lit(pick(cloths), between(0.85, 1.1)),
    hat: pick(hats),
    backdrop: [pastel(hue, bright), pastel(hue + between(-0.8, 0.8), bright * between(0.7, 0.95))],
    width: between(0.222, 0.25),
    height: between(0.295, 0.325),
    jaw: masculine ? between(0.68, 0.78) : between(0.54, 0.64),
    yaw: has.turned ? side * turn : straight,
    roll: some(0.035),
    shift: [some(0.012), some(0.01)],
    light: between(-1, 1),
    parting: random.uniform() < 0.5 ? -1 : 1,
    fringe: pick(['swept', 'straight', 'high', 'swept']),
    curls: random.uniform() < 0.25,
    hatKind: pick(['brim', 'woollen']),
    detail: [random.uniform(), random.uniform(), random.uniform(), random.uniform()],
  };
}

const black: Colour = [0.075, 0.065, 0.075];
const blond: Colour = [0.93, 0.77, 0.42];
const lipsticks: readonly Colour[] = [
  [0.8, 0.06, 0.14],
  [0.72, 0.05, 0.32],
  [0.86, 0.14, 0.2],
];

/** A pale colour of hue 0 … 6 around the circle. */
function pastel(hue: number, bright: number): Colour {
  const channel = (at: number): number => bright * (0.86 + 0.14 * Math.cos(((hue - at) * Math.PI) / 3));
  return [channel(0), channel(2), channel(4)];
}
