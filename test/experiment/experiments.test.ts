import { describe, expect, it } from 'vitest';
import { trialId } from '../../src/experiment/identity.ts';
import { experimentNames, loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { nameOf, resolveTrial } from '../../src/experiment/resolve.ts';
import type { DataSpec } from '../../src/spec/spec.ts';

const names = await experimentNames();

/** Root mean square of a coordinate, as networks see it; worked out from the definitions of the data. */
function spreadSeen(data: DataSpec): number {
  const meanSquare = (values: readonly number[]): number => values.reduce((sum, x) => sum + x * x, 0) / values.length;
  switch (data.kind) {
    case 'gaussian-grid':
      return data.scale * data.spacing * Math.sqrt((data.side ** 2 - 1) / 12);
    case 'gaussian-rings':
      return data.scale * Math.sqrt(meanSquare(data.radii) / 2);
    case 'gaussian-line':
      return data.scale * Math.sqrt(meanSquare(data.centres));
    case 'gaussian-clusters':
      return data.scale * Math.sqrt(meanSquare(data.centres.flat()));
    case 'swiss-roll': // the radius is uniform between inner and outer
      return data.scale * Math.sqrt((data.inner ** 2 + data.inner * data.outer + data.outer ** 2) / 6);
    default:
      return data satisfies never;
  }
}

/** Films of learning: one method, watched; the others are the paper's benchmarks, which share one setting. */
const films = ['clusters5', 'line-multi', 'line-single', 'runaway'];
const benchmarks = names.filter((name) => !films.includes(name));

it('the project has the nine toy benchmarks and the four films', () => {
  expect(benchmarks).toEqual(
    ['encoder-only', 'grid100', 'grid25', 'grid25-tight', 'heavy25', 'line5', 'ring8', 'rings16', 'swiss-roll'].sort(),
  );
  expect(names).toEqual([...benchmarks, ...films].sort());
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
});

describe.each(benchmarks)('%s', async (name) => {
  const experiment = await loadExperiment(name);

  it('shows networks data of the spread of grid25, within a tenth', () => {
    const { data } = resolveTrial(experiment, { method: nameOf(experiment.methods[0] ?? 'gan'), seed: 0 });
    expect(Math.abs(spreadSeen(data) / Math.sqrt(8) - 1)).toBeLessThan(0.1);
  });

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
    });
  });
});
