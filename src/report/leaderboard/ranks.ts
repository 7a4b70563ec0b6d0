/** Ranks methods seed by seed, and says how sure the mean rank is. Pure. */
import { type Interval, mean, midRank, stratifiedBootstrapInterval } from '../../base/statistics.ts';
import { bootstrap } from '../../summary/statistics.ts';

/** The mean over seeds of a method's rank among all (1 is best), with its bootstrap interval over the seeds. */
export interface Rank extends Interval {
  readonly mean: number;
  /** One for each common seed. */
  readonly ranks: readonly number[];
  /** Methods that were ranked. */
  readonly among: number;
}

/** What a trial reached, the most telling first; more is better. */
type Key = readonly number[];

/**
 * @param methods of each its trials: seed and key.
 * @returns of each its rank on the seeds that all of them have; `undefined` for all where there is none, or but one method.
 * Equal keys share the mean of their places.
 */
export function ranksOf(methods: readonly (readonly (readonly [seed: number, key: Key])[])[]): (Rank | undefined)[] {
  const bySeed = methods.map((trials) => new Map(trials));
  const [first, ...others] = bySeed;
  const seeds = [...(first?.keys() ?? [])].filter((seed) => others.every((other) => other.has(seed)));
  if (methods.length < 2 || seeds.length === 0) return methods.map(() => undefined);
  return bySeed.map((own) => {
    const ranks = seeds.map((seed) =>
      midRank(
        own.get(seed) as Key,
        bySeed.map((one) => one.get(seed) as Key),
        betterFirst,
      ),
    ); // all have it
    return { mean: mean(ranks), ranks, among: methods.length, ...rankInterval([ranks]) };
  });
}

/** Over the seeds of each board, so that every board keeps its share. */
function rankInterval(boards: readonly (readonly number[])[]): Interval {
  const all = boards.flat();
  // resampling boards of one rank each would only find the same mean again
  if (boards.every((ranks) => ranks.every((rank) => rank === ranks[0]))) return { low: mean(all), high: mean(all) };
  return stratifiedBootstrapInterval(boards, mean, bootstrap);
}

/** Over several boards: of each board the rank as a share of the way from first (0) to last (1). */
export function meanPlace(ranks: readonly Rank[]): (Interval & { readonly mean: number }) | undefined {
  if (ranks.length === 0) return undefined;
  const places = ranks.map(({ ranks: own, among }) => own.map((rank) => (rank - 1) / (among - 1)));
  return { mean: mean(places.flat()), ...rankInterval(places) };
}

function betterFirst(a: Key, b: Key): number {
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a[at] as number, b[at] as number]; // keys of one board are of one length
    if (one !== other) return one > other ? -1 : 1;
  }
  return 0;
}
