/**
 * What every contender starts from: the settings of one BiGAN+PGP step, its first weights, and a few batches. Written as
 * JSON and raw float32, which every language reads.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ResolvedSpec, resolvedSchema } from '../../src/catalogue/spec.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { drawsOf } from '../../src/methods/method.ts';
import { makeBatches } from '../../src/trial/batches.ts';
import type { TrainingStep } from '../../src/trial/training-step.ts';
import { makeDataset } from '../support/datasets.ts';
import { makeModel, methods, trainingStep } from '../support/methods.ts';
import { discs } from './pictures.ts';
import { batchCount, comparedSteps, type PictureSize, type Size, type ToySize } from './sizes.ts';

const seed = 100;

export interface Problem {
  readonly size: Size;
  readonly spec: ResolvedSpec;
  /** Of one example. */
  readonly shape: readonly number[];
  readonly training: TrainingStep;
  readonly initialState: Arrays;
  /** `batchCount` batches, one after another. */
  readonly batches: Arrays;
}

interface Setting {
  readonly spec: ResolvedSpec;
  readonly dataset: Dataset;
}

/** The same for every process that asks for this size. */
export function makeProblem(size: Size): Problem {
  const { spec, dataset } = size.kind === 'mlp' ? toySetting(size) : pictureSetting(size);
  const method = methods[spec.method as MethodName];
  const training = trainingStep(method, makeModel(spec, method, dataset.shape), spec);
  const batches = makeBatches(spec, dataset, batchCount, drawsOf(method)).draw(0);
  return { size, spec, shape: dataset.shape, training, initialState: training.initialState(seed), batches };
}

const shared = {
  experiment: 'bench',
  method: 'bigan-pgp',
  seed,
  loss: 'wasserstein',
  critic: { steps: 1, clip: 0 },
  penalty: { weight: 1, form: 'squared' },
  measures: [{ kind: 'mode-coverage' }],
};

function toySetting({ hidden, batch }: ToySize): Setting {
  const data = { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 } as const;
  const spec = resolvedSchema().parse({
    ...shared,
    data,
    latent: { kind: 'uniform', dim: 2, low: -1, high: 1 },
    nets: { kind: 'mlp', hidden, activation: 'relu', initialiser: 'xavier-uniform' },
    training: { steps: 8000, batch, optimiser: { kind: 'adam', rate: 2e-3, beta1: 0, beta2: 0.99 }, average: 0.998 },
    evaluation: { every: 400, samples: 2500 },
  });
  return { spec, dataset: makeDataset(data) };
}

/** As the experiments on pictures are by default. */
function pictureSetting({ side, width, batch }: PictureSize): Setting {
  const spec = resolvedSchema().parse({
    ...shared,
    data: { kind: 'images', set: 'discs', size: side },
    latent: { kind: 'uniform', dim: 64, low: -1, high: 1 },
    nets: { kind: 'dcgan', width },
    training: {
      steps: 20_000,
      batch,
      optimiser: { kind: 'adam', rate: 2e-4, beta1: 0.5, beta2: 0.9 },
      average: 0.999,
    },
    evaluation: { every: 2000, samples: 2000 },
  });
  return { spec, dataset: discs(side) };
}

/** Writes problem.json and problem.f32, as peers/common.py reads them. */
export function writeProblem(folder: string, { size, spec, shape, initialState, batches }: Problem): void {
  const { batch, optimiser, average } = spec.training;
  if (optimiser.kind !== 'adam') throw new Error('internal: the peers know Adam alone');
  const arrays = [
    { name: 'discriminator', numbers: initialState.discriminator },
    { name: 'players', numbers: initialState.players },
    { name: 'x', numbers: batches.x0, shape: [batchCount, batch, ...shape] },
    { name: 'z', numbers: batches.z0, shape: [batchCount, batch, spec.latent.dim] },
    { name: 'epsilon', numbers: batches.epsilon0, shape: [batchCount, batch, 1] },
  ].map(({ name, numbers = new Float32Array(), shape = [numbers.length] }) => ({ name, numbers, shape }));
  const settings = {
    ...size,
    shape,
    latent: spec.latent.dim,
    weight: shared.penalty.weight,
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
