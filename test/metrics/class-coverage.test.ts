/** Class coverage by hand, against NumPy and SciPy on 1,000 modes, and its bounds for any classifier. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Points } from '../../src/base/points.ts';
import type { Labels } from '../../src/datasets/dataset.ts';
import { classCoverageValues, classModes, classShares } from '../../src/metrics/class-coverage.ts';
import type { ScorerOutput, ScorerOutputs } from '../../src/metrics/evaluation-inputs.ts';
import { inputs, points, truth } from './inputs.ts';

/** Two heads, six modes: red 1, red 2, red 3, green 1, green 2, green 3. */
const twoHeads: Labels = {
  kind: 'classes',
  heads: [
    ['red', 'green'],
    ['1', '2', '3'],
  ],
};

const scorerOutput = (probabilities: Points): ScorerOutput => ({ features: points(), probabilities });

/** Probabilities of pictures whose modes are these, 0 … 5; NaN for one that cannot be read. */
const showing = (...modes: number[]): ScorerOutput =>
  scorerOutput(
    points(
      ...modes.map((mode) => {
        const [colour, digit] = [Math.floor(mode / 3), mode % 3];
        return [0, 1, 2, 3, 4].map((v) => (Number.isNaN(mode) ? mode : v === colour || v === digit + 2 ? 0.8 : 0.1));
      }),
    ),
  );

const inInputs = (scored: ScorerOutputs) => inputs({ dataset: truth({}), scored });

