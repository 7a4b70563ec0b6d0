/** Labels beside a plot: whatever is wanted, none overlaps where there is room, order is kept, none leaves the plot. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spread } from '../../../src/report/figures/direct-labels.ts';

const wanted = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });

it('keeps labels apart, in order and inside', () => {
  fc.assert(
    fc.property(wanted, (places) => {
      const gap = 1 / 12;
      const placed = spread(
        places.map((at, index) => ({ text: `label ${index}`, at })),
        gap,
        0,
        1,
      );
      expect(placed).toHaveLength(places.length);
      placed.forEach(({ place, at }, index) => {
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(1 + 1e-9);
        const before = placed[index - 1];
        if (before === undefined) return;
        expect(at).toBeGreaterThanOrEqual(before.at);
        expect(place - before.place).toBeGreaterThanOrEqual(gap - 1e-9);
      });
    }),
  );
});

it('leaves labels alone that do not meet', () => {
  const placed = spread(
    [0.9, 0.1, 0.5].map((at) => ({ text: String(at), at })),
    0.1,
    0,
    1,
  );
  expect(placed.map(({ place }) => place)).toEqual([0.1, 0.5, 0.9]);
});

it('shares too little room evenly', () => {
  const placed = spread(
    [0, 0, 0, 0, 0].map((at) => ({ text: '', at })),
    0.5,
    0,
    1,
  );
  expect(placed.map(({ place }) => place)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
