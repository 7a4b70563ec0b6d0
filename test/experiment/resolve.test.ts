import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { resolvedSchema } from '../../src/catalogue/spec.ts';
import type { Experiment } from '../../src/experiment/define.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import { gaussianRings, mlps, swissRoll } from '../../src/modebench.ts';
import { methodNames, methods } from '../support/methods.ts';
import { sampleExperiment } from './sample.ts';

const vary = (fields: Partial<Experiment>): Experiment => ({ ...sampleExperiment, ...fields });

describe('resolveTrial', () => {
  it('says everything: defaults of the library, the method, the schema', () => {
    expect(resolveTrial(sampleExperiment, { method: 'wgan', seed: 2 })).toEqual({
      experiment: 'sample',
      method: 'wgan',
      seed: 2,
      data: { kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.05, heavy: 0, scale: 1 },
      latent: { kind: 'uniform', dim: 2, low: -1, high: 1 },
      nets: { kind: 'mlp', hidden: [64, 64], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' },
      loss: 'wasserstein',
      critic: { steps: 5, clip: 0.01 },
      training: {
        steps: 1000,
        batch: 32,
        optimiser: { kind: 'adam', rate: 1e-3, beta1: 0, beta2: 0.99, epsilon: 1e-8 },
        average: 0,
        cooldown: 0,
      },
      evaluation: { every: 50, samples: 2500 },
      measures: [{ kind: 'mode-coverage' }, { kind: 'sliced-wasserstein', projections: 10 }],
    });
  });

  it('lets later layers win: method, experiment, its settings for the method, preset, command line', () => {
    const weight = (experiment: Experiment, preset?: string, set?: string): number | undefined => {
      const penalty = resolveTrial(experiment, {
        method: 'wgan-gp',
        seed: 0,
        ...(preset && { preset }),
        ...(set && { overrides: [{ path: 'penalty.weight', text: set }] }),
      }).penalty as { weight: number } | undefined;
      return penalty?.weight;
    };
    const presets = { smoke: {}, strong: { penalty: { weight: 4 } } };
    expect(weight(vary({ methods: ['wgan-gp'] }))).toBe(10);
    expect(weight(vary({ methods: ['wgan-gp'], penalty: { weight: 2 } }))).toBe(2);
    expect(weight(vary({ penalty: { weight: 2 }, presets }))).toBe(0.1);
    expect(weight(vary({ penalty: { weight: 2 }, presets }), 'strong')).toBe(4);
    expect(weight(vary({ penalty: { weight: 2 }, presets }), 'strong', '5')).toBe(5);
  });

  it('takes a preset’s settings of one method', () => {
    expect(resolveTrial(sampleExperiment, { method: 'bigan-pgp', seed: 0, preset: 'narrow' }).penalty).toEqual({
      weight: 3,
      form: 'squared',
    });
  });

  it('gives a section to the methods that have it and to no other', () => {
    const experiment = vary({ penalty: { weight: 2 }, reconstruction: { weight: 3 } });
    for (const method of methodNames) {
      if (method === 'encoder-only' || method === 'guided') continue; // the sample does not declare them
      const spec = resolveTrial(experiment, { method, seed: 0 });
      expect('penalty' in spec).toBe('penalty' in methods[method].settings);
      expect('reconstruction' in spec).toBe('reconstruction' in methods[method].settings);
      expect(resolvedSchema().parse(spec)).toEqual(spec);
    }
  });

  it('replaces what carries a kind and merges the rest', () => {
    const preset = (smoke: Experiment['presets']['smoke']) =>
      resolveTrial(vary({ presets: { smoke } }), { method: 'gan', seed: 0, preset: 'smoke' });
    expect(preset({ data: gaussianRings({ modes: 4, radii: [1], std: 0.1 }) }).data).toEqual({
      kind: 'gaussian-rings',
      modes: 4,
      radii: [1],
      std: 0.1,
      scale: 1,
    });
    expect(preset({ data: { scale: 3 } }).data).toMatchObject({ side: 3, scale: 3 });
    expect(preset({ nets: mlps({ hidden: [8], activation: 'relu', initialiser: 'he-normal' }) }).nets).toEqual({
      kind: 'mlp',
      hidden: [8],
      activation: 'relu',
      slope: 0.2,
      initialiser: 'he-normal',
    });
    expect(preset({ training: { optimiser: { rate: 1 } } }).training.optimiser).toMatchObject({
      kind: 'adam',
      rate: 1,
    });
  });

  it.each<[string, Partial<Experiment>]>([
    ["wgan-gp's penalty is squared", { penalty: { form: 'norm' } }],
    [
      'data.side: expected an odd number',
      { data: { ...sampleExperiment.data, side: 4, heavy: 0.5 } as Experiment['data'] },
    ],
    [
      'mode-coverage needs data with modes, and swiss-roll has none',
      { data: swissRoll({ turns: 1, inner: 1, outer: 2, std: 0.1 }) },
    ],
    [
      'data.inner: expected less than data.outer (1), got 2',
      { data: swissRoll({ turns: 1, inner: 2, outer: 1, std: 0.1 }) },
    ],
    ['mode-coverage stands there twice', { measures: [{ kind: 'mode-coverage' }, { kind: 'mode-coverage' }] }],
    ['curve-coverage needs data along a curve', { measures: [{ kind: 'curve-coverage', bins: 5 }] }],
    ['methods: wgan-gp has no reconstruction', { methods: [{ name: 'wgan-gp', reconstruction: { weight: 1 } }] }],
  ])('refuses parts that do not fit: %s', (says, fields) => {
    const resolve = () => resolveTrial(vary(fields), { method: 'wgan-gp', seed: 0 });
    expect(resolve).toThrow(UsageError);
    expect(resolve).toThrow(says);
  });

  it('refuses a preset and a method that the experiment does not have', () => {
    expect(() => resolveTrial(sampleExperiment, { method: 'gan', seed: 0, preset: 'smok' })).toThrow(
      "did you mean 'smoke'?",
    );
    expect(() => resolveTrial(sampleExperiment, { method: 'gan', seed: 0, preset: 'constructor' })).toThrow(
      'no preset',
    );
    expect(() => resolveTrial(sampleExperiment, { method: 'encoder-only', seed: 0 })).toThrow(
      'does not declare the method',
    );
  });
});
