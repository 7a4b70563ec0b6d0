/** Gathers examples that come part by part: the first of them as they are, and what a scorer says of all. */
import { firstPoints, joinPoints, type Points } from '../base/points.ts';
import type { Judgement } from '../metrics/measure.ts';
import type { Scorer } from '../scorers/scorer.ts';

export interface Judging {
  readonly scorer: Scorer;
  /** Of one example. */
  readonly shape: readonly number[];
}

export interface Collected {
  readonly points: Points;
  /** Of all examples, also of those that were not kept. */
  readonly judgement?: Judgement;
}

export class Collector {
  readonly #most: number;
  readonly #judging: Judging | undefined;
  readonly #kept: Points[] = [];
  readonly #judgements: Judgement[] = [];

  /** @param most examples that are kept. */
  constructor(most: number, judging?: Judging) {
    this.#most = most;
    this.#judging = judging;
  }

  async add(part: Points): Promise<void> {
    const room = this.#most - this.#kept.reduce((sum, { count }) => sum + count, 0);
    if (room > 0) this.#kept.push(firstPoints(part, room));
    if (this.#judging) this.#judgements.push(await this.#judging.scorer.judge(part, this.#judging.shape));
  }

  collected(): Collected {
    const [first] = this.#judgements;
    if (first === undefined) return { points: joinPoints(this.#kept) };
    const probabilities = this.#judgements.flatMap((judgement) => judgement.probabilities ?? []);
    return {
      points: joinPoints(this.#kept),
      judgement: {
        features: joinPoints(this.#judgements.map(({ features }) => features)),
        ...(probabilities.length > 0 && { probabilities: joinPoints(probabilities) }),
      },
    };
  }
}
