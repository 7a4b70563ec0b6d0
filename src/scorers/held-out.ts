/** Asks a classifier about held-out examples and about corrupted ones, and sets the bound of what it takes for the data. */
import * as tf from '@tensorflow/tfjs-core';
import { chunks } from '../base/points.ts';
import { stream } from '../base/random.ts';
import { type Dataset, type Labelled, labelWidth } from '../datasets/dataset.ts';
import type { Engine } from '../engine/engine.ts';
import type { ClassifierNet } from '../nets/classifier.ts';
import { unflatten } from '../nets/layout.ts';
import { corrupted } from './corruptions.ts';
import { outputCount } from './label-outputs.ts';
import { knowsTheData } from './own-place.ts';

/** Held-out examples that are asked about. */
export const mostHeldOut = 1_000;
/** Share of held-out pictures of the data that have to pass for such. */
const spared = 0.95;

/** What it says of held-out examples, and of corrupted ones. */
export interface Said {
  /** `[mostHeldOut, outputs]` */
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
  /** Logits of being of the data, of real examples and of corrupted ones; empty where it has no such output. */
  readonly ofReal: Float32Array;
  readonly ofOthers: Float32Array;
}

export async function onHeldOut(
  engine: Pick<Engine, 'prepare'>,
  net: ClassifierNet,
  parameters: Float32Array,
  { shape, scale }: Pick<Dataset, 'shape' | 'scale'>,
  labelled: Labelled,
): Promise<Said> {
  const { labels } = labelled;
  const refuses = knowsTheData(labels, shape);
  const outputs = outputCount(labels);
  const rows = 100;
  const step = await engine.prepare(
    ({ flat, x }) => {
      const { logits } = net.apply(unflatten(flat as tf.Tensor, net.layout), tf.mul(x as tf.Tensor, scale)); // of the signature
      return {
        logits: tf.slice(logits, [0, 0], [rows, outputs]),
        ...(refuses && { ofTheData: tf.slice(logits, [0, outputs], [rows, 1]) }),
      };
    },
    { state: {}, inputs: { flat: [net.layout.size], x: [rows, ...shape] } },
  );
  const said = {
    logits: new Float32Array(mostHeldOut * outputs),
    labels: new Uint8Array(mostHeldOut * labelWidth(labels)),
    ofReal: new Float32Array(refuses ? mostHeldOut : 0),
    ofOthers: new Float32Array(refuses ? mostHeldOut : 0),
  };
  for (const { first } of chunks(mostHeldOut, rows)) {
    const random = stream(0, 'classifier', -1 - first);
    const draw = labelled.draw(random, rows, 'held-out');
    const { logits, ofTheData } = await step.run({ flat: parameters, x: draw.examples });
    said.logits.set(logits as Float32Array, first * outputs); // returned above
    said.labels.set(draw.labels, first * labelWidth(labels));
    if (ofTheData === undefined) continue;
    said.ofReal.set(ofTheData, first);
    const others = corrupted(labelled, shape, random, rows, 'held-out');
    said.ofOthers.set((await step.run({ flat: parameters, x: others })).ofTheData as Float32Array, first);
  }
  await step.dispose();
  return said;
}

/**
 * Moves the bound of what is of the data to where `spared` of the held-out examples pass, in the parameters and in the logits:
 * a classifier that is sure of all of them can refuse more. Returns the share of corrupted ones that it then refuses.
 */
export function calibrate(parameters: Float32Array, { logits, ofReal, ofOthers }: Said): number {
  const bound = ofReal.toSorted()[Math.floor((1 - spared) * ofReal.length)] as number;
  parameters[parameters.length - 1] = (parameters.at(-1) as number) - bound; // the bias of the last output
  const outputs = logits.length / ofReal.length;
  logits.forEach((logit, at) => {
    logits[at] = Math.min(logit, (ofReal[Math.floor(at / outputs)] as number) - bound);
  });
  return ofOthers.filter((logit) => logit < bound).length / ofOthers.length;
}
