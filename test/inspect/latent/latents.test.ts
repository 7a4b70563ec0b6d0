/** Draws to go between, the block that a split prior fills, and how far a dimension reaches. */
import { describe, expect, it } from 'vitest';
import { pointAt } from '../../../src/base/points.ts';
import { stream } from '../../../src/base/random.ts';
import { blockOf, boundsOf, drawEnds, reachOf } from '../../../src/inspect/latent/latents.ts';
import { traversal } from '../../../src/inspect/latent/traverse.ts';
import type { Prior as LatentSpec } from '../../../src/priors/prior-kind.ts';

const split: LatentSpec = { kind: 'split', classes: 5, dim: 15, low: -1, high: 1 };
const normal: LatentSpec = { kind: 'normal', dim: 4, std: 0.5 };
const uniform: LatentSpec = { kind: 'uniform', dim: 12, low: 0, high: 3 };

describe('draws of a split prior', () => {
  it('come in pairs of one class, one block filled each, so that legs lead within classes and between them', () => {
    const ends = drawEnds(split, stream(0, 'interpolation'), 41);
    const blocks = Array.from({ length: 41 }, (_, index) => {
      const z = pointAt(ends, index);
      const block = blockOf(split, z);
      const filled = [...z].flatMap((value, at) => (value === 0 ? [] : [at]));
      expect(filled).toEqual([0, 1, 2].map((at) => block.first + at));
      expect(block).toMatchObject({ first: 3 * (block.class ?? -1), size: 3 });
      return block.class;
    });
    for (let odd = 1; odd < 41; odd += 2) expect(blocks[odd]).toBe(blocks[odd - 1]);
    expect(new Set(blocks).size).toBe(5);
  });
});

describe('the room of a prior', () => {
  it('is its bounds, those of the blocks that hold 0 included, and none where it is normal', () => {
    expect(boundsOf(uniform)).toEqual({ low: 0, high: 3 });
    expect(boundsOf({ ...split, low: 0.5 })).toEqual({ low: 0, high: 1 });
    expect(boundsOf(normal)).toBeUndefined();
  });

  it('reaches to the bounds, or to two standard deviations', () => {
    expect(reachOf(uniform)).toEqual({ centre: 1.5, half: 1.5 });
    expect(reachOf(normal)).toEqual({ centre: 0, half: 1 });
  });
});

describe('a traversal', () => {
  it('sets one dimension a row to equidistant values and leaves the others as they were drawn', () => {
    const { z, values, base } = traversal(
      { prior: uniform, name: 'x' },
      { dimensions: [2, 11], steps: 3, range: 0.5, seed: 4 },
    );
    expect(values).toEqual([0.75, 1.5, 2.25]);
    for (const [row, dimension] of [2, 11].entries()) {
      for (const [step, value] of values.entries()) {
        const expected = base.values.slice();
        expected[dimension] = value;
        expect(pointAt(z, row * 3 + step)).toEqual(expected);
      }
    }
  });

  it('moves the first ten dimensions where none is named, and the same draw for the same seed', () => {
    const request = { steps: 2, range: 1, seed: 1 };
    const one = traversal({ prior: uniform, name: 'x' }, request);
    expect(one.dimensions).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(traversal({ prior: uniform, name: 'x' }, request)).toEqual(one);
    expect(traversal({ prior: uniform, name: 'x' }, { ...request, seed: 2 }).base).not.toEqual(one.base);
  });

  it('counts the dimensions of a split prior within the filled block, and fills no other', () => {
    const way = traversal({ prior: split, name: 'x' }, { steps: 3, range: 1, seed: 2 });
    expect(way.dimensions).toEqual([0, 1, 2]);
    const block = blockOf(split, way.base.values);
    expect(way.class).toBe(block.class);
    for (let index = 0; index < way.z.count; index++) {
      const outside = pointAt(way.z, index).filter((_, at) => at < block.first || at >= block.first + 3);
      expect(outside.every((value) => value === 0)).toBe(true);
    }
  });

  it('refuses a dimension that is not there', () => {
    const request = { dimensions: [0, 3], steps: 3, range: 1, seed: 2 };
    expect(() => traversal({ prior: split, name: 'mine' }, request)).toThrow(
      "--dimensions: expected numbers from 0 to 2, got 3 (a class's block of mine has 3 of them)",
    );
  });
});
