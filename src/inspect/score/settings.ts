/**
 * The constants that every score is computed with, by the field's conventions where there are any. The score document
 * states them.
 */

/** Pictures that go through networks and scorer at once. */
export const atOnce = 100;

export const usual = { samples: 5_000, splits: 10, seed: 0 } as const;

/** Scores of fewer pictures than this are marked as unreliable. */
export const fewPictures = 50;

export const fixed = {
  /** Bińkowski et al. 2018 as torch-fidelity has it: mean over 100 pairs of subsets of 1,000. */
  kernel: { subsets: 100, size: 1_000 },
  /** Of precision, recall, density and coverage (Naeem et al. 2020). */
  neighbours: 5,
  /** Of NDB (Richardson & Weiss 2018). */
  bins: 100,
  /** Examples of those scores that compare every pair. */
  mostPaired: 5_000,
} as const;

/** What the user chose. */
export interface Choices {
  readonly splits: number;
  readonly seed: number;
}
