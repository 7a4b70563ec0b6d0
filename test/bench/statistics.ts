/** Figures of repeated measurements. Pure. */

export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Mean of the two middle ones for an even count. Throws for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('internal: the median of nothing');
  return (low + high) / 2;
}

export const spread = (values: readonly number[]): Spread => ({
  median: median(values),
  lowest: Math.min(...values),
  highest: Math.max(...values),
});

/** values[i] / reference[i]: what the two took in the same round, so that a slow spell of the machine strikes both. */
export const ratios = (values: readonly number[], reference: readonly number[]): number[] =>
  values.slice(0, reference.length).map((value, round) => value / (reference[round] ?? Number.NaN));
