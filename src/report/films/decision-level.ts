/** Scales D's logits for pictures: 0 where D is surest that a place is generated, 1 where it is surest that it is real. */
import type { LossName } from '../../methods/loss-names.ts';

/** How a method's D is read. `probability`: σ(D), as its loss is; `share`: where D lies within the frame's own values. */
export type Reading = 'probability' | 'target' | 'share';

export function readingOf(loss: LossName): Reading {
  switch (loss) {
    case 'logistic':
    case 'linear': // G's and E's loss alone is linear
      return 'probability';
    case 'least-squares':
      return 'target';
    case 'wasserstein':
    case 'hinge':
    case 'relativistic': // the level of D is free
      return 'share';
    default:
      return loss satisfies never;
  }
}

/** What the scale means, for a note. */
export const readingWords: Readonly<Record<Reading, string>> = {
  probability: 'σ(D), D’s probability that a place is real',
  target: 'D between its targets, 0 for generated and 1 for real',
  share: 'D between the 2nd and 98th percentile of its values in the frame',
};

/** Logits to the scale. `frame` are all logits of the frame on its grid, which `share` measures by. NaN becomes 0. */
export function levelOf(reading: Reading, frame: Float32Array): (score: number) => number {
  switch (reading) {
    case 'probability':
      return (score) => within(1 / (1 + Math.exp(-score)));
    case 'target':
      return within;
    case 'share': {
      const sorted = frame.filter(Number.isFinite).sort();
      const [low, high] = [0.02, 0.98].map((part) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
      const range = Number(high) - Number(low);
      return (score) => within(range > 0 || Number.isNaN(score) ? (score - Number(low)) / range : 0.5);
    }
    default:
      return reading satisfies never;
  }
}

const within = (value: number): number =>
  Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : value > 0 ? 1 : 0;
