import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { trialId } from '../../src/catalogue/identity.ts';
import { experimentNames, loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { nameOf, resolveTrial } from '../../src/experiment/resolve.ts';
import type {
  gaussianClusters,
  gaussianGrid,
  gaussianLine,
  gaussianMixture,
  gaussianRings,
  swissRoll,
} from '../../src/modebench.ts';
import type { Section } from '../../src/schema/kind.ts';

type AnyPoints = z.output<
  (
    | typeof gaussianClusters
    | typeof gaussianGrid
    | typeof gaussianLine
    | typeof gaussianMixture
    | typeof gaussianRings
    | typeof swissRoll
  )['settings']
>;

const names = await experimentNames();

/** Root mean square of a coordinate, as networks see it; worked out from the definitions of the data. */
function spreadSeen(section: Section): number {
  const data = section as AnyPoints; // the experiments of this test are on these
  const meanSquare = (values: readonly number[]): number => values.reduce((sum, x) => sum + x * x, 0) / values.length;
  switch (data.kind) {
    case 'gaussian-grid':
      return data.scale * data.spacing * Math.sqrt((data.side ** 2 - 1) / 12);
    case 'gaussian-rings':
      return data.scale * Math.sqrt(meanSquare(data.radii) / 2);
    case 'gaussian-line':
      return data.scale * Math.sqrt(meanSquare(data.centres));
    case 'gaussian-mixture': // of the places, whatever their weights
      return data.scale * Math.sqrt(meanSquare(data.modes.flatMap(({ centre }) => centre)));
    case 'gaussian-clusters':
      return data.scale * Math.sqrt(meanSquare(data.centres.flat()));
    case 'swiss-roll': // the radius is uniform between inner and outer
      return data.scale * Math.sqrt((data.inner ** 2 + data.inner * data.outer + data.outer ** 2) / 6);
    default:
      return data satisfies never;
  }
}

/** The paper's benchmarks on toy data, which share one setting and have the authors' own as a preset. */
const authors = ['encoder-only', 'grid100', 'grid25', 'grid25-tight', 'line5', 'ring8', 'rings16', 'swiss-roll'];
/** One mode is heavy, or some are rare. */
const imbalanced = ['grid25-rare', 'heavy-ring8', 'heavy25', 'ring8-rare'];
/** All on toy data that train to be compared. */
const toys = [...authors, ...imbalanced, 'guided25'];
/** Films of learning: one method, watched. */
const films = ['clusters5', 'line-multi', 'line-single', 'runaway'];
/** Prepared sets of pictures. */
const pictures = ['celeba', 'cifar10', 'guided-mnist', 'mnist', 'openmoji', 'stacked-mnist', 'traffic'];

it('the project has these toy benchmarks, films and experiments on pictures, and no others', () => {
  expect(names).toEqual([...toys, ...films, ...pictures].sort());
});

describe.each(films)('%s', async (name) => {
  const experiment = await loadExperiment(name);

  it('is filmed for every method, on the very weights that train', () => {
    const plan = planTrials(experiment, { seeds: '2', set: [], sweep: [] });
    expect(plan.trials.map(({ film }) => film)).toEqual(plan.trials.map(() => ({ frames: 60 })));
    expect(plan.trials.map(({ spec }) => spec.training.average)).toEqual(plan.trials.map(() => 0));
    expect(plan.notes).toEqual(['filmed, up to 60 frames a trial: gan']);
  });
});

describe.each(names)('%s', async (name) => {
  const experiment = await loadExperiment(name);

  it('says its claim, its source and its deviations, and has the presets', () => {
    expect(experiment.name).toBe(name);
    expect(experiment.claim.length).toBeGreaterThan(20);
    expect(experiment.source).not.toBe('');
    expect(experiment.deviations?.length).toBeGreaterThan(0);
    expect(Object.keys(experiment.presets)).toContain('smoke');
  });

  it('resolves for every method in every preset, each a trial of its own', () => {
    const presets = ['default', ...Object.keys(experiment.presets)];
    const methods = experiment.methods.map(nameOf);
    const specs = methods.flatMap((method) =>
      presets.map((preset) => resolveTrial(experiment, { method, seed: 0, preset })),
    );
    expect(new Set(specs.map((spec) => trialId(spec))).size).toBe(specs.length);
    for (const method of Object.keys(experiment.expects ?? {})) expect(methods).toContain(method);
  });

  it('has one setting of nets, optimiser and budget for all methods', () => {
    const shared = experiment.methods.map((choice) => {
      const { nets, latent, data, training, evaluation } = resolveTrial(experiment, {
        method: nameOf(choice),
        seed: 0,
      });
      return { nets, latent, data, training, evaluation };
    });
    for (const setting of shared) expect(setting).toEqual(shared[0]);
  });

  it('plans a trial for each of its methods in every preset, whose values can be set by path', () => {
    for (const preset of ['default', ...Object.keys(experiment.presets)]) {
      const plan = planTrials(experiment, { seeds: '1', preset, set: ['training.steps=40'], sweep: [] });
      expect(plan.trials.length).toBeGreaterThan(0);
      for (const { spec } of plan.trials) expect(spec.training.steps).toBe(40);
    }
  });
});

describe.each(pictures)('%s', async (name) => {
  const experiment = await loadExperiment(name);
  const presets = ['default', ...Object.keys(experiment.presets)];
  const specs = experiment.methods.flatMap((choice) =>
    presets.map((preset) => resolveTrial(experiment, { method: nameOf(choice), seed: 0, preset })),
  );

  it('has presets for seconds, for two cores and for the paper', () => {
    expect(presets).toEqual(expect.arrayContaining(['smoke', 'cpu', 'paper']));
    const steps = ['smoke', 'cpu', 'default', 'paper'].map(
      (preset) =>
        resolveTrial(experiment, { method: nameOf(experiment.methods[0] ?? 'gan'), seed: 0, preset }).training,
    );
    const work = steps.map(({ steps, batch }) => steps * batch);
    expect(work).toEqual(work.toSorted((a, b) => a - b));
  });

  it('is about pictures in every preset, with convolutional nets', () => {
    for (const { data, nets } of specs) {
      expect(data.kind).toBe('images');
      expect(['dcgan', 'resnet']).toContain(nets.kind);
    }
  });

  it('can be told which file judges its pictures', () => {
    const plan = planTrials(experiment, { seeds: '1', set: ['scorer.model=/a/b.onnx'], sweep: [] });
    expect(plan.trials.map(({ spec }) => spec.scorer)).toEqual(plan.trials.map(() => ({ model: '/a/b.onnx' })));
  });
});

it('guided25 is grid25 with a block of the latent for each of its modes', async () => {
  const [guided, grid] = [await loadExperiment('guided25'), await loadExperiment('grid25')];
  expect(guided.methods.map(nameOf)).toEqual(['gan', 'guided']);
  const spec = resolveTrial(guided, { method: 'guided', seed: 0 });
  expect(spec.data).toEqual(resolveTrial(grid, { method: 'gan', seed: 0 }).data);
  expect(spec.latent).toMatchObject({ kind: 'split', classes: 25 });
});

describe.each(toys)('%s', async (name) => {
  const experiment = await loadExperiment(name);

  it('shows networks data of the spread of grid25, within a tenth', () => {
    const { data } = resolveTrial(experiment, { method: nameOf(experiment.methods[0] ?? 'gan'), seed: 0 });
    if (data.kind === 'images') throw new Error('a toy is no set of pictures');
    expect(Math.abs(spreadSeen(data) / Math.sqrt(8) - 1)).toBeLessThan(0.1);
  });
});

describe.each(authors)('%s', async (name) => {
  const experiment = await loadExperiment(name);

  it('trains as its authors did in the preset of that name', () => {
    const { latent, nets, training } = resolveTrial(experiment, {
      method: nameOf(experiment.methods[0] ?? 'gan'),
      seed: 0,
      preset: 'authors',
    });
    expect(latent).toEqual({ kind: 'uniform', dim: 1, low: -1, high: 1 });
    expect(nets).toMatchObject({ hidden: [512, 512, 512], activation: 'leaky-relu', slope: 0.2 });
    expect(training).toEqual({
      steps: 40_000,
      batch: 256,
      optimiser: { kind: 'adam', rate: 1e-4, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
      average: 0,
      cooldown: 0,
    });
  });
});
