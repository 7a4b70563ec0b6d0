/** Parts of a spec that are each valid and do not go together: one line each that says what was expected and what came. */

import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { checkSense } from '../../src/experiment/cross-checks.ts';
import type { Section as DataSpec, Section as MetricSpec } from '../../src/schema/kind.ts';
import { pictureSpec } from '../trial/picture-specs.ts';
import { smallSpec } from '../trial/specs.ts';

const ssim: MetricSpec = { kind: 'ssim' };
const pictures = (changes: Partial<ResolvedSpec> = {}): ResolvedSpec => ({
  ...pictureSpec('bigan', { set: 'mnist', measures: [ssim] }),
  ...changes,
});
const points = (changes: Partial<ResolvedSpec> = {}): ResolvedSpec => smallSpec('gan', 0, changes);

const mlp = { kind: 'mlp', hidden: [64], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' } as const;

function refusal(spec: ResolvedSpec): string {
  try {
    checkSense(spec, builtIn);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as UsageError).message;
  }
  return 'none';
}

describe('latents', () => {
  it.each([
    [5, 12, 'latent.dim: expected a multiple of latent.classes (5), got 12, nearest is 10'],
    [5, 13, 'latent.dim: expected a multiple of latent.classes (5), got 13, nearest is 15'],
    [10, 3, 'latent.dim: expected a multiple of latent.classes (10), got 3, nearest is 10'],
    [5, 15, 'none'],
  ])('split into %d classes of %d numbers', (classes, dim, says) => {
    expect(refusal(points({ latent: { kind: 'split', classes, dim, low: -1, high: 1 } }))).toBe(says);
  });

  it('of a guided method are split', () => {
    const uniform = { kind: 'uniform', dim: 4, low: -1, high: 1 } as const;
    expect(refusal({ ...smallSpec('guided'), latent: uniform })).toBe(
      "latent: guided needs { kind: 'split', … }, a block of numbers a class; got uniform",
    );
    expect(refusal(smallSpec('guided'))).toBe('none');
    // The others may have them too: what guidance adds is measured against a GAN with the same latent.
    expect(refusal(points({ latent: { kind: 'split', classes: 2, dim: 4, low: -1, high: 1 } }))).toBe('none');
  });

  it('have a width', () => {
    expect(refusal(points({ latent: { kind: 'split', classes: 2, dim: 4, low: 1, high: 1 } }))).toBe(
      'latent.low: expected less than latent.high (1), got 1',
    );
  });
});

describe('sizes that no memory holds', () => {
  const { training, evaluation, latent } = points();
  it.each([
    [
      points({ training: { ...training, batch: 9e15 } }),
      'training.batch: expected at most 1000000, got 9000000000000000',
    ],
    [
      points({ evaluation: { ...evaluation, samples: 1e12 } }),
      'evaluation.samples: expected at most 10000000, got 1000000000000',
    ],
    [points({ latent: { ...latent, dim: 1e9 } }), 'latent.dim: expected at most 100000, got 1000000000'],
    [points({ nets: { ...mlp, hidden: [64, 2e5] } }), 'nets.hidden.1: expected at most 100000, got 200000'],
    [pictures({ nets: { kind: 'dcgan', width: 2e5 } }), 'nets.width: expected at most 100000, got 200000'],
    [pictures({ data: { kind: 'images', set: 'mnist', size: 8192 } }), 'data.size: expected at most 4096, got 8192'],
    [points({ training: { ...training, batch: 1e6 } }), 'none'],
  ])('are refused before anything is run: %#', (spec, says) => {
    expect(refusal(spec)).toBe(says);
  });
});

