/** Draws examples of a collection by index: with repetition for training, or each once in random order. */
import { outputBuffer } from '../base/output-buffer.ts';
import { shuffle } from '../base/random.ts';
import type { Dataset } from './dataset.ts';

/** @param put writes example `index`, `dim` numbers in data units, to `into` from `at`. */
export function collection(
  count: number,
  dim: number,
  put: (index: number, into: Float32Array, at: number) => void,
): Pick<Dataset, 'sample' | 'shuffled'> {
  return {
    sample(random, wanted, into) {
      const examples = outputBuffer(wanted * dim, into);
      for (let i = 0; i < wanted; i++) put(random.below(count), examples, i * dim);
      return examples;
    },
    shuffled(random) {
      const order = Int32Array.from({ length: count }, (_, index) => index);
      shuffle(order, random);
      let at = 0;
      return {
        take(wanted) {
          const examples = new Float32Array(wanted * dim);
          for (let i = 0; i < wanted; i++, at++) put(order[at % count] as number, examples, i * dim);
          return examples;
        },
      };
    },
  };
}
