import { describe, expect, it } from 'vitest';
import type { ColumnInfo } from '../../src/schema/column-info.ts';
import type { Search, SearchDraw } from '../../src/store/search-file.ts';
import { betterHalf, keepingAll, searchResults, stoppedNote } from '../../src/summary/search-results.ts';

const columns: readonly ColumnInfo[] = [
  { name: 'modes', title: 'modes', unit: 'count', digits: 1, better: 'more', outOf: 'modes' },
  { name: 'distance', title: 'distance', unit: 'number', digits: 2, better: 'less' },
];

/** A draw with a trial a seed: modes and distance, `undefined` for a seed that has not ended. */
const draw = (index: number, ...seeds: readonly (readonly [number | null, number] | undefined)[]): SearchDraw => ({
  draw: index,
  settings: { 'a.b': String(index) },
  trials: seeds.flatMap((values, seed) =>
    values === undefined
      ? []
      : [
          {
            ...{ seed: 100 + seed, id: `${index}-${seed}`, status: 'done' as const, steps: 5, seconds: 2 },
            metrics: { modes: values[0], distance: values[1] },
          },
        ],
  ),
});
const searchOf = (methods: Readonly<Record<string, readonly SearchDraw[]>>, seeds = [100, 101]): Search => ({
  ...{ preset: 'default', set: [], space: [], seed: 0, seeds, modes: 8 },
  methods: Object.entries(methods).map(([method, draws]) => ({
    ...{ method, space: {}, base: 'f'.repeat(64) },
    draws: [...draws],
  })),
});

describe('the results of a search', () => {
  it('rank by the first column’s mean over seeds, then by the next, in the way that each counts', () => {
    const search = searchOf({
      gan: [draw(0, [8, 3], [4, 3]), draw(1, [7, 1], [7, 2]), draw(2, [8, 9], [6, 1]), draw(3, [7, 2], [7, 1])],
    });
    const [gan] = searchResults(search, columns);
    expect(gan?.ranked.map(({ draw: index }) => index)).toEqual([1, 3, 2, 0]);
    expect(gan?.ranked[0]?.values).toEqual({ modes: 7, distance: 1.5 });
    expect(gan?.seconds).toBe(16);
  });

  it('count as many draws of each method, those from the first on that have every seed', () => {
    const search = searchOf({
      gan: [draw(0, [8, 1], [8, 1]), draw(1, [2, 1], [2, 1]), draw(2, [3, 1])],
      wgan: [draw(0, [1, 1], [1, 1]), draw(2, [8, 1], [8, 1])],
    });
    const [gan, wgan] = searchResults(search, columns);
    expect([gan?.counted, gan?.ranked.length, gan?.beyond]).toEqual([1, 1, 1]);
    expect([wgan?.counted, wgan?.ranked[0]?.values.modes, wgan?.beyond]).toEqual([1, 1, 1]);
    expect(searchResults(search, columns, ['gan'])[0]?.counted).toBe(2);
  });

  it('put what is not defined, or diverged, last', () => {
    const bad = draw(0, [8, 1], [8, 1]);
    const diverged = { ...bad, trials: bad.trials.map((trial) => ({ ...trial, status: 'diverged' as const })) };
    const search = searchOf({ gan: [diverged, draw(1, [null, 1], [8, 1]), draw(2, [0, 5], [0, 5])] });
    const [gan] = searchResults(search, columns);
    expect(gan?.ranked.map(({ draw: index }) => index)).toEqual([2, 1, 0]);
    expect(gan?.ranked[2]?.diverged).toBe(true);
  });

  it('order draws that successive halving stopped behind those that went on, whatever they had reached', () => {
    const until = (steps: number, one: SearchDraw): SearchDraw => ({
      ...one,
      trials: one.trials.map((trial) => ({ ...trial, steps })),
    });
    const [short, long] = [until(2, draw(2, [1, 1], [1, 1])), draw(2, [3, 1], [5, 1])];
    const wentOn = { ...long, trials: [...short.trials, ...long.trials] };
    const search = {
      ...searchOf({ gan: [until(2, draw(0, [8, 1], [8, 1])), until(2, draw(1, [0, 1], [8, 1])), wentOn] }),
      steps: 5,
    };
    const [gan] = searchResults(search, columns);
    expect(gan?.ranked.map((one) => [one.draw, one.stopped, one.values.modes])).toEqual([
      [2, undefined, 4],
      [0, 2, 8],
      [1, 2, 4],
    ]);
    expect(gan?.seconds).toBe(16); // with what the draw that went on had trained before
    expect(gan && stoppedNote([gan])[0]).toContain('2 of all 3 draws ended after 2 steps');
  });

  it('name the better half of a rung of each method, the larger one of an odd number, none that diverged', () => {
    const bad = draw(3, [8, 1], [8, 1]);
    const diverged = { ...bad, trials: bad.trials.map((trial) => ({ ...trial, status: 'diverged' as const })) };
    const search = searchOf({
      gan: [draw(0, [1, 1], [1, 1]), draw(1, [8, 1], [8, 1]), draw(2, [7, 1], [7, 1])],
      wgan: [diverged, draw(4, [8, 1], [8, 1])],
    });
    const took = new Map([
      ['gan', [0, 2]],
      ['wgan', [3]],
    ]);
    expect(betterHalf(search, columns, took)).toEqual(
      new Map([
        ['gan', new Set([2])],
        ['wgan', new Set()],
      ]),
    );
    expect(betterHalf(search, columns, new Map([['gan', [0, 1, 2]]])).get('gan')).toEqual(new Set([1, 2]));
  });

  it('say how many draws keep every mode on every seed', () => {
    const search = searchOf({ gan: [draw(0, [8, 1], [8, 1]), draw(1, [8, 1], [7, 1]), draw(2, [8, 9], [8, 9])] });
    const [gan] = searchResults(search, columns);
    expect(gan && keepingAll(gan, 8, columns)).toBe(2);
    expect(gan && keepingAll(gan, undefined, columns)).toBeUndefined();

    // a search for what is well captured: keeping is being captured all the same
    const well: ColumnInfo = { name: 'distance', title: 'well', unit: 'count', digits: 1, outOf: 'modes', place: 40 };
    const [first, ...rest] = columns;
    expect(gan && first && keepingAll(gan, 8, [well, { ...first, place: 10 }, ...rest])).toBe(2);
  });
});
