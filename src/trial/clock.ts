/** Adds up where a trial's time goes. */
import type { TrialRecord } from '../store/record.ts';

export type Bucket = keyof TrialRecord['timings'];

export class Clock {
  readonly #started = performance.now();
  readonly #seconds: Record<Bucket, number> = { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0, film: 0 };

  async time<T>(bucket: Bucket, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.#seconds[bucket] += (performance.now() - started) / 1e3;
    return result;
  }

  add(bucket: Bucket, seconds: number): void {
    this.#seconds[bucket] += seconds;
  }

  seconds(bucket: Bucket): number {
    return this.#seconds[bucket];
  }

  /** Since the clock was made. */
  total(): number {
    return (performance.now() - this.#started) / 1e3;
  }

  buckets(round: (seconds: number) => number): TrialRecord['timings'] {
    const { capture, compile, train, evaluate, write, film } = this.#seconds;
    return {
      capture: round(capture),
      compile: round(compile),
      train: round(train),
      evaluate: round(evaluate),
      write: round(write),
      ...(film > 0 && { film: round(film) }),
    };
  }
}