describe('by hand', () => {
  // Of four real examples three are red; two are a 1, one a 2, one a 3: the product (6, 3, 3, 2, 1, 1)/16 reaches green 1 and
  // green 3, which no example shows.
  const real = showing(0, 0, 2, 4);

  test('captured modes and divergences from the product of the marginals', () => {
    const generated = showing(0, 0, 2, 4, Number.NaN);
    const secondReal = showing(0, 2, 0, 2);
    const reconstructed = showing(0, 5, 5, Number.NaN);
    expect(classCoverageValues(inInputs({ labels: twoHeads, real, generated, secondReal, reconstructed }))).toEqual({
      modesCaptured: 3,
      modesSure50: 3,
      modesSure99: 0,
      // q = np.outer([3/4, 1/4], [1/2, 1/4, 1/4]).ravel(); p = [2/4, 0, 1/4, 0, 1/4, 0] and [1/2, 0, 1/2, 0, 0, 0]
      // scipy.stats.entropy(p, q), scipy.spatial.distance.jensenshannon(p, q) ** 2
      reverseKL: expect.closeTo(0.5623351446188083, 14),
      jensenShannon: expect.closeTo(0.1668008581724189, 14),
      modesReconstructed: 2,
      modesCapturedReal: 2,
      modesSure50Real: 2,
      modesSure99Real: 0,
      reverseKLReal: expect.closeTo(0.6342556627317535, 14),
    });
  });

  test('a mode counts at a confidence where the least sure head of one of its pictures is surer', () => {
    const surenesses = [
      [0.995, 0.005, 0.995, 0.005, 0],
      [0.995, 0.005, 0.6, 0.4, 0],
      [0.6, 0.4, 0, 0.995, 0.005],
      [0.995, 0.005, 0.3, 0.3, 0.4],
    ];
    const generated = scorerOutput(points(...surenesses));
    expect(classCoverageValues(inInputs({ labels: twoHeads, real, generated }))).toMatchObject({
      modesCaptured: 3,
      modesSure50: 2,
      modesSure99: 1,
    });
  });

  test('columns stand only where there is something to judge', () => {
    const columns = (scored: ScorerOutputs) => Object.keys(classCoverageValues(inInputs(scored)));
    expect(columns({ labels: twoHeads, real })).toEqual([]);
    expect(columns({ labels: twoHeads, real, secondReal: real })).toEqual([
      'modesCapturedReal',
      'reverseKLReal',
      'modesSure50Real',
      'modesSure99Real',
    ]);
    expect(columns({ real, secondReal: real, generated: real })).toEqual([]);
    expect(columns({ labels: { kind: 'attributes', names: ['a'] }, real, generated: real })).toEqual([]);
    const features = { features: points([1, 2]) };
    expect(columns({ labels: twoHeads, real: features, generated: features })).toEqual([]);
    expect(classCoverageValues(inputs({ dataset: truth({}) }))).toEqual({});
  });

  test('a value that no real example has counts as half an example, so a divergence stays finite', () => {
    // one head, three values, real counts (3, 1, 0): the reference is (3, 1, ½)/4.5, and all samples are of the third
    const one: Labels = { kind: 'classes', heads: [['a', 'b', 'c']] };
    const values = classCoverageValues(
      inInputs({
        labels: one,
        real: scorerOutput(points([1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0])),
        generated: scorerOutput(points([0, 0, 1], [0, 0, 1])),
      }),
    );
    expect(values.reverseKL).toBeCloseTo(Math.log(9), 14);
  });

  test('where no sample can be read nothing is captured and no divergence is defined', () => {
    const lost = showing(Number.NaN, Number.NaN);
    expect(
      classCoverageValues(inInputs({ labels: twoHeads, real, generated: lost, reconstructed: lost, secondReal: real })),
    ).toMatchObject({
      ...{ modesCaptured: Number.NaN, reverseKL: Number.NaN, jensenShannon: Number.NaN },
      modesReconstructed: Number.NaN,
    });
  });

  test('shares for a report: a row a mode, of all pictures', () => {
    const generated = showing(0, 5, Number.NaN, 5);
    expect(classShares(inInputs({ labels: twoHeads, real, generated }))).toEqual([
      { mode: 'red 1', real: 0.5, generated: 0.25 },
      { mode: 'red 2', real: 0, generated: 0 },
      { mode: 'red 3', real: 0.25, generated: 0 },
      { mode: 'green 1', real: 0, generated: 0 },
      { mode: 'green 2', real: 0.25, generated: 0 },
      { mode: 'green 3', real: 0, generated: 0.5 },
    ]);
    expect(classShares(inInputs({ labels: twoHeads, real, reconstructed: real }))[0]).toEqual({
      mode: 'red 1',
      real: 0.5,
      reconstructed: 0.5,
    });
  });

  test('one row for each of 100 modes, none for 1,000', () => {
    const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
    const rows = (heads: number) => {
      const real = scorerOutput(points(Array(10 * heads).fill(0.1)));
      return classShares(inInputs({ labels: { kind: 'classes', heads: Array(heads).fill(digits) }, real }));
    };
    expect(rows(1).map(({ mode }) => mode)).toEqual(digits);
    expect(rows(2)).toHaveLength(100);
    expect(rows(2)[37]?.mode).toBe('3 7');
    expect(rows(3)).toEqual([]);
  });
});

describe('modes of pictures', () => {
  const heads = twoHeads.kind === 'classes' ? twoHeads.heads : [];

  test('the most probable value of each head, the first of equals; none where a probability is not finite', () => {
    const rows = points(
      [0.4, 0.6, 0.2, 0.5, 0.3],
      [0.5, 0.5, 0.3, 0.3, 0.3],
      [0.9, 0.1, 0.2, 0.2, 0.6],
      [0.9, 0.1, 0.2, Number.NaN, 0.6],
      [0.9, Number.POSITIVE_INFINITY, 0.2, 0.2, 0.6],
    );
    expect([...classModes(rows, heads)]).toEqual([4, 0, 2, -1, -1]);
  });

  test('probabilities of another scorer are our own fault', () => {
    expect(() => classModes(points([0.1, 0.9]), heads)).toThrow('internal: classModes expects 5 probabilities');
  });
});