describe('data and nets', () => {
  it('pictures go with convolutions, points with perceptrons', () => {
    expect(refusal(pictures())).toBe('none');
    expect(refusal(pictures({ nets: points().nets }))).toBe(
      'nets: data of kind images needs nets of kind dcgan or resnet, got mlp',
    );
    expect(refusal(points({ nets: pictures().nets }))).toBe(
      'nets: data of kind gaussian-rings needs nets of kind mlp, got dcgan',
    );
  });

  it.each([1, 2, 4, 6, 7, 9, 15, 27, 63])('pictures of %d px are refused', (size) => {
    expect(refusal(pictures({ data: { kind: 'images', set: 'mnist', size } }))).toBe(
      `data.size: expected an even number of pixels, 8 or more, got ${size}`,
    );
  });

  it.each([8, 10, 14, 28, 32, 64, 128])('pictures of %d px are not', (size) => {
    expect(refusal(pictures({ data: { kind: 'images', set: 'mnist', size } }))).toBe('none');
  });
});

describe('data that can be drawn', () => {
  const grid = { kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.05, heavy: 0, scale: 1 } as const;
  const rings = { kind: 'gaussian-rings' as const, modes: 8, radii: [1, 2], std: 0.01, scale: 1 };
  const roll = { kind: 'swiss-roll', turns: 1, inner: 0.5, outer: 2, std: 0.05, scale: 1 } as const;
  it.each<[string, DataSpec]>([
    ['none', { ...grid, side: 316 }],
    ['data: expected at most 100000 modes, got 100489', { ...grid, side: 317 }],
    ['data: expected at most 100000 modes, got 100002', { ...rings, modes: 50_001 }],
    [
      'data.side: a heavy central mode needs an odd side, 3 or more; got 1, nearest is 3',
      { ...grid, side: 1, heavy: 0.9 },
    ],
    ['data.radii: expected radii that differ, got 2 twice', { ...rings, radii: [2, 2] }],
    ['data.std: expected at least 0.00027 for a roll of this size, got 1e-9', { ...roll, std: 1e-9 }],
  ])('%s', (says, data) => {
    expect(refusal(points({ data, measures: [{ kind: 'sliced-wasserstein', projections: 2 }] }))).toBe(says);
  });
});

describe('measures', () => {
  /** One of each kind; fields with numbers hold 2, shares a tenth. */
  const one = (kind: MetricSpec['kind']): MetricSpec => {
    const { settings } = builtIn.metric({ kind });
    const fields = Object.keys(settings.shape).filter((name) => name !== 'kind');
    return settings.parse({
      kind,
      ...Object.fromEntries(fields.map((name) => [name, name === 'threshold' ? 0.1 : 2])),
    }) as MetricSpec;
  };
  const scored = [
    'class-coverage',
    'attribute-coverage',
    'inception-score',
    'frechet',
    'kernel',
    'prdc',
    'ndb',
    'birthday',
  ] as const;

  it.each(scored)('%s needs a scorer, and pictures', (kind) => {
    const measures = [one(kind)];
    expect(refusal(pictures({ measures }))).toBe(
      `measures: ${kind} needs a scorer: scorer: { model: 'own' } or the path of an ONNX file`,
    );
    expect(refusal(pictures({ measures, scorer: { model: 'own' } }))).toBe('none');
    expect(refusal(points({ measures, scorer: { model: 'own' } }))).toBe(
      `measures: ${kind} needs pictures, and gaussian-rings has none`,
    );
  });

  it.each(['foreground', 'ssim'] as const)('%s needs pictures and no scorer', (kind) => {
    expect(refusal(pictures({ measures: [one(kind)] }))).toBe('none');
    expect(refusal(points({ measures: [one(kind)] }))).toBe(
      `measures: ${kind} needs pictures, and gaussian-rings has none`,
    );
  });

  it.each(['mode-coverage', 'latent-separation'] as const)('%s needs data whose modes are known', (kind) => {
    expect(refusal(points({ measures: [one(kind)] }))).toBe('none');
    expect(refusal(pictures({ measures: [one(kind)] }))).toBe(
      `measures: ${kind} needs data with modes, and images has none`,
    );
  });

  it('curve-coverage needs a curve', () => {
    expect(refusal(pictures({ measures: [one('curve-coverage')] }))).toBe(
      'measures: curve-coverage needs data along a curve, and images has none',
    );
  });

  it('a measure stands there once', () => {
    expect(refusal(pictures({ measures: [ssim, ssim] }))).toBe('measures: ssim stands there twice');
  });
});
