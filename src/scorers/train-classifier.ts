/** Trains a classifier on labelled data, with the engine that trains the GANs. */

import * as tf from '@tensorflow/tfjs-core';
import { stream } from '../base/random.ts';
import type { Dataset, Labelled, Labels } from '../datasets/dataset.ts';
import type { TensorFunction } from '../engine/capture/tracer.ts';
import type { Engine } from '../engine/engine.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import { type ClassifierNet, classifierNet } from '../nets/classifier.ts';
import { unflatten } from '../nets/layout.ts';
import { adamOptimiser } from '../optimisers/adam.ts';
import { firstSlots, slotShapes } from '../optimisers/optimiser.ts';
import { corrupted, dithered } from './corruptions.ts';
import { type Forger, forgerFor } from './forger.ts';
import { calibrate, mostHeldOut, onHeldOut } from './held-out.ts';
import { correctShare, outputCount, targetsOf } from './label-outputs.ts';
import { classifierRecipe, knowsTheData, recipeFor } from './own-place.ts';

export interface Classifier {
  readonly net: ClassifierNet;
  readonly labels: Labels;
  /** One flat vector. */
  readonly parameters: Float32Array;
  /** Accuracy on held-out examples, over all heads or attributes. */
  readonly accuracy: number;
  /** Number of held-out examples that the accuracy was measured on. */
  readonly heldOut: number;
  /** Where it has one more logit, the last, for pictures of the data: the share of corrupted held-out pictures that it refuses. */
  readonly refused?: number;
}

const stepsPerRun = 4;
/** Of the moving average of weights that judges attributes: what a step leaves of it. */
const kept = 0.995;
const optimiser = adamOptimiser({ rate: classifierRecipe.rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });

/** Logits of a picture: a head, or an attribute, after another; then, where it is asked, whether it is of the data. */
export const classifierOf = (labels: Labels, shape: readonly number[]): ClassifierNet =>
  classifierNet(shape, outputCount(labels) + (knowsTheData(labels, shape) ? 1 : 0));

/**
 * Adam on the cross-entropy of every head, or of every attribute. Of pictures with attributes it also learns which are of the
 * data, from as many others, corrupted ones and forged ones (`forger.ts`); a moving average of its weights is what judges. The
 * same data and seed give the same classifier on the same machine. `tell` is called with the progress a few times.
 */
export async function trainClassifier(
  engine: Pick<Engine, 'prepare'>,
  { shape, scale }: Pick<Dataset, 'shape' | 'scale'>,
  labelled: Labelled,
  tell: (step: number, steps: number) => void = () => {},
): Promise<Classifier> {
  const { labels } = labelled;
  const { steps, batch } = recipeFor(labels, shape);
  const net = classifierOf(labels, shape);
  const refuses = knowsTheData(labels, shape);
  const forger = refuses ? forgerFor(shape, batch / 2) : undefined;
  const others = batch - (forger?.batch ?? 0);
  const slots = optimiser.slots(net.layout.size);
  const step = await engine.prepare(
    trainingFunction(net, labels, scale, forger),
    {
      state: {
        parameters: [net.layout.size],
        ...(refuses && { average: [net.layout.size] }),
        ...slotShapes(slots),
        ...forger?.state,
      },
      inputs: {
        x: [batch, ...shape],
        targets: [batch, outputCount(labels)],
        ...(refuses && { others: [others, ...shape] }),
        ...forger?.inputs,
      },
    },
    { repeat: stepsPerRun },
  );
  const first = net.initialise(stream(0, 'classifier', 0));
  step.load({
    parameters: first,
    ...(refuses && { average: first }),
    ...firstSlots(slots),
    ...forger?.fresh(stream(0, 'classifier', 2)),
  });
  for (let done = 0; done < steps; done += stepsPerRun) {
    const random = stream(0, 'classifier', 1 + done);
    if (forger?.isOld(done)) step.load({ ...step.state(), ...forger.fresh(stream(0, 'classifier', 2 + done)) });
    const draws = labelled.draw(random, stepsPerRun * batch, 'train');
    await step.run({
      x: refuses ? dithered(draws.examples, sizeOf(shape), random) : draws.examples,
      targets: targetsOf(labels, draws.labels),
      ...(refuses && { others: corrupted(labelled, shape, random, stepsPerRun * others, 'train') }),
      ...forger?.draw(random, stepsPerRun),
    });
    if (done % (steps / 10) === 0) tell(done, steps);
  }
  const state = step.state();
  const parameters = state.average ?? state.parameters;
  await step.dispose();
  if (!parameters) throw new Error('internal: a trained classifier has no parameters');
  const said = await onHeldOut(engine, net, parameters, { shape, scale }, labelled);
  const refused = refuses ? calibrate(parameters, said) : undefined;
  const accuracy = correctShare(labels, said.logits, said.labels);
  return { net, labels, parameters, heldOut: mostHeldOut, accuracy, ...(refused !== undefined && { refused }) };
}

