/**
 * Do two contenders compute the same step? Compared by the losses of the first steps from the same weights and batches.
 *
 * D's first loss depends on no update: it agrees to rounding. What follows does not: with β₁ 0 the first update of Adam is
 * rate · sign(gradient), so a gradient of mere rounding noise moves its weight by the whole rate, either way.
 */
import { comparedSteps } from './sizes.ts';

/** Relative, to a loss of 1 at least: D's first loss; the players' first loss, after D's first update; all later ones. */
export const tolerances = { first: 1e-5, afterUpdate: 1e-3, later: 2e-2 } as const;

type Losses = readonly (readonly [discriminator: number, players: number])[];

/**
 * One line that says where they part; undefined where they agree.
 *
 * @param steps how many steps are compared.
 */
export function disagreement(losses: Losses, reference: Losses, steps: number = comparedSteps): string | undefined {
  if (losses.length !== steps || reference.length < steps) {
    return `expected the losses of ${steps} steps, got ${losses.length} and ${reference.length}`;
  }
  for (const [step, pair] of losses.entries()) {
    for (const [player, loss] of pair.entries()) {
      const expected = reference[step]?.[player] ?? Number.NaN;
      const bound = step > 0 ? tolerances.later : player === 1 ? tolerances.afterUpdate : tolerances.first;
      if (!(Math.abs(loss - expected) <= bound * Math.max(1, Math.abs(expected)))) {
        const name = player === 0 ? "D's" : "the players'";
        return `step ${step + 1}: ${name} loss is ${loss}, expected ${expected} within ${bound}`;
      }
    }
  }
  return undefined;
}
