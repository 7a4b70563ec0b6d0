import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addSearch, readSearches, type Search } from '../../src/store/search-file.ts';
import { scratch } from '../cli/run-cli.ts';

const trial = (seed: number) =>
  ({ seed, id: `gan-s${seed}`, status: 'done', steps: 5, seconds: 1, metrics: { modes: 3 } }) as const;
const search = (
  draws: Readonly<Record<number, readonly number[]>>,
  change: Partial<Search> = {},
  base = 'a',
): Search => ({
  ...{ preset: 'default', set: [], space: [], seed: 0, seeds: [100] },
  methods: [
    {
      ...{ method: 'gan', space: { 'critic.steps': '1,2' }, base: base.repeat(64) },
      draws: Object.entries(draws).map(([draw, seeds]) => ({
        ...{ draw: Number(draw), settings: { 'critic.steps': '1' }, trials: seeds.map(trial) },
      })),
    },
  ],
  ...change,
});
const file = { of: 'grid25', columns: [] };

describe('search.json', () => {
  it('grows with more draws, seeds and methods of one search', async () => {
    const folder = scratch();
    await addSearch(folder, file, search({ 0: [100] }));
    const wider = { ...search({ 0: [101], 1: [101] }), seeds: [101] };
    const whole = await addSearch(folder, file, wider);
    expect(whole.seeds).toEqual([100, 101]);
    expect(whole.methods[0]?.draws.map(({ trials }) => trials.map(({ seed }) => seed))).toEqual([[100, 101], [101]]);
    expect(readSearches(folder)).toEqual({ ...file, searches: [whole] });
  });

  it('keeps searches of another preset, setting, space or seed apart', async () => {
    const folder = scratch();
    for (const change of [{}, { preset: 'quick' }, { set: ['a=1'] }, { space: ['a=1,2'] }, { seed: 4 }])
      await addSearch(folder, file, search({ 0: [100] }, change));
    await addSearch(folder, file, search({ 1: [100] }, { preset: 'quick' }));
    const draws = readSearches(folder)?.searches.map(({ methods }) => methods[0]?.draws.length);
    expect(draws).toEqual([1, 1, 1, 1, 2]);
  });

  it('replaces the draws of a method whose spec or space is another one now', async () => {
    const folder = scratch();
    await addSearch(folder, file, search({ 0: [100], 1: [100] }));
    const [gan] = (await addSearch(folder, file, search({ 0: [100] }, {}, 'b'))).methods;
    expect(gan?.draws).toHaveLength(1);
  });

  it('that is damaged is refused in one line with its path', async () => {
    const folder = scratch();
    const path = join(folder, 'search.json');
    expect(readSearches(folder)).toBeUndefined();
    await addSearch(folder, file, search({ 0: [100] }));
    writeFileSync(path, readFileSync(path, 'utf8').replace('"modes": 3', '"modes": 8'));
    expect(() => readSearches(folder)).toThrow(`${path}: its bytes are not those that were written`);
    writeFileSync(path, '{"version": 2}');
    expect(() => readSearches(folder)).toThrow(/search\.json: version: expected/);
  });
});
