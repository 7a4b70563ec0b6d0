/** What a trial sees of its networks on pictures: part by part what one pass gives, with the moments that training kept. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { imageDataset } from '../../src/datasets/pictures/image-dataset.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { drawsOf } from '../../src/methods/method.ts';
import { partsOf, unflatten } from '../../src/nets/layout.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import { runningStatistics } from '../../src/nets/statistics.ts';
import type { Section as MetricSpec } from '../../src/schema/kind.ts';
import { openScorer } from '../../src/scorers/onnx-scorer.ts';
import type { Scorer } from '../../src/scorers/scorer.ts';
import { makeBatches } from '../../src/trial/batches.ts';
import { Evaluator, prepareEvaluation } from '../../src/trial/evaluator.ts';
import type { Model } from '../../src/trial/model.ts';
import { evaluatedWeights, Probe, prepareProbe, rawWeights } from '../../src/trial/probe.ts';
import { writePictureSet } from '../pictures/picture-set.ts';
import { makeModel, methods, trainingStep } from '../support/methods.ts';
import { pictureSpec } from './picture-specs.ts';

const engine = compiledEngine('cpu');
let data = '';
let scorer: Scorer;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'modebench-evaluation-'));
  await writePictureSet(data, 'quarters', { channels: 2, train: 600 });
  await writePictureSet(data, 'few', { channels: 2, train: 90 });
  // Features are the means of both channels.
  const means = networkFile({ x: [8, 8, 2] }, ({ x }) => ({ features: tf.mean(x as tf.Tensor, [1, 2]) }));
  const card = {
    name: 'means',
    input: { shape: [8, 8, 2], mean: [0.5], std: [0.5] },
    output: { features: 'features' },
  };
  await writeFile(join(data, 'means.onnx'), means);
  await writeFile(join(data, 'means.json'), JSON.stringify(card));
  scorer = await openScorer(join(data, 'means.onnx'));
});
afterAll(async () => {
  await scorer.dispose();
  await rm(data, { recursive: true, force: true });
});

const metricsOf = ({ measures }: ResolvedSpec) => measures.map((metric) => builtIn.metric(metric));
const looks: MetricSpec[] = [{ kind: 'ssim' }];
const scores: MetricSpec[] = [{ kind: 'frechet' }];

function set(method: MethodName, samples: number, measures: readonly MetricSpec[], name = 'quarters') {
  const spec = pictureSpec(method, { set: name, measures, samples });
  const dataset = imageDataset({ set: name, size: 8 }, data);
  return { spec, dataset, model: makeModel(spec, methods[method], dataset.shape) };
}

async function trained({ spec, dataset, model }: ReturnType<typeof set>): Promise<Arrays> {
  const training = trainingStep(methods[spec.method as MethodName], model, spec);
  const step = await engine.prepare(training.fn, training.signature, { repeat: 5 });
  step.load(training.initialState(spec.seed));
  await step.run(makeBatches(spec, dataset, 5, drawsOf(methods[spec.method as MethodName])).draw(0));
  const state = step.state();
  await step.dispose();
  return state;
}

/** G, E and D of a training state, put together by hand. */
function byHand(model: Model, state: Arrays, weights: 'players' | 'average', moments: string) {
  const own = (layouts: readonly Model['layout'][], whole: Model['layout'], array?: Float32Array) =>
    partsOf(unflatten(tf.tensor1d(array ?? []), whole), layouts);
  const nets = model.networks.map((player) => model.nets[player]);
  const run = (player: 'generator' | 'encoder', input: Float32Array, shape: readonly number[]) =>
    tf.tidy(() => {
      const index = model.networks.indexOf(player);
      const parameters =
        own(
          nets.map(({ layout }) => layout),
          model.layout,
          state[weights],
        )[index] ?? [];
      const kept =
        own(
          nets.map(({ statistics }) => statistics),
          model.statisticsLayout,
          state[moments],
        )[index] ?? [];
      const count = input.length / shape.reduce((product, size) => product * size, 1);
      const x = tf.tensor(input, [count, ...shape]);
      return Float32Array.from(model.nets[player].apply(parameters, x, runningStatistics(kept)).dataSync());
    });
  return {
    generate: (z: Float32Array) => run('generator', z, [3]),
    encode: (x: Float32Array) => run('encoder', x, model.shape),
  };
}

