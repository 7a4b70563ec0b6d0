/** Emitted code and the interpreter give the same bytes, whatever the shapes, tails, layouts and operations. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSystem } from '../../../src/engine/native/machine/system.ts';
import { noNative } from '../../support/native.ts';
import { type Case, convolutions, loops, planOf, products, randomNumbers, reductions } from './random-plans.ts';
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

describe.skipIf(noNative)(`emitted code${noNative}`, () => {
  it.each([
    ['products', products(), 150],
    ['convolutions', convolutions(false), 150],
    ['convolutions in several passes', convolutions(true), 15],
    ['loops', loops, 150],
    ['reductions', reductions, 150],
  ] as const)('%s: to the byte what the interpreter says', (_, cases, numRuns) => {
    fc.assert(fc.property(cases, agree), { numRuns });
  });

  it('gives the same bytes whatever the tiles and the width of vectors', async () => {
    const { wide } = await openSystem();
    const large = fc.constantFrom(32, 64, 100, 128);
    const sizes = fc.record({ rows: large, columns: large, inner: fc.oneof(large, fc.constant(300)) });
    fc.assert(
      fc.property(
        fc.oneof(products(), products(sizes), convolutions(false)),
        fc.integer({ min: 1, max: 13 }),
        (drawn, tileRows) => {
          const plan = planOf([drawn.statement], drawn.size);
          const start = randomNumbers(drawn.size, drawn.seed, false);
          const usual = words(runMachine(plan, start));
          expect(words(runMachine(plan, start, { wide: false, tileRows }))).toEqual(usual);
          if (wide) expect(words(runMachine(plan, start, { wide, tileRows }))).toEqual(usual);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('copies transposed matrices of any size', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, (rows, columns) => {
        const from = { offset: 0, row: 1, column: rows + 1 };
        const to = { offset: 2000, row: columns + 2, column: 1 };
        const body = { ops: [{ kind: 'load', from } as const], stores: [{ value: 0, to }] };
        agree({ statement: { kind: 'loop', rows, columns, body }, size: 4000, seed: rows });
      }),
      { numRuns: 60 },
    );
  });
});
