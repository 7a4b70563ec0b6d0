/** Inception Score: are examples each of one class, and together of all? Leaves to others whose classes they are. */
import type { Points } from '../../base/points.ts';

export interface InceptionScore {
  readonly mean: number;
  /** Over the splits: of the population, NumPy's default; NaN for one. */
  readonly std: number;
}

/**
 * exp(mean over x of KL(p(y|x) ‖ p(y))) (Salimans et al. 2016), p(y) the mean of p(y|x), for each of `splits` contiguous
 * parts of the examples (part i from ⌊i·count/splits⌋); their mean and standard deviation. From 1 to the number of
 * classes; 0·ln 0 = 0. With fewer examples than `splits` there are as many parts as examples; NaN for fewer than two.
 *
 * `probabilities` `[count, Σ heads]` holds one head after another. With several heads a class is a combination of one
 * value from each (a stack of three digits has 1,000) and p(y|x) the product of theirs.
 */
export function inceptionScore(
  probabilities: Points,
  splits: number,
  heads: readonly number[] = [probabilities.dim],
): InceptionScore {
  const { count, dim } = probabilities;
  const width = heads.reduce((sum, head) => sum + head, 0);
  if (width !== dim) throw new Error(`internal: inceptionScore got ${dim} probabilities for heads of ${width}`);
  if (count < 2) return { mean: Number.NaN, std: Number.NaN };
  const parts = splitsUsed(splits, count);
  const scores = Array.from({ length: parts }, (_, part) =>
    scoreOf(probabilities, heads, Math.floor((part * count) / parts), Math.floor(((part + 1) * count) / parts)),
  );
  const mean = scores.reduce((sum, score) => sum + score, 0) / parts;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / parts;
  return { mean, std: parts > 1 ? Math.sqrt(variance) : Number.NaN };
}

/** Parts of so many examples: none is empty. */
export const splitsUsed = (splits: number, count: number): number => Math.min(splits, count);

/** Of examples `from` … `to`: mean KL(p(y|x) ‖ p(y)) is the mean of Σ p(y|x) ln p(y|x) less Σ p(y) ln p(y). */
function scoreOf({ values, dim }: Points, heads: readonly number[], from: number, to: number): number {
  const classes = heads.reduce((product, head) => product * head, 1);
  const marginal = new Float64Array(classes);
  const joint = new Float64Array(classes);
  let sharpness = 0;
  for (let i = from; i < to; i++) {
    combine(values, i * dim, heads, joint);
    for (let y = 0; y < classes; y++) {
      const p = joint[y] as number;
      marginal[y] = (marginal[y] as number) + p;
      sharpness += timesLog(p);
    }
  }
  const examples = to - from;
  let spread = 0;
  for (let y = 0; y < classes; y++) spread += timesLog((marginal[y] as number) / examples);
  return Math.exp(sharpness / examples - spread);
}

/** The probabilities of every combination of the heads' values, the last head's value changing fastest. */
function combine(values: Float32Array, from: number, heads: readonly number[], joint: Float64Array): void {
  let start = from;
  let size = 1;
  joint[0] = 1;
  for (const head of heads) {
    // from the end, so that what is read has not been written over
    for (let known = size - 1; known >= 0; known--) {
      const before = joint[known] as number;
      for (let y = head - 1; y >= 0; y--) joint[known * head + y] = before * (values[start + y] as number);
    }
    start += head;
    size *= head;
  }
}

const timesLog = (p: number): number => (p === 0 ? 0 : p * Math.log(p));
