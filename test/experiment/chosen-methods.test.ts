/** What `--methods` takes: names and families, of methods that the experiment declares and of others. */
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { chosenMethods, undeclaredNote } from '../../src/experiment/chosen-methods.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { methodsByFamily, runsAnywhere } from '../../src/methods/method.ts';

const [toys, pictures] = [await loadExperiment('grid25-tight'), await loadExperiment('mnist')];
const { methods } = builtIn.cards;
const named = (family: string) => methods.filter((card) => card.family === family).map(({ name }) => name);

describe('--methods', () => {
  it('takes a family, and several with names among them, each method once', () => {
    expect(chosenMethods(toys, 'default', 'paper')).toEqual(named('paper'));
    expect(chosenMethods(toys, 'default', 'modern,gan, rpgan-r1r2')).toEqual(['gan', ...named('modern')]);
  });

  it('takes all: every method that runs anywhere, and fits', () => {
    const anywhere = methods.filter(runsAnywhere);
    expect(chosenMethods(toys, 'default', 'all').toSorted()).toEqual(anywhere.map(({ name }) => name).toSorted());
    const fitting = anywhere.filter(({ pointsOnly }) => !pointsOnly);
    expect(chosenMethods(pictures, 'default', 'all')).toEqual(expect.arrayContaining(fitting.map(({ name }) => name)));
    expect(chosenMethods(pictures, 'default', 'coverage')).not.toContain('unrolled');
    expect(() => planTrials(pictures, { seeds: '1', methods: 'unrolled', set: [], sweep: [] })).toThrow(
      'methods: unrolled is for points, and images is pictures',
    );
  });

  it('says which methods run without a word of the experiment', () => {
    expect(undeclaredNote(toys, ['gan', 'veegan', 'lsgan'])).toEqual([
      'veegan, lsgan: with the method’s own settings, grid25-tight has none for it'.replace('’', "'"),
    ]);
    expect(undeclaredNote(toys, ['gan'])).toEqual([]);
  });

  it.each([
    ['guided', 'grid25-tight does not declare the method guided; it has gan, '],
    ['special', "--methods: there is no method 'special'"],
    ['modrn', "--methods: there is no method 'modrn'; did you mean 'modern'?"],
    ['nothing-like-it', 'families: paper, modern, coverage, stability, all'],
  ])('refuses %s in a line', (word, message) => {
    expect(() => chosenMethods(toys, 'default', word)).toThrow(message);
  });

  it('every method has a family that it is listed under', () => {
    const listed = methodsByFamily(methods).flatMap(({ cards }) => cards);
    expect(listed.map(({ name }) => name).toSorted()).toEqual(methods.map(({ name }) => name).toSorted());
    expect(methods.filter(({ family }) => family === 'own')).toEqual([]);
  });
});