function trainingFunction(net: ClassifierNet, labels: Labels, scale: number, forger?: Forger): TensorFunction {
  return ({ parameters, average, x, targets, others, ...rest }) => {
    const [vector, examples, wanted] = [parameters as tf.Tensor, x as tf.Tensor, targets as tf.Tensor]; // of the signature
    const [rows = 1, outputs = 1] = wanted.shape;
    const logitsBy = (flat: tf.Tensor, pictures: tf.Tensor) =>
      net.apply(unflatten(flat, net.layout), tf.mul(pictures, scale)).logits as tf.Tensor2D;
    const forged = forger?.step(rest, (pictures) =>
      tf.slice2d(logitsBy(vector, pictures), [0, outputs], [forger.batch, 1]),
    );
    const { grad } = tf.valueAndGrad((flat) => {
      if (others === undefined) return labelLoss(logitsBy(flat, examples), wanted, labels);
      const logits = logitsBy(flat, tf.concat([examples, others, ...(forged ? [forged.pictures] : [])]));
      const ofTheData = tf.slice2d(logits, [0, outputs], [2 * rows, 1]);
      const real = tf.concat([tf.ones([rows, 1]), tf.zeros([rows, 1])]);
      return tf.add(
        labelLoss(tf.slice2d(logits, [0, 0], [rows, outputs]), wanted, labels),
        binaryLoss(ofTheData, real),
      ) as tf.Scalar; // the sum of two
    })(vector);
    const next = optimiser.update(vector, grad, rest);
    return {
      parameters: next.parameters,
      ...(average && { average: tf.add(tf.mul(average, kept), tf.mul(next.parameters, 1 - kept)) }),
      ...next.slots,
      ...forged?.next,
    };
  };
}

/** −t log σ(l) − (1 − t) log(1 − σ(l)) = softplus(l) − t l, summed over outputs, mean over examples. */
const binaryLoss = (logits: tf.Tensor, targets: tf.Tensor): tf.Scalar =>
  tf.div(tf.sum(tf.sub(tf.softplus(logits), tf.mul(targets, logits))), logits.shape[0] ?? 1);

/** Mean over examples of the summed cross-entropies of heads, or of attributes. */
function labelLoss(logits: tf.Tensor, targets: tf.Tensor, labels: Labels): tf.Scalar {
  if (labels.kind === 'attributes') return binaryLoss(logits, targets);
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

/** The logits that judge: an attribute is there as far as the picture is of the data, the less sure of both. */
export function judged(logits: tf.Tensor, labels: Labels, shape: readonly number[]): tf.Tensor {
  if (!knowsTheData(labels, shape)) return logits;
  const [attributes, ofTheData] = tf.split(logits, [outputCount(labels), 1], 1) as [tf.Tensor, tf.Tensor];
  return tf.minimum(attributes, ofTheData);
}
