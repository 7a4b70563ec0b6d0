/**
 * What every contender starts from: the settings of one BiGAN+PGP step, its first weights, and a few batches. Written as
 * JSON and raw float32, which every language reads.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '../../src/datasets/make-dataset.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { methods } from '../../src/methods/methods.ts';
import { type ResolvedSpec, resolvedSchema } from '../../src/spec/spec.ts';
import { makeBatches } from '../../src/trial/batches.ts';
import { makeModel } from '../../src/trial/model.ts';
import { type TrainingStep, trainingStep } from '../../src/trial/training-step.ts';
import { batchCount, comparedSteps, type Size } from './sizes.ts';

const seed = 100;

export interface Problem {
  readonly spec: ResolvedSpec;
  readonly training: TrainingStep;
  readonly initialState: Arrays;
  /** `batchCount` batches, one after another. */
  readonly batches: Arrays;
}

/** The same for every process that asks for this size. */
export function makeProblem({ hidden, batch }: Size): Problem {
  const spec = resolvedSchema.parse({
    experiment: 'bench',
    method: 'bigan-pgp',
    seed,
    data: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05 },
    latent: { kind: 'uniform', dim: 2, low: -1, high: 1 },
    nets: { kind: 'mlp', hidden, activation: 'relu', initialiser: 'xavier-uniform' },
    loss: 'wasserstein',
    critic: { steps: 1, clip: 0 },
    penalty: { weight: 1, form: 'squared' },
    training: { steps: 8000, batch, optimiser: { kind: 'adam', rate: 2e-3, beta1: 0, beta2: 0.99 }, average: 0.998 },
    evaluation: { every: 400, samples: 2500 },
    measures: [{ kind: 'mode-coverage' }],
  });
  const dataset = makeDataset(spec.data);
  const method = methods[spec.method];
  const training = trainingStep(method, makeModel(spec, method, dataset.dim), dataset.dim, spec);
  const batches = makeBatches(spec, dataset, batchCount).draw(0);
  return { spec, training, initialState: training.initialState(seed), batches };
}

/** Writes problem.json and problem.f32, as peers/common.py reads them. */
export function writeProblem(folder: string, { spec, initialState, batches }: Problem): void {
  const { batch, optimiser, average } = spec.training;
  if (optimiser.kind !== 'adam' || optimiser.beta1 !== 0)
    throw new Error('internal: the peers know Adam with β₁ 0 alone');
  const dim = 2;
  const arrays = [
    { name: 'discriminator', numbers: initialState.discriminator },
    { name: 'players', numbers: initialState.players },
    { name: 'x', numbers: batches.x0, shape: [batchCount, batch, dim] },
    { name: 'z', numbers: batches.z0, shape: [batchCount, batch, spec.latent.dim] },
    { name: 'epsilon', numbers: batches.epsilon0, shape: [batchCount, batch, 1] },
  ].map(({ name, numbers = new Float32Array(), shape = [numbers.length] }) => ({ name, numbers, shape }));
  const settings = {
    hidden: spec.nets.hidden,
    batch,
    dim,
    latent: spec.latent.dim,
    weight: spec.penalty?.weight,
    rate: optimiser.rate,
    beta1: optimiser.beta1,
    beta2: optimiser.beta2,
    epsilon: optimiser.epsilon,
    average,
    compared: comparedSteps,
    arrays: arrays.map(({ name, shape }) => [name, shape]),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'problem.f32'), Buffer.concat(arrays.map(({ numbers }) => bytesOf(numbers))));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
