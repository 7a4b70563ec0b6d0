/** Collects examples that come part by part: the first of them as they are, and the scorer's outputs for all. */
import { firstPoints, joinPoints, type Points } from '../base/points.ts';
import type { ScorerOutput } from '../metrics/evaluation-inputs.ts';
import type { Scorer } from '../scorers/scorer.ts';

export interface Judging {
  readonly scorer: Scorer;
  /** Of one example. */
  readonly shape: readonly number[];
}

export interface Collected {
  readonly points: Points;
  /** Of all examples, also of those that were not kept. */
  readonly scorerOutput?: ScorerOutput;
}

export class Collector {
  readonly #most: number;
  readonly #judging: Judging | undefined;
  readonly #kept: Points[] = [];
  readonly #outputs: ScorerOutput[] = [];

  /** @param most examples that are kept. */
  constructor(most: number, judging?: Judging) {
    this.#most = most;
    this.#judging = judging;
  }

  async add(part: Points): Promise<void> {
    const room = this.#most - this.#kept.reduce((sum, { count }) => sum + count, 0);
    if (room > 0) this.#kept.push(firstPoints(part, room));
    if (this.#judging) this.#outputs.push(await this.#judging.scorer.judge(part, this.#judging.shape));
  }

  collected(): Collected {
    const [first] = this.#outputs;
    if (first === undefined) return { points: joinPoints(this.#kept) };
    const probabilities = this.#outputs.flatMap((scorerOutput) => scorerOutput.probabilities ?? []);
    const [impossible] = this.#outputs.flatMap((scorerOutput) => scorerOutput.impossible ?? []);
    return {
      points: joinPoints(this.#kept),
      scorerOutput: {
        features: joinPoints(this.#outputs.map(({ features }) => features)),
        ...(probabilities.length > 0 && { probabilities: joinPoints(probabilities) }),
        ...(impossible && { impossible }),
        ...(first.refuses && { refuses: true }),
      },
    };
  }
}
