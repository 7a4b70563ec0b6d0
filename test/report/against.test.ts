import { describe, expect, it } from 'vitest';
import { compareStores } from '../../src/report/against.ts';
import { againstSection } from '../../src/report/page/against.ts';
import { valueAt } from '../../src/schema/paths.ts';
import { dataOf, sampleRecords, specOf, trialOf } from './sample-store.ts';

const two = async (ours: Parameters<typeof dataOf>[0], theirs: Parameters<typeof dataOf>[0]) =>
  compareStores(await dataOf(ours), await dataOf(theirs));

describe('two stores', () => {
  it('are compared where their specs are the same, seed by seed', async () => {
    const theirs = [11, 11, 13, 20].map((modes, seed) => trialOf(specOf('bigan', seed), modes, { commit: 'abc' }));
    const { pairs, onlyOurs, onlyTheirs } = await two(sampleRecords(), theirs);
    expect(pairs).toHaveLength(1);
    expect(pairs[0]?.differs).toEqual([]);
    expect(pairs[0]?.circumstances).toEqual(['commit unknown here, abc there']);
    const modes = pairs[0]?.differences.find(({ info }) => info.name === 'modesCaptured')?.difference;
    expect(modes?.seeds).toEqual([0, 1, 2]);
    expect(modes?.mean).toBeCloseTo((1 + 3 + 0) / 3, 12);
    expect(modes?.low).toBeGreaterThanOrEqual(0);
    expect(modes?.high).toBeLessThanOrEqual(3);
    expect([onlyOurs.map(({ label }) => label), onlyTheirs]).toEqual([['bigan-pgp'], []]);
  });

  it('are equal to themselves', async () => {
    const { pairs } = await two(sampleRecords(), sampleRecords());
    for (const { differences, differs } of pairs) {
      expect(differs).toEqual([]);
      for (const { difference } of differences) expect(difference).toMatchObject({ mean: 0, low: 0, high: 0 });
    }
  });

  it('say where the specs differ, so that nobody takes it for a fair comparison', async () => {
    const spec = specOf('bigan', 0);
    const theirs = [trialOf({ ...spec, training: { ...spec.training, steps: 4000, batch: 64 } }, 10)];
    const found = await two(sampleRecords(), theirs);
    expect(found.pairs[0]?.differs).toEqual([
      { path: 'training.steps', ours: '8000', theirs: '4000' },
      { path: 'training.batch', ours: '128', theirs: '64' },
    ]);
    const { html } = againstSection(found, '../older<b>');
    expect(html).toContain('no fair comparison');
    expect(html).toContain('../older&#60;b&#62;');
    expect(html.indexOf('The same specs')).toBe(-1);
  });

  it('match swept values to their like before anything else', async () => {
    const sweep = (weights: readonly number[], modes: number) =>
      weights.map((weight) =>
        trialOf(specOf('bigan-pgp', 0, { penalty: { weight, form: 'squared' } }), modes, {
          varied: ['penalty.weight'],
        }),
      );
    const { pairs, onlyOurs } = await two(sweep([0.1, 1, 10], 20), sweep([10, 1], 18));
    expect(
      pairs.map(({ ours, theirs }) => [valueAt(ours.spec, 'penalty.weight'), valueAt(theirs.spec, 'penalty.weight')]),
    ).toEqual([
      [1, 1],
      [10, 10],
    ]);
    expect(onlyOurs.map(({ label }) => label)).toEqual(['bigan-pgp λ 0.1']);
  });

  it('without common seeds have no difference to show', async () => {
    const { pairs } = await two([trialOf(specOf('gan', 0), 9)], [trialOf(specOf('gan', 1), 9)]);
    expect(pairs[0]?.differences[0]?.difference).toMatchObject({ mean: Number.NaN, seeds: [] });
    expect(againstSection({ pairs, onlyOurs: [], onlyTheirs: [] }, 'x').html).not.toContain('NaN');
  });
});
