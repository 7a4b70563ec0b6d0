/** Prepares what guides a guided generator: a classifier of the data, trained before and constant since, and the data's variety. */

import * as tf from '@tensorflow/tfjs-core';
import { chunks } from '../base/points.ts';
import { stream } from '../base/random.ts';
import { UsageError } from '../base/usage-error.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { PreparedSet } from '../datasets/data-kind.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { Guide } from '../methods/method.ts';
import { spread } from '../metrics/guidance.ts';
import type { ClassifierNet } from '../nets/classifier.ts';
import { unflatten } from '../nets/layout.ts';
import { priorCard } from '../priors/prior.ts';
import { ownClassifier } from '../scorers/own.ts';
import { trainClassifier } from '../scorers/train-classifier.ts';

/** Examples that the data's variety is measured on. */
const examples = 2_000;
const atOnce = 100;

/**
 * Pictures have a classifier that is kept beside their set, whose weights' hash comes along; data from a formula gets one trained
 * here, in seconds.
 */
export async function prepareGuide(
  { method, latent }: Pick<ResolvedSpec, 'method' | 'latent'>,
  prepared: PreparedSet | undefined,
  dataset: Dataset,
  engine: Engine,
  dataRoot: string,
): Promise<{ readonly guide: Guide; readonly sha256?: string }> {
  const { labelled } = dataset;
  const classes = labelled?.labels.kind === 'classes' ? labelled.labels.heads : [];
  const [only, ...more] = classes;
  if (!labelled || !only || more.length > 0)
    throw new UsageError(`methods: ${method} needs data with one class an example`);
  if (priorCard(latent).blocks(latent) !== only.length) {
    throw new UsageError(
      `latent: ${method} needs { kind: 'split', classes: ${only.length} }, a block for every class of the data`,
    );
  }
  const kept = prepared && (await ownClassifier(prepared, dataRoot));
  const { net, parameters } = kept ?? (await trainClassifier(engine, dataset, labelled));
  const classify = (x: tf.Tensor) => net.apply(unflatten(tf.tensor1d(parameters), net.layout), x);
  const variety = await varietyOf(net, parameters, dataset, only.length, engine);
  return { guide: { classify, variety }, ...(kept && { sha256: kept.sha256 }) };
}

/** Standard deviation of the features within each class of the data. */
async function varietyOf(
  net: ClassifierNet,
  parameters: Float32Array,
  { labelled, shape, scale, dim }: Dataset,
  classes: number,
  engine: Engine,
): Promise<readonly number[]> {
  const step = await engine.prepare(
    ({ flat, x }) => ({
      features: net.apply(unflatten(flat as tf.Tensor, net.layout), tf.mul(x as tf.Tensor, scale)).features, // of the signature
    }),
    { state: {}, inputs: { flat: [net.layout.size], x: [atOnce, ...shape] } },
  );
  const values = new Float32Array(examples * net.features);
  const labels = new Int32Array(examples);
  for (const { first } of chunks(examples, atOnce)) {
    const draw = labelled?.draw(stream(0, 'classifier', -2 - first), atOnce, 'train');
    if (!draw || draw.examples.length !== atOnce * dim) throw new Error('internal: labelled data gave no examples');
    const { features } = await step.run({ flat: parameters, x: draw.examples });
    if (features) values.set(features, first * net.features);
    labels.set(draw.labels, first);
  }
  await step.dispose();
  const found = spread({ classes: labels, features: { values, count: examples, dim: net.features } }, classes);
  return Array.from(found, (value) => (Number.isFinite(value) ? value : 1));
}
