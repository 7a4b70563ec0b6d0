import { describe, expect, it } from 'vitest';
import { lossNames } from '../../../src/methods/loss-names.ts';
import { levelOf, readingOf } from '../../../src/report/films/decision-level.ts';

describe('D between 0 and 1', () => {
  it('is a probability for logistic losses, and a share of the frame where D has no targets', () => {
    expect(lossNames.map((loss) => [loss, readingOf(loss)])).toEqual([
      ['logistic', 'probability'],
      ['linear', 'probability'],
      ['least-squares', 'target'],
      ['wasserstein', 'share'],
      ['hinge', 'share'],
      ['relativistic', 'share'],
    ]);
  });

  it('of a logit is the sigmoid', () => {
    const level = levelOf('probability', new Float32Array());
    expect([0, Math.log(3), -Math.log(3)].map(level)).toEqual([0.5, 0.75, 0.25].map((p) => expect.closeTo(p, 12)));
    expect([1e4, -1e4, Number.POSITIVE_INFINITY].map(level)).toEqual([1, 0, 1]);
  });

  it('of targets is cut off at them', () => {
    expect([-0.5, 0.25, 3].map(levelOf('target', new Float32Array()))).toEqual([0, 0.25, 1]);
  });

  it('in a frame lies between its 2nd and 98th percentile, whatever the unit', () => {
    const frame = Float32Array.from({ length: 101 }, (_, index) => 1000 + 10 * ((index * 37) % 101));
    const level = levelOf('share', frame);
    expect([1020, 1500, 1980, 0, 5000].map(level)).toEqual([0, 0.5, 1, 0, 1]);
  });

  it('is never undefined: a flat frame is half-way, NaN is nothing', () => {
    expect(levelOf('share', Float32Array.of(3, 3, 3))(3)).toBe(0.5);
    for (const reading of ['probability', 'target', 'share'] as const) {
      expect(levelOf(reading, Float32Array.of(Number.NaN))(Number.NaN)).toBeTypeOf('number');
      expect(levelOf(reading, Float32Array.of(1, 2))(Number.NaN)).toBe(0);
    }
  });
});
