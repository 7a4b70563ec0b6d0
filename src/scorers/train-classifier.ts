/** Trains a classifier on labelled data, with the engine that trains the GANs. */

import * as tf from '@tensorflow/tfjs';
import { chunks } from '../base/points.ts';
import { stream } from '../base/random.ts';
import { type Dataset, type Labelled, type Labels, labelWidth } from '../datasets/dataset.ts';
import type { TensorFunction } from '../engine/capture/tracer.ts';
import type { Engine } from '../engine/engine.ts';
import { type ClassifierNet, classifierNet } from '../nets/classifier.ts';
import { unflatten } from '../nets/layout.ts';
import { adamOptimiser } from '../optimisers/adam.ts';
import { firstSlots, slotShapes } from '../optimisers/optimiser.ts';
import { correctShare, outputCount, targetsOf } from './label-outputs.ts';
import { classifierRecipe } from './own-place.ts';

export interface Classifier {
  readonly net: ClassifierNet;
  readonly labels: Labels;
  /** One flat vector. */
  readonly parameters: Float32Array;
  /** Accuracy on held-out examples, over all heads or attributes. */
  readonly accuracy: number;
  /** Number of held-out examples that the accuracy was measured on. */
  readonly heldOut: number;
}

const stepsPerRun = 4;
const mostHeldOut = 1_000;
const optimiser = adamOptimiser({ rate: classifierRecipe.rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });

/**
 * Adam on the cross-entropy of every head, or of every attribute. The same data and seed give the same classifier on the
 * same machine. `tell` is called with the progress a few times.
 */
export async function trainClassifier(
  engine: Pick<Engine, 'prepare'>,
  { shape, scale }: Pick<Dataset, 'shape' | 'scale'>,
  labelled: Labelled,
  tell: (step: number, steps: number) => void = () => {},
): Promise<Classifier> {
  const { labels } = labelled;
  const { steps, batch } = classifierRecipe;
  const net = classifierNet(shape, outputCount(labels));
  const slots = optimiser.slots(net.layout.size);
  const step = await engine.prepare(
    trainingFunction(net, labels, scale),
    {
      state: {
        parameters: [net.layout.size],
        ...slotShapes(slots),
      },
      inputs: { x: [batch, ...shape], targets: [batch, outputCount(labels)] },
    },
    { repeat: stepsPerRun },
  );
  step.load({
    parameters: net.initialise(stream(0, 'classifier', 0)),
    ...firstSlots(slots),
  });
  for (let done = 0; done < steps; done += stepsPerRun) {
    const draws = labelled.draw(stream(0, 'classifier', 1 + done), stepsPerRun * batch, 'train');
    await step.run({ x: draws.examples, targets: targetsOf(labels, draws.labels) });
    if (done % (steps / 10) === 0) tell(done, steps);
  }
  const { parameters } = step.state();
  await step.dispose();
  if (!parameters) throw new Error('internal: a trained classifier has no parameters');
  return {
    net,
    labels,
    parameters,
    heldOut: mostHeldOut,
    accuracy: await accuracyOf(engine, net, parameters, { shape, scale }, labelled),
  };
}

function trainingFunction(net: ClassifierNet, labels: Labels, scale: number): TensorFunction {
  return ({ parameters, x, targets, ...slots }) => {
    const [vector, examples, wanted] = [parameters as tf.Tensor, x as tf.Tensor, targets as tf.Tensor]; // of the signature
    const { grad } = tf.valueAndGrad((flat) => {
      const { logits } = net.apply(unflatten(flat, net.layout), tf.mul(examples, scale));
      return labelLoss(logits, wanted, labels);
    })(vector);
    const next = optimiser.update(vector, grad, slots);
    return { parameters: next.parameters, ...next.slots };
  };
}

/** Mean over examples of the summed cross-entropies of heads, or of attributes. */
function labelLoss(logits: tf.Tensor, targets: tf.Tensor, labels: Labels): tf.Scalar {
  const batch = logits.shape[0] ?? 1;
  if (labels.kind === 'attributes') {
    // −t log σ(l) − (1 − t) log(1 − σ(l)) = softplus(l) − t l
    return tf.div(tf.sum(tf.sub(tf.softplus(logits), tf.mul(targets, logits))), batch);
  }
  const sizes = labels.heads.map(({ length }) => length);
  // tfjs has no gradient of a split into one
  const parts = (rows: tf.Tensor) => (sizes.length === 1 ? [rows] : tf.split(rows, sizes, 1));
  const wanted = parts(targets);
  const losses = parts(logits).map((head, index) => {
    const shifted = tf.sub(head, tf.max(head, 1, true));
    const normaliser = tf.log(tf.sum(tf.exp(shifted), 1));
    return tf.mean<tf.Scalar>(tf.sub(normaliser, tf.sum(tf.mul(shifted, wanted[index] as tf.Tensor), 1)));
  });
  return tf.addN(losses) as tf.Scalar; // each is one
}

async function accuracyOf(
  engine: Pick<Engine, 'prepare'>,
  net: ClassifierNet,
  parameters: Float32Array,
  { shape, scale }: Pick<Dataset, 'shape' | 'scale'>,
  labelled: Labelled,
): Promise<number> {
  const rows = 100;
  const step = await engine.prepare(
    ({ flat, x }) => ({
      logits: net.apply(unflatten(flat as tf.Tensor, net.layout), tf.mul(x as tf.Tensor, scale)).logits,
    }),
    { state: {}, inputs: { flat: [net.layout.size], x: [rows, ...shape] } },
  );
  const width = labelWidth(labelled.labels);
  let right = 0;
  for (const { first } of chunks(mostHeldOut, rows)) {
    const { examples, labels } = labelled.draw(stream(0, 'classifier', -1 - first), rows, 'held-out');
    const { logits } = await step.run({ flat: parameters, x: examples });
    right += rows * width * correctShare(labelled.labels, logits as Float32Array, labels);
  }
  await step.dispose();
  return right / (mostHeldOut * width);
}
