/** Emitted code and the interpreter give the same bytes, whatever the shapes, tails, layouts and operations. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Case, loops, planOf, products, randomNumbers, reductions } from './random-plans.ts';
import { runInterpreter, runMachine } from './run-plan.ts';

/** Words, every NaN alike: which of them an operation yields is the machine's own affair. */
const words = (numbers: Float32Array): readonly number[] => {
  const bits = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  return Array.from(bits, (word, index) => (Number.isNaN(numbers[index]) ? 0x7fc00000 : word));
};

function firstDifference(machine: Float32Array, reference: Float32Array, size: number): object | undefined {
  const [a, b] = [words(machine), words(reference)];
  const at = a.findIndex((word, index) => index < size && word !== b[index]);
  return at < 0 ? undefined : { at, machine: machine[at], reference: reference[at] };
}

const agree = ({ statement, size, seed }: Case): void => {
  const plan = planOf([statement], size);
  for (const odd of [false, true]) {
    const start = randomNumbers(size, seed, odd);
    expect(firstDifference(runMachine(plan, start), runInterpreter(plan, start), size)).toBeUndefined();
  }
};

describe('emitted code', () => {
  it.each([
    ['products', products],
    ['loops', loops],
    ['reductions', reductions],
  ])('%s: to the byte what the interpreter says', (_, cases) => {
    fc.assert(fc.property(cases, agree), { numRuns: 150 });
  });

  it('gives the same bytes whatever the tiles', () => {
    fc.assert(
      fc.property(products, fc.integer({ min: 1, max: 5 }), ({ statement, size, seed }, rows) => {
        const plan = planOf([statement], size);
        const start = randomNumbers(size, seed, false);
        expect(words(runMachine(plan, start, { rows }))).toEqual(words(runMachine(plan, start)));
      }),
      { numRuns: 50 },
    );
  });
});
