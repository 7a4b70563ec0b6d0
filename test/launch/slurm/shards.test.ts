import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { arrayText, openShards, parseShard, shardCount, shardOf } from '../../../src/launch/slurm/shards.ts';

const sizes = fc
  .integer({ min: 1, max: 60 })
  .chain((trials) => fc.tuple(fc.constant(trials), fc.integer({ min: 1, max: trials })));
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('shards', () => {
  it('are disjoint, even in size, and all trials together', () => {
    fc.assert(
      fc.property(sizes, ([trials, count]) => {
        const shards = upTo(count).map((index) => shardOf(upTo(trials), { index, count }));
        expect(shards.flat().sort((a, b) => a - b)).toEqual(upTo(trials));
        const lengths = shards.map(({ length }) => length);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('that are open are those with an open trial', () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.boolean()), ([trials, count], open) => {
        const isOpen = [...open.take(trials)];
        const expected = upTo(count).filter((index) => shardOf(isOpen, { index, count }).includes(true));
        expect(openShards(isOpen, count)).toEqual(expected);
      }),
    );
  });

  it('are written as Slurm writes an array', () => {
    expect(arrayText([1, 2, 3, 4, 7, 9, 10])).toBe('1-4,7,9-10');
    expect(arrayText([5])).toBe('5');
  });

  it('are read from words such as 3/20, and refused in one line', () => {
    expect(parseShard('3/20')).toEqual({ index: 3, count: 20 });
    for (const text of ['0/3', '4/3', '3', '1/0', '-1/2', '1/2/3', '1.5/2', ' 1/2', '']) {
      expect(() => parseShard(text)).toThrow(UsageError);
    }
    expect(() => shardOf([1, 2], { index: 1, count: 3 })).toThrow(
      '--shard: expected at most as many shards as planned trials (2), got 3',
    );
  });

  it('are one a trial, and 200 at most, where nothing is said', () => {
    expect([shardCount(undefined, 30), shardCount(undefined, 1200), shardCount('7', 30)]).toEqual([30, 200, 7]);
    for (const asked of ['0', '31', 'many', '2.5']) {
      expect(() => shardCount(asked, 30)).toThrow(`from 1 to the number of planned trials (30), got '${asked}'`);
    }
  });
});
