/** What the scores take from the inputs: which columns come when, what stands beside them, what is made only once. */
import { describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import type { Dataset } from '../../../src/datasets/dataset.ts';
import { birthdayValues } from '../../../src/metrics/birthday.ts';
import type { EvaluationInputs, ScorerOutput, ScorerOutputs, Values } from '../../../src/metrics/evaluation-inputs.ts';
import { frechetValues } from '../../../src/metrics/frechet.ts';
import { inceptionScoreValues } from '../../../src/metrics/inception-score.ts';
import { kernelValues } from '../../../src/metrics/kernel.ts';
import { ndbValues } from '../../../src/metrics/ndb.ts';
import { prdcValues } from '../../../src/metrics/prdc.ts';
import { frechetDistance } from '../../../src/metrics/scores/frechet-distance.ts';
import { inceptionScore } from '../../../src/metrics/scores/inception-score.ts';
import { kernelDistance } from '../../../src/metrics/scores/kernel-distance.ts';
import { ndb } from '../../../src/metrics/scores/ndb.ts';
import { prdc } from '../../../src/metrics/scores/prdc.ts';
import { ssim } from '../../../src/metrics/scores/ssim.ts';
import { ssimValues } from '../../../src/metrics/ssim.ts';
import { priorCdf } from '../../../src/priors/prior.ts';
import { features, firstOf, repeatable } from './repeatable.ts';

const none: Points = { values: new Float32Array(0), count: 0, dim: 1 };
const dataset: Dataset = {
  shape: [4, 4, 1],
  dim: 16,
  scale: 1,
  sample: () => {
    throw new Error('nothing is drawn here');
  },
};

/** Four numbers an example that add up to 1, two by two. */
function halves({ values, count, dim }: Points): Points {
  const rows = new Float32Array(count * 4);
  for (let i = 0; i < count; i++) {
    const share = Math.min(1, Math.abs(Number(values[i * dim])));
    rows.set([share / 2, (1 - share) / 2, 1 / 4, 1 / 4], i * 4);
  }
  return { values: rows, count, dim: 4 };
}

const scorerOutput = (of: Points): ScorerOutput => ({ features: of, probabilities: halves(of) });
const [real, secondReal, generated] = [features(60, 5, 1), features(60, 5, 2), features(60, 5, 3, 0.3)];

function seen(scored: Partial<ScorerOutputs> | undefined, parts: Partial<EvaluationInputs> = {}): EvaluationInputs {
  return {
    dataset,
    real: none,
    latents: none,
    priorCdf: priorCdf({ kind: 'normal', dim: 1, std: 1 }),
    random: () => repeatable(7),
    ...(scored && { scored: { real: scorerOutput(real), ...scored } }),
    ...parts,
  };
}

const scores: Record<string, (inputs: EvaluationInputs) => Values> = {
  inception: (inputs) => inceptionScoreValues(inputs, 5),
  frechet: frechetValues,
  kernel: (inputs) => kernelValues(inputs, { subsets: 4, size: 20 }),
  prdc: (inputs) => prdcValues(inputs, 5),
  ndb: (inputs) => ndbValues(inputs, 3),
  birthday: birthdayValues,
};
const own: Record<string, string[]> = {
  inception: ['inceptionScore', 'inceptionScoreStd'],
  frechet: ['fid'],
  kernel: ['kid', 'kidStd'],
  prdc: ['precision', 'recall', 'density', 'coverage'],
  ndb: ['ndb'],
  birthday: ['birthdaySupport'],
};
const beside: Record<string, string[]> = {
  inception: ['inceptionScoreReal'],
  frechet: ['fidReal'],
  kernel: ['kidReal'],
  prdc: ['precisionReal', 'recallReal', 'densityReal', 'coverageReal'],
  ndb: ['ndbReal'],
  birthday: ['birthdaySupportReal'],
};

describe.each(Object.keys(scores))('%s', (name) => {
  const score = scores[name] as (inputs: EvaluationInputs) => Values;
  const everything = { secondReal: scorerOutput(secondReal), generated: scorerOutput(generated) };

  test('its columns, in order, numbers all', () => {
    const values = score(seen(everything));
    expect(Object.keys(values)).toEqual([...(own[name] ?? []), ...(beside[name] ?? [])]);
    for (const value of Object.values(values)) expect(value).toBeTypeOf('number');
    for (const value of Object.values(values)) expect(Number.isFinite(value)).toBe(true);
  });

  test('nothing without a scorer; without a generator what real data scores alone', () => {
    expect(score(seen(undefined))).toEqual({});
    expect(Object.keys(score(seen({ secondReal: scorerOutput(secondReal) })))).toEqual(beside[name]);
  });

  test('without further real examples no figure that needs them', () => {
    const left = name === 'inception' ? [...(own[name] ?? []), ...(beside[name] ?? [])] : own[name];
    expect(Object.keys(score(seen({ generated: scorerOutput(generated) })))).toEqual(left);
  });

  test('a generator that gives the further real examples scores what they do', () => {
    const values = score(seen({ secondReal: scorerOutput(secondReal), generated: scorerOutput(secondReal) }));
    const pairs =
      { inception: [], kernel: [['kid', 'kidReal']] }[name] ??
      (own[name] ?? []).map((column) => [column, `${column}Real`]);
    for (const [column, real] of pairs) expect(values[String(column)]).toBe(values[String(real)]);
  });

  test('too few examples and features that are not finite: NaN, no error and no score', () => {
    const few = scorerOutput(firstOf(real, 1));
    for (const value of Object.values(score(seen({ real: few, secondReal: few, generated: few }))))
      expect(value).toBeNaN();
    for (const fill of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const lost = { ...generated, values: generated.values.map(() => fill) };
      const probabilities = { values: new Float32Array(240).fill(fill), count: 60, dim: 4 };
      const values = score(
        seen({ secondReal: scorerOutput(secondReal), generated: { features: lost, probabilities } }),
      );
      for (const column of own[name] ?? []) expect(values[column]).toBeNaN();
    }
  });

  test('what real data scores is made once for its object', () => {
    const same = scorerOutput(real);
    const first = score(seen({ real: same, secondReal: scorerOutput(secondReal) }));
    // other objects in the same places would score otherwise: they are not looked at again
    const again = score(
      seen({ real: same, secondReal: scorerOutput(features(60, 5, 9, 1)), generated: scorerOutput(generated) }),
    );
    for (const column of beside[name] ?? []) expect(again[column]).toBe(first[column]);
    if (name !== 'inception')
      expect(score(seen({ secondReal: scorerOutput(features(60, 5, 9, 1)) }))).not.toEqual(first);
  });
});

test('the figures are those of the functions', () => {
  const inputs = seen({ secondReal: scorerOutput(secondReal), generated: scorerOutput(generated) });
  const options = { subsets: 4, size: 20 };
  expect(frechetValues(inputs)).toEqual({
    fid: frechetDistance(real, generated),
    fidReal: frechetDistance(real, secondReal),
  });
  const { mean, std } = kernelDistance(real, generated, options, repeatable(7));
  expect(kernelValues(inputs, options)).toMatchObject({ kid: mean, kidStd: std });
  expect(prdcValues(inputs, 3)).toMatchObject({ ...prdc(real, generated, 3) });
  expect(ndbValues(inputs, 6).ndb).toBe(ndb(real, generated, 6, repeatable(7)).share);
});

test('settings of one metric do not share what is remembered', () => {
  const inputs = seen({ secondReal: scorerOutput(secondReal), generated: scorerOutput(generated) });
  expect(prdcValues(inputs, 2)).not.toEqual(prdcValues(inputs, 9));
  expect(inceptionScoreValues(inputs, 1).inceptionScoreReal).not.toBe(
    inceptionScoreValues(inputs, 6).inceptionScoreReal,
  );
  expect(kernelValues(inputs, { subsets: 3, size: 20 }).kidReal).not.toBe(
    kernelValues(inputs, { subsets: 3, size: 30 }).kidReal,
  );
});

describe('inception score', () => {
  const parts = { secondReal: scorerOutput(secondReal), generated: scorerOutput(generated) };
  const score = (scored: Partial<ScorerOutputs>) =>
    inceptionScoreValues(seen({ ...parts, ...scored }), 3).inceptionScore;

  test('one head where the scorer has classes of its own; combinations where labels have several heads', () => {
    const heads = [
      ['0', '1'],
      ['0', '1'],
    ];
    const p = halves(generated);
    expect(score({})).toBe(inceptionScore(p, 3).mean);
    // each pair of columns adds up to ½: doubled they are two heads
    const doubled = { features: generated, probabilities: { ...p, values: p.values.map((value) => 2 * value) } };
    expect(score({ labels: { kind: 'classes', heads }, generated: doubled })).toBe(
      inceptionScore(doubled.probabilities, 3, [2, 2]).mean,
    );
  });

  test('none of attributes, which do not exclude each other, and none of a scorer of features alone', () => {
    expect(score({ labels: { kind: 'attributes', names: ['a', 'b', 'c', 'd'] } })).toBeUndefined();
    expect(inceptionScoreValues(seen({ real: { features: real }, generated: { features: generated } }), 3)).toEqual({});
  });
});

describe('ssim', () => {
  const pictures = features(6, 16, 4);
  const reconstructed = features(6, 16, 5);

  test('of reconstructed against real pictures, with no scorer', () => {
    expect(ssimValues(seen(undefined, { real: pictures, reconstructed }))).toEqual({
      ssim: ssim(pictures, reconstructed, [4, 4, 1]),
    });
  });

  test('nothing without reconstructions and for data that is no pictures', () => {
    expect(ssimValues(seen(undefined, { real: pictures }))).toEqual({});
    const line = { ...dataset, shape: [16] };
    expect(ssimValues(seen(undefined, { real: pictures, reconstructed, dataset: line }))).toEqual({});
  });
});
