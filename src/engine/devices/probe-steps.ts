/**
 * Times small training steps by which devices are compared: products or convolutions forward and backward, an update of flat
 * vectors, state in and out. They are no method's and learn nothing.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TensorFunction } from '../capture/tracer.ts';
import type { Arrays, Engine, Signature } from '../engine.ts';
import { sizeOf } from '../graph/graph.ts';

export type ProbeStep =
  | {
      readonly kind: 'dense';
      /** Sizes of the hidden layers. */
      readonly hidden: readonly number[];
      readonly batch: number;
    }
  | {
      readonly kind: 'convolutional';
      /** Pixels of a picture's side: a multiple of four. */
      readonly side: number;
      /** Channels of the first of two layers. */
      readonly width: number;
      readonly batch: number;
    };

/** Bounds of a probe step: sizes of a hidden layer, batch; pixels, channels and batch of pictures. */
export interface ProbeSize {
  readonly hidden: number;
  readonly batch: number;
  readonly side: number;
  readonly width: number;
  readonly pictures: number;
}

interface StepFunction {
  readonly fn: TensorFunction;
  readonly signature: Signature;
}

const inputs = 2;
const colours = 3;
const [rate, momentum] = [1e-4, 0.9];

function stepFunction(step: ProbeStep): StepFunction {
  switch (step.kind) {
    case 'dense': {
      const sizes = [inputs, ...step.hidden, 1];
      const shapes = sizes.slice(1).flatMap((size, at) => [[sizes[at] ?? 1, size], [size]]);
      return training(shapes, [step.batch, inputs], perceptron);
    }
    case 'convolutional': {
      const { side, width, batch } = step;
      const left = (side / 4) ** 2 * 2 * width;
      const shapes = [
        [4, 4, colours, width],
        [4, 4, width, 2 * width],
        [left, 1],
      ];
      return training(shapes, [batch, side, side, colours], convolutions);
    }
    default:
      return step satisfies never;
  }
}

type Network = (weights: readonly tf.Tensor[], x: tf.Tensor) => tf.Tensor;

const perceptron: Network = (weights, x) => {
  let y = x;
  for (let at = 0; at < weights.length; at += 2) {
    const sum = tf.add(tf.matMul(y, weightAt(weights, at)), weightAt(weights, at + 1));
    y = at + 2 < weights.length ? tf.relu(sum) : sum;
  }
  return y;
};

const convolutions: Network = (weights, x) => {
  // Their shapes are those of the signature.
  const layer = (y: tf.Tensor, at: number) =>
    tf.relu(tf.conv2d(y as tf.Tensor4D, weightAt(weights, at) as tf.Tensor4D, 2, 'same'));
  const features = layer(layer(x, 0), 1);
  return tf.matMul(features.reshape([x.shape[0] ?? 1, -1]), weightAt(weights, 2));
};

function weightAt(weights: readonly tf.Tensor[], at: number): tf.Tensor {
  const weight = weights[at];
  if (weight === undefined) throw new Error(`internal: no weight ${at}`);
  return weight;
}

/** One step of descent with momentum on the mean square of a network's output. */
function training(shapes: readonly (readonly number[])[], x: readonly number[], network: Network): StepFunction {
  const sizes = shapes.map(sizeOf);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const loss = (parameters: tf.Tensor, batch: tf.Tensor) => {
    const weights = tf.split(parameters, sizes).map((part, at) => part.reshape([...(shapes[at] ?? [])]));
    return tf.mean(tf.square(network(weights, batch)));
  };
  return {
    signature: { state: { parameters: [total], velocity: [total] }, inputs: { x } },
    fn: ({ parameters, velocity, x: batch }) => {
      // The signature has all three.
      const [at, before, seen] = [parameters as tf.Tensor, velocity as tf.Tensor, batch as tf.Tensor];
      const { value, grad } = tf.valueAndGrad((point) => loss(point, seen).asScalar())(at);
      const next = tf.sub(tf.mul(before, momentum), tf.mul(grad, rate));
      return { parameters: tf.add(at, next), velocity: next, loss: value };
    },
  };
}

const warmUps = 2;
const runs = { least: 5, most: 21, milliseconds: 1_000 } as const;

/**
 * The median time of a step, after a warm-up, in milliseconds. Throws what the engine throws, and where the loss is not
 * a finite number.
 */
export async function timeStep(engine: Engine, small: ProbeStep): Promise<number> {
  const { fn, signature } = stepFunction(small);
  const step = await engine.prepare(fn, signature);
  try {
    step.load(waves(signature.state));
    const batch = waves(signature.inputs);
    const times: number[] = [];
    let spent = 0;
    for (let run = 0; run < warmUps + runs.most && (run < warmUps + runs.least || spent < runs.milliseconds); run++) {
      const started = performance.now();
      const { loss } = await step.run(batch);
      const took = performance.now() - started;
      if (!Number.isFinite(loss?.[0])) throw new Error(`a small step's loss is ${loss?.[0]}`);
      if (run < warmUps) continue;
      times.push(took);
      spent += took;
    }
    return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  } finally {
    await step.dispose();
  }
}

/** Numbers in [−0.1, 0.1], the same everywhere. */
const waves = (shapes: Signature['state']): Arrays =>
  Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: sizeOf(shape) }, (_, at) => 0.1 * Math.sin(12.9 * at + 1)),
    ]),
  );
