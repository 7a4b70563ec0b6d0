/** Runs one function in every way that the engine knows, for tests that compare them. */
import * as tf from '@tensorflow/tfjs-core';
import type { Shapes, TensorFunction } from '../../src/engine/capture/tracer.ts';
import type { Arrays } from '../../src/engine/engine.ts';
import { type Shape, sizeOf } from '../../src/engine/graph/graph.ts';
import type { OnnxGraph } from '../../src/engine/graph/onnx-operators.ts';
import type { KernelGraph } from '../../src/engine/kernels/registry.ts';
import { type OnnxOptions, toOnnxGraph } from '../../src/engine/lower/compile.ts';
import { encodeOnnx } from '../../src/engine/onnx/onnx-file.ts';
import { openSession, tensor } from '../../src/engine/onnx/session.ts';

export interface Result {
  readonly shape: Shape;
  readonly numbers: Float32Array;
}
export type Results = Readonly<Record<string, Result>>;

/** tfjs itself on its JavaScript backend: what everything else is compared with. */
export function runEager(fn: TensorFunction, shapes: Shapes, inputs: Arrays): Results {
  void tf.setBackend('cpu');
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(array(inputs, name), [...shape])]),
    );
    return Object.fromEntries(
      Object.entries(fn(tensors)).map(([name, value]) => [
        name,
        { shape: value.shape, numbers: Float32Array.from(value.dataSync()) },
      ]),
    );
  });
}

/** A graph of ONNX operators in onnxruntime. Its outputs are float32. */
export async function runOnnx(graph: OnnxGraph, inputs: Arrays): Promise<Results> {
  const session = await openSession(encodeOnnx(graph), 'cpu');
  try {
    const feeds = [...graph.inputs].map(([name, { shape }]) => [name, tensor(array(inputs, name), shape)]);
    const results = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, { dims, data }]) => [
        name.replace(/^next\./, ''),
        { shape: dims, numbers: Float32Array.from(data as Float32Array) }, // the graph says float32
      ]),
    );
  } finally {
    await session.release();
  }
}

/** A graph of tfjs kernels, through every pass of the ONNX side. */
export const runKernels = (graph: KernelGraph, inputs: Arrays, options?: OnnxOptions): Promise<Results> =>
  runOnnx(toOnnxGraph(graph, options), inputs);

/** The largest difference, measured against the largest number of the expected (or 1). */
export function distance(actual: Results, expected: Results): number {
  const names = Object.keys(expected);
  if (names.join() !== Object.keys(actual).join()) throw new Error(`outputs ${Object.keys(actual)}, expected ${names}`);
  return Math.max(
    ...names.map((name) => {
      const [a, b] = [actual[name], expected[name]];
      if (!a || !b || a.shape.join() !== b.shape.join()) {
        throw new Error(`output ${name} has shape [${a?.shape}], expected [${b?.shape}]`);
      }
      const scale = b.numbers.reduce((largest, number) => Math.max(largest, Math.abs(number)), 1);
      return b.numbers.reduce((worst, number, index) => {
        const difference = Math.abs(number - (a.numbers[index] ?? Number.NaN));
        return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference / scale);
      }, 0);
    }),
  );
}

/**
 * Numbers that no two of are equal and none of is near 0, spread evenly over the range in an order that the seed says: so
 * kinks (ReLU, maximum) are at least half a spacing away.
 */
export function distinctNumbers(
  shapes: Shapes,
  seed: number,
  [low, high]: readonly [number, number] = [-2, 2],
): Arrays {
  const count = Object.values(shapes).reduce((total, shape) => total + sizeOf(shape), 0);
  const cells = count + (count % 2); // even: 0 falls on a border between cells
  const random = uniform(seed);
  const order = Array.from({ length: cells }, (_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key);
  let next = 0;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      Float32Array.from({ length: sizeOf(shape) }, () => {
        const cell = order[next++]?.index ?? 0;
        return low + ((cell + 0.5) / cells) * (high - low);
      }),
    ]),
  );
}

/** A small generator (mulberry32), so that cases can be repeated by their seed. */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers for every input. */
export function normalNumbers(shapes: Shapes, seed: number, scale = 1): Arrays {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) * scale;
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, Float32Array.from({ length: sizeOf(shape) }, normal)]),
  );
}

function array(inputs: Arrays, name: string): Float32Array {
  const numbers = inputs[name];
  if (numbers === undefined) throw new Error(`the test gives no ${name}`);
  return numbers;
}
