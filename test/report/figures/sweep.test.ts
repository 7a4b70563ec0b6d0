/** Which groups a sweep is made of, and how its values lie on an axis. */
import { describe, expect, it } from 'vitest';
import { axisFor, gridsOf, sweepsOf, withoutIt } from '../../../src/report/figures/sweep.ts';
import { reportOf, type Wanted } from './example-data.ts';

const at = (weight: number, batch: number, seed = 0): Wanted => ({
  method: 'bigan-pgp',
  seed,
  change: (spec) => ({ ...spec, penalty: { weight, form: 'squared' }, training: { ...spec.training, batch } }),
});

describe('axisFor', () => {
  it('is logarithmic where values span decades, and shows zero where it is among them', () => {
    expect(axisFor([0.1, 1, 10])).toMatchObject({ scale: 'log' });
    expect(axisFor([0, 10, 0.1, 1])).toEqual({
      kind: 'numbers',
      values: [0, 0.1, 1, 10],
      scale: 'symlog',
      constant: 0.1,
    });
  });

  it('is linear for near values and for negative ones', () => {
    expect(axisFor([1, 2, 3])).toMatchObject({ scale: 'linear' });
    expect(axisFor([-1, 0.01, 100])).toMatchObject({ scale: 'linear' });
    expect(axisFor([0, 1, 2])).toMatchObject({ scale: 'linear' });
  });

  it('takes what is not a number for words', () => {
    expect(axisFor(['squared', 'norm'])).toEqual({ kind: 'words' });
    expect(axisFor([[64], [64, 64]])).toEqual({ kind: 'words' });
  });
});

describe('sweepsOf', () => {
  const data = reportOf([at(0.1, 32), at(1, 32), at(10, 32), at(1, 128), at(1, 128, 1), { method: 'gan' }]);

  it('holds all else alike, where most values were run', () => {
    const [sweep] = sweepsOf(data, 'penalty.weight');
    expect(sweep?.groups.map(({ settings }) => settings['penalty.weight'])).toEqual([0.1, 1, 10]);
    expect(new Set(sweep?.groups.map(({ spec }) => spec.training.batch))).toEqual(new Set([32]));
  });

  it('goes by the main comparison among settings with equally many values', () => {
    const twice = reportOf([at(0.1, 32), at(1, 32), at(0.1, 128), at(1, 128), at(1, 128, 1), { method: 'gan' }]);
    const [sweep] = sweepsOf(twice, 'penalty.weight');
    const main = twice.main.find(({ method }) => method === 'bigan-pgp');
    expect(sweep?.groups.map(({ key }) => key)).toContain(main?.key);
  });

  it('has no sweep of what was not swept, nor of a method that lacks it', () => {
    expect(sweepsOf(data, 'training.steps')).toEqual([]);
    expect(sweepsOf(data, 'penalty.weight').map(({ method }) => method)).not.toContain('gan');
    expect(withoutIt(data, 'penalty.weight').map(({ method }) => method)).toEqual(['gan']);
  });

  it('is a grid only where both parameters vary together', () => {
    expect(gridsOf(data, 'penalty.weight', 'training.batch')).toHaveLength(1);
    const cross = reportOf([at(0.1, 32), at(1, 32), at(10, 32)]);
    expect(gridsOf(cross, 'penalty.weight', 'training.batch')).toEqual([]);
  });
});
