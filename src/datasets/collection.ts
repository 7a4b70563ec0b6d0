/** Draws examples of a collection by index: with repetition for training, or each once in random order; or of two sorts by weight. */
import { outputBuffer } from '../base/output-buffer.ts';
import { type Random, shuffle } from '../base/random.ts';
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

/**
 * The same of two sorts of examples, by their indices: the first with a chance of `first`. What is shuffled takes each of a sort
 * once before any of it again.
 */
export function weighted(
  sorts: readonly [readonly number[], readonly number[]],
  first: number,
  dim: number,
  put: (index: number, into: Float32Array, at: number) => void,
): Pick<Dataset, 'sample' | 'shuffled'> {
  const sortOf = (random: Random) => (random.uniform() < first ? 0 : 1);
  return {
    sample(random, wanted, into) {
      const examples = outputBuffer(wanted * dim, into);
      for (let i = 0; i < wanted; i++) {
        const sort = sorts[sortOf(random)] as readonly number[];
        put(sort[random.below(sort.length)] as number, examples, i * dim);
      }
      return examples;
    },
    shuffled(random) {
      const orders = sorts.map((sort) => Int32Array.from(sort));
      for (const order of orders) shuffle(order, random);
      const taken = [0, 0];
      return {
        take(wanted) {
          const examples = new Float32Array(wanted * dim);
          for (let i = 0; i < wanted; i++) {
            const which = sortOf(random);
            const order = orders[which] as Int32Array;
            const at = taken[which] as number;
            put(order[at % order.length] as number, examples, i * dim);
            taken[which] = at + 1;
          }
          return examples;
        },
      };
    },
  };
}
