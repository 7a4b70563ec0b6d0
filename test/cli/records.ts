/** Records for tests of tables and documents: real specs, made-up figures. Not a mock: nothing here stands for running code. */

import { builtIn } from '../../src/catalogue/catalogue.ts';
import { specHash } from '../../src/catalogue/identity.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import type { TrialRecord } from '../../src/store/record.ts';

export function specOf(method: MethodName, seed: number, change: Partial<ResolvedSpec> = {}): ResolvedSpec {
  return {
    experiment: 'grid25',
    method,
    seed,
    data: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 },
    latent: { kind: 'uniform', dim: 2, low: -1, high: 1 },
    nets: { kind: 'mlp', hidden: [64, 64, 64], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' },
    loss: 'logistic',
    critic: { steps: 1, clip: 0 },
    ...Object.fromEntries(
      Object.entries(builtIn.method(method).settings).map(([name, { defaults }]) => [name, defaults]),
    ),
    training: {
      steps: 8000,
      batch: 128,
      optimiser: { kind: 'adam', rate: 2e-3, beta1: 0, beta2: 0.99, epsilon: 1e-8 },
      average: 0.998,
      cooldown: 0,
    },
    evaluation: { every: 400, samples: 2500 },
    measures: [{ kind: 'mode-coverage' }],
    ...change,
  };
}

export function recordOf(
  spec: ResolvedSpec,
  metrics: TrialRecord['metrics'],
  change: Partial<TrialRecord> = {},
): TrialRecord {
  const hash = specHash(spec);
  return {
    id: `${spec.method}-s${spec.seed}-${hash.slice(0, 8)}`,
    hash,
    spec,
    preset: 'default',
    varied: [],
    status: 'done',
    steps: spec.training.steps,
    wallSeconds: 12.5,
    timings: { capture: 0.2, compile: 0.1, train: 11, evaluate: 1, write: 0.2 },
    engine: 'onnx',
    device: 'cpu',
    metrics,
    versions: { node: '20.19.0' },
    commit: '',
    host: 'here',
    finishedAt: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}
