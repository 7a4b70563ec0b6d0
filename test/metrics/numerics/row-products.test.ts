/** The fast loop against the plain one, for every remainder of its 4 × 2 blocks; bits that do not depend on the place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowProducts } from '../../../src/metrics/numerics/row-products.ts';
import { lcg } from '../scores/repeatable.ts';

function random(length: number, seed: number): Float64Array {
  const next = lcg(seed);
  return Float64Array.from({ length }, () => next() - 0.5);
}

test('every product is that of the plain loop, to the bit', () => {
  fc.assert(
    fc.property(fc.nat(9), fc.nat(5), fc.nat(7), fc.nat(1000), (aCount, bCount, width, seed) => {
      const [a, b] = [random(aCount * width, seed), random(bCount * width, seed + 1)];
      const into = new Float64Array(aCount * bCount).fill(Number.NaN);
      rowProducts(a, aCount, b, bCount, width, into);
      for (let i = 0; i < aCount; i++)
        for (let j = 0; j < bCount; j++) {
          let sum = 0;
          for (let k = 0; k < width; k++) sum += Number(a[i * width + k]) * Number(b[j * width + k]);
          expect(into[i * bCount + j]).toBe(sum);
        }
    }),
  );
});