function expectClose(found: Float32Array | undefined, expected: Float32Array): void {
  expect(found?.length).toBe(expected.length);
  let most = 0;
  for (const [index, value] of expected.entries())
    most = Math.max(most, Math.abs(value - (found?.[index] ?? Number.NaN)));
  expect(most).toBeLessThan(2e-5);
}

beforeAll(() => tf.setBackend('cpu'));

it('what is evaluated is the average with its own moments, what trains the weights with theirs; the answers are those of a pass by hand', async () => {
  const parts = set('bigan', 20, looks);
  const { spec, dataset, model } = parts;
  const state = await trained(parts);
  // Training has moved both, and not alike.
  expect(state.average).not.toEqual(state.players);
  expect(state.averageStatistics).not.toEqual(state.statistics);
  const sizes = { latent: 3, scale: 1, dim: dataset.dim };
  const probe = new Probe(await prepareProbe(engine, model, sizes), model, sizes);
  const evaluator = new Evaluator(await prepareEvaluation(engine, model, spec), spec, dataset, metricsOf(spec));
  for (const [weights, hand] of [
    [evaluatedWeights(state), byHand(model, state, 'average', 'averageStatistics')],
    [rawWeights(state), byHand(model, state, 'players', 'statistics')],
  ] as const) {
    expect(weights.players.length).toBe(model.evaluationSize);
    const { latents, real, generated, encoded, reconstructed, reencoded } = await evaluator.inputs(weights.players);
    expectClose(generated?.values, hand.generate(latents.values));
    expectClose(encoded?.values, hand.encode(real.values));
    expectClose(reconstructed?.values, hand.generate(hand.encode(real.values)));
    expectClose(reencoded?.values, hand.encode(hand.generate(latents.values)));
    expectClose(await probe.generate(weights, latents.values), hand.generate(latents.values));
    expectClose(await probe.encode(weights, real.values), hand.encode(real.values));
    const { score, gradient } = await probe.rateData(weights, real.values);
    const discriminator = model.bindDiscriminator(tf.tensor1d(weights.discriminator));
    const pictures = tf.tensor(real.values, [20, 8, 8, 2]);
    const codes = tf.tensor(hand.encode(real.values), [20, 3]);
    expectClose(score, Float32Array.from(discriminator({ x: pictures, z: codes }).dataSync()));
    const byX = tf.grad((x) => tf.sum(discriminator({ x, z: codes })))(pictures);
    expectClose(gradient, Float32Array.from(byX.dataSync()));
  }
});

