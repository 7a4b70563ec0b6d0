import { describe, expect, it } from 'vitest';
import { modeReach, modeShares } from '../../../src/metrics/numerics/mode-share.ts';
import { makeDataset } from '../../support/datasets.ts';

const modesOf = (spec: Parameters<typeof makeDataset>[0]) => {
  const { modes } = makeDataset(spec);
  if (!modes) throw new Error('a mixture has modes');
  return modes;
};
const line = modesOf({ kind: 'gaussian-line', centres: [-5, 0, 1], std: 0.01, scale: 1 });

describe('mode shares', () => {
  it('a mode reaches half the way to its nearest neighbour', () => {
    expect([...modeReach(line)]).toEqual([2.5, 0.5, 0.5]);
  });

  it('a mode reaches 3σ where that is more, or where it is alone', () => {
    expect([...modeReach(modesOf({ kind: 'gaussian-line', centres: [0, 1], std: 0.5, scale: 1 }))]).toEqual([1.5, 1.5]);
    const single = modesOf({ kind: 'gaussian-clusters', centres: [[3, 4]], std: 0.5, scale: 1 });
    expect([...modeReach(single)]).toEqual([1.5]);
  });

  it('points beyond every reach are at no mode, nor are those that are not finite', () => {
    const values = Float32Array.of(-5.1, -4, 0.4, 0.6, 1.4, 1.6, -2, Number.NaN, Number.POSITIVE_INFINITY, 30);
    expect([...modeShares({ values, count: 10, dim: 1 }, line)]).toEqual(
      [0.2, 0.1, 0.2].map((share) => expect.closeTo(share, 12)),
    );
  });
});
