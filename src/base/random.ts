/**
 * Named random streams. A stream is a pure function of its name: `(seed, purpose, index)` gives the same numbers whatever
 * was drawn before, so a trial that resumes at step 4,000 needs no generator state, and every method sees the same data.
 */
import seedrandom from 'seedrandom';

/** What the numbers are for. Methods do not appear here: they are compared on the same draws, in pairs. */
export type Purpose =
  | 'data'
  | 'initialisation'
  | 'latent'
  | 'interpolation'
  | 'noise'
  | 'codes'
  | 'perturbation'
  | 'evaluation'
  | 'projection'
  | 'preparation'
  | 'classifier'
  | 'bootstrap';

export interface Random {
  /** Uniform on [0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Uniform on 0 … n − 1. */
  below(n: number): number;
}

/** The stream of one purpose for one seed; `index` is usually the step. */
export function stream(seed: number, purpose: Purpose, index = 0): Random {
  return randomFrom(seedrandom.alea(`${purpose}/${seed}/${index}`));
}

/** A search's own number for one setting of a method's draw, on [0, 1): whatever else is drawn, and however many draws there are. */
export const drawnShare = (seed: number, method: string, draw: number, path: string): number =>
  seedrandom.alea(`search/${seed}/${method}/${draw}/${path}`)();

/** Puts items into random order, in place (Fisher & Yates); `below` is drawn once an item but the first, from the last on. */
export function shuffle<Item>(items: { [index: number]: Item; readonly length: number }, random: Random): void {
  for (let last = items.length - 1; last > 0; last--) exchange(items, last, random.below(last + 1));
}

/** The next step of a shuffle from the first item on: draws which of the items from `at` on comes to `at`, and gives it. */
export function drawAt<Item>(
  items: { [index: number]: Item; readonly length: number },
  at: number,
  random: Random,
): Item {
  exchange(items, at, at + random.below(items.length - at));
  return items[at] as Item; // `at` is a place of the list
}

function exchange<Item>(items: { [index: number]: Item }, a: number, b: number): void {
  [items[a], items[b]] = [items[b] as Item, items[a] as Item]; // both are places of the list
}

/** Dresses any uniform generator on [0, 1) as a `Random`. */
export function randomFrom(uniform: () => number): Random {
  let spare: number | undefined;
  return {
    uniform,
    normal() {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      const angle = 2 * Math.PI * uniform();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    below: (n) => Math.floor(uniform() * n),
  };
}