describe('pictures in parts', () => {
  // 100 at once: 100, 100 and 50.
  it.each([250, 100, 7])('%d of them are what one pass gives', async (samples) => {
    const parts = set('bigan', samples, looks);
    const { spec, dataset, model } = parts;
    const state = await trained(parts);
    const evaluator = new Evaluator(
      await prepareEvaluation(engine, model, spec),
      spec,
      dataset,
      metricsOf(spec),
      scorer,
    );
    const inputs = await evaluator.inputs(rawWeights(state).players);
    const hand = byHand(model, state, 'players', 'statistics');
    expect(inputs.latents).toMatchObject({ count: samples, dim: 3 });
    for (const points of [inputs.real, inputs.secondReal, inputs.generated, inputs.reconstructed])
      expect(points).toMatchObject({ count: samples, dim: 128 });
    const pass = dataset.shuffled?.(stream(spec.seed, 'evaluation', 0));
    expect(inputs.real.values).toEqual(pass?.take(samples));
    expect(inputs.secondReal?.values).toEqual(pass?.take(samples));
    expectClose(inputs.generated?.values, hand.generate(inputs.latents.values));
    expectClose(inputs.encoded?.values, hand.encode(inputs.real.values));
    expectClose(inputs.reconstructed?.values, hand.generate(hand.encode(inputs.real.values)));
    expectClose(inputs.reencoded?.values, hand.encode(hand.generate(inputs.latents.values)));
    // What the scorer says belongs to the same pictures, in their order.
    for (const which of ['real', 'secondReal', 'generated', 'reconstructed'] as const) {
      const points = inputs[which];
      if (!points) throw new Error(`a BiGAN has ${which}`);
      const means = tf.mean(tf.tensor(points.values, [samples, 8, 8, 2]), [1, 2]);
      expectClose(inputs.scored?.[which]?.features.values, Float32Array.from(means.dataSync()));
    }
    expect(inputs.scored?.real.probabilities).toBeUndefined();
  });

  it('are the same at every evaluation', async () => {
    const parts = set('gan', 120, looks);
    const { spec, dataset, model } = parts;
    const evaluator = new Evaluator(
      await prepareEvaluation(engine, model, spec),
      spec,
      dataset,
      metricsOf(spec),
      scorer,
    );
    const players = rawWeights(await trained(parts)).players;
    const [first, second] = [await evaluator.inputs(players), await evaluator.inputs(players)];
    expect(second.generated).toEqual(first.generated);
    // The very objects: what is worked out of real data once a trial is kept by them.
    expect(second.scored?.real).toBe(first.scored?.real);
    expect(second.scored?.secondReal).toBe(first.scored?.secondReal);
  });
});

const rowsOf = (values: Float32Array, dim: number): string[] =>
  Array.from({ length: values.length / dim }, (_, row) => values.subarray(row * dim, (row + 1) * dim).join());

describe('real examples and the second real sample', () => {
  async function inputsOf(name: string, samples: number) {
    const parts = set('gan', samples, looks, name);
    const { spec, dataset, model } = parts;
    const evaluator = new Evaluator(await prepareEvaluation(engine, model, spec), spec, dataset, metricsOf(spec));
    return evaluator.inputs(rawWeights(trainingStep(methods.gan, model, spec).initialState(0)).players);
  }

  it('have no picture in common, nor any twice, where the set is large enough', async () => {
    const { real, secondReal } = await inputsOf('quarters', 300); // of 600
    const rows = [...rowsOf(real.values, real.dim), ...rowsOf(secondReal?.values ?? new Float32Array(), real.dim)];
    expect(rows).toHaveLength(600);
    expect(new Set(rows).size).toBe(600);
  });

  it('are as many as asked for where the set is smaller than that', async () => {
    const { real, secondReal } = await inputsOf('few', 130); // of 90
    expect([real.count, secondReal?.count]).toEqual([130, 130]);
    expect(new Set(rowsOf(real.values, real.dim)).size).toBe(90);
  });
});

describe('where all metrics look at what a scorer says', () => {
  it('256 pictures are kept, and all are scored', async () => {
    const parts = set('bigan', 300, scores);
    const { spec, dataset, model } = parts;
    const state = await trained(parts);
    const step = await prepareEvaluation(engine, model, spec);
    const inputs = await new Evaluator(step, spec, dataset, metricsOf(spec), scorer).inputs(rawWeights(state).players);
    for (const which of ['real', 'secondReal', 'generated', 'reconstructed'] as const) {
      expect(inputs[which]?.count).toBe(256);
      expect(inputs[which]?.values.length).toBe(256 * 128);
      expect(inputs.scored?.[which]?.features).toMatchObject({ count: 300, dim: 2 });
    }
    // Codes are small: all of them stay.
    expect([inputs.encoded?.count, inputs.reencoded?.count, inputs.latents.count]).toEqual([300, 300, 300]);
    const all = await new Evaluator(
      step,
      { ...spec, measures: looks },
      dataset,
      metricsOf({ ...spec, measures: looks }),
      scorer,
    ).inputs(rawWeights(state).players);
    expect(all.generated?.count).toBe(300);
    expect(inputs.generated?.values).toEqual(all.generated?.values.slice(0, 256 * 128));
    expect(inputs.scored?.generated).toEqual(all.scored?.generated);
  });
});
