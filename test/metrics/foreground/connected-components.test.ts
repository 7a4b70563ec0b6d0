/** Connected components on grids drawn by hand, against SciPy, and against a flood fill on any grid. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentLabeller } from '../../../src/metrics/foreground/connected-components.ts';

/** Labels of a grid drawn with `#` for foreground, as rows of digits. */
function labelsOf(...rows: string[]): { rows: string[]; areas: number[] } {
  const width = rows[0]?.length ?? 0;
  const label = componentLabeller(rows.length, width);
  const { count, labels, areas } = label(Uint8Array.from(rows.join(''), (cell) => Number(cell === '#')));
  const digits = [...labels].join('');
  return {
    rows: rows.map((_, y) => digits.slice(y * width, (y + 1) * width)),
    areas: [...areas.subarray(1, count + 1)],
  };
}

describe('by hand', () => {
  test('nothing, everything, one pixel', () => {
    expect(labelsOf('...', '...')).toEqual({ rows: ['000', '000'], areas: [] });
    expect(labelsOf('###', '###')).toEqual({ rows: ['111', '111'], areas: [6] });
    expect(labelsOf('#')).toEqual({ rows: ['1'], areas: [1] });
  });

  test('corners touch, in either direction; a gap of one does not', () => {
    expect(labelsOf('#..#', '.##.', '#...')).toEqual({ rows: ['1001', '0110', '1000'], areas: [5] });
    expect(labelsOf('#.#', '...', '#.#')).toEqual({ rows: ['102', '000', '304'], areas: [1, 1, 1, 1] });
  });

  test('the end of one row does not touch the start of the next', () => {
    expect(labelsOf('...#', '....', '#...')).toEqual({ rows: ['0001', '0000', '2000'], areas: [1, 1] });
    expect(labelsOf('...#', '#...')).toEqual({ rows: ['0001', '2000'], areas: [1, 1] });
  });

  test('arms that meet only further down are one component, numbered by its first pixel', () => {
    expect(labelsOf('#.#.#', '#.#.#', '####.', '....#')).toEqual({
      rows: ['10101', '10101', '11110', '00001'],
      areas: [11],
    });
    expect(labelsOf('..#..', '#...#', '#.#.#', '#####')).toEqual({
      rows: ['00100', '20002', '20202', '22222'],
      areas: [1, 10],
    });
  });
});

// import numpy as np; from scipy import ndimage
// y, x = np.mgrid[0:h, 0:w]; mask = (y*y*7 + x*x*11 + y*x*5 + k*y) % 10 < lim
// labels, n = ndimage.label(mask, np.ones((3, 3))); areas = np.bincount(labels.ravel())[1:]
// n, areas.max(), (labels.ravel() * (np.arange(h*w) + 1)).sum(), (areas ** 2).sum()
test.each([
  [24, 31, 0, 3, 32, 15, 1559106, 1576],
  [24, 31, 3, 4, 45, 15, 2529069, 2304],
  [17, 40, 5, 5, 20, 172, 1495698, 43352],
  [40, 9, 1, 6, 9, 240, 53816, 57608],
])('SciPy’s labels of a grid of %i × %i', (height, width, k, limit, n, largest, checksum, squares) => {
  const mask = Uint8Array.from({ length: height * width }, (_, at) => {
    const [y, x] = [Math.floor(at / width), at % width];
    return Number((y * y * 7 + x * x * 11 + y * x * 5 + k * y) % 10 < limit);
  });
  const { count, labels, areas } = componentLabeller(height, width)(mask);
  const found = [...areas.subarray(1, count + 1)];
  expect(count).toBe(n);
  expect(Math.max(...found)).toBe(largest);
  expect(labels.reduce((sum, label, at) => sum + label * (at + 1), 0)).toBe(checksum);
  expect(found.reduce((sum, area) => sum + area ** 2, 0)).toBe(squares);
});

/** Labels by filling from the first pixel that has none: slow and plain. */
function flooded(mask: Uint8Array, height: number, width: number): number[] {
  const labels = Array<number>(mask.length).fill(0);
  let count = 0;
  const fill = (y: number, x: number) => {
    const at = y * width + x;
    if (y < 0 || y >= height || x < 0 || x >= width || mask[at] === 0 || labels[at] !== 0) return;
    labels[at] = count;
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) fill(y + dy, x + dx);
  };
  for (let at = 0; at < mask.length; at++)
    if (mask[at] !== 0 && labels[at] === 0) {
      count++;
      fill(Math.floor(at / width), at % width);
    }
  return labels;
}

test('any grid: the labels of a flood fill, also where the labeller was used before', () => {
  const grids = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([height, width]) => {
    const mask = fc.uint8Array({ minLength: height * width, maxLength: height * width, max: 1 });
    return fc.tuple(fc.constant(height), fc.constant(width), mask, mask);
  });
  fc.assert(
    fc.property(grids, ([height, width, before, mask]) => {
      const label = componentLabeller(height, width);
      label(before);
      const { count, labels, areas } = label(mask);
      const expected = flooded(mask, height, width);
      expect([...labels]).toEqual(expected);
      expect(count).toBe(Math.max(0, ...expected));
      for (let number = 1; number <= count; number++)
        expect(areas[number]).toBe(expected.filter((label) => label === number).length);
    }),
    { numRuns: 300 },
  );
});