test('1,000 modes: the figures of an independent implementation', () => {
  // import numpy as np; from scipy.stats import entropy; from scipy.spatial.distance import jensenshannon
  // def digits(seed):
  //     i, v = np.mgrid[0:700, 0:30]
  //     p = (i*i*31 + i*(v + 7)*17 + v*v*(seed + 3)*11 + seed) % 1009
  //     return p.reshape(-1, 3, 10).argmax(2)
  // hist = lambda d: np.bincount(d @ np.array([100, 10, 1]), minlength=1000) / len(d)
  // real, ours, secondReal, reconstructed = map(digits, range(4))
  // q = np.einsum('i,j,k->ijk', *(np.bincount(real[:, h], minlength=10) / 700 for h in range(3))).ravel()
  // np.count_nonzero(hist(ours)), entropy(hist(ours), q), jensenshannon(hist(ours), q) ** 2, …
  const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
  const pictures = (seed: number): ScorerOutput => {
    const values = Float32Array.from({ length: 700 * 30 }, (_, at) => {
      const [i, v] = [Math.floor(at / 30), at % 30];
      return (i * i * 31 + i * (v + 7) * 17 + v * v * (seed + 3) * 11 + seed) % 1009;
    });
    return scorerOutput({ values, count: 700, dim: 30 });
  };
  const [real, generated, secondReal, reconstructed] = [pictures(0), pictures(1), pictures(2), pictures(3)];
  const labels: Labels = { kind: 'classes', heads: [digits, digits, digits] };
  expect(classCoverageValues(inInputs({ labels, real, generated, secondReal, reconstructed }))).toMatchObject({
    modesCaptured: 452,
    reverseKL: expect.closeTo(0.9492343346475463, 12),
    jensenShannon: expect.closeTo(0.2651635288318899, 12),
    modesReconstructed: 455,
    modesCapturedReal: 449,
    reverseKLReal: expect.closeTo(0.9357304840135056, 12),
  });
});

describe('any classifier', () => {
  const probability = fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1, Number.NaN));
  const row = fc.array(probability, { minLength: 5, maxLength: 5 });
  const rows = fc.array(row, { minLength: 1, maxLength: 30 }).map((list) => scorerOutput(points(...list)));

  test('bounds hold, and shares add up to the share of pictures that can be read', () => {
    fc.assert(
      fc.property(rows, rows, (real, generated) => {
        const all = inInputs({ labels: twoHeads, real, generated });
        const { modesCaptured = -1, reverseKL = -1, jensenShannon = -1 } = classCoverageValues(all);
        const shares = classShares(all).map((mode) => mode.generated ?? -1);
        const { values, count } = generated.probabilities ?? points();
        const readable = Array.from({ length: count }, (_, i) =>
          values.subarray(5 * i, 5 * i + 5).every(Number.isFinite),
        ).filter(Boolean).length;
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(readable / count, 12);
        expect([modesCaptured, reverseKL].map(Number.isNaN)).toEqual([readable === 0, readable === 0]);
        if (readable === 0) return;
        expect(modesCaptured).toBe(shares.filter((share) => share > 0).length);
        expect(reverseKL).toBeGreaterThanOrEqual(0);
        expect(reverseKL).toBeLessThan(Number.POSITIVE_INFINITY);
        expect(jensenShannon).toBeGreaterThanOrEqual(0);
        expect(jensenShannon).toBeLessThanOrEqual(Math.LN2 + 1e-12);
      }),
    );
  });

  test('with one head, the data against itself diverges by 0 where every value occurs', () => {
    const one: Labels = { kind: 'classes', heads: [['a', 'b', 'c']] };
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 40 }), (drawn) => {
        const picks = [0, 1, 2, ...drawn];
        const real = scorerOutput(points(...picks.map((pick) => [0, 1, 2].map((v) => Number(v === pick)))));
        const values = classCoverageValues(inInputs({ labels: one, real, generated: real }));
        expect(values).toMatchObject({ modesCaptured: 3, jensenShannon: expect.closeTo(0, 14) });
        expect(values.reverseKL).toBeCloseTo(0, 14);
      }),
    );
  });
});
