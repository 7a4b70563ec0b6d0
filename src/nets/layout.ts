/** Lays out a network's parameters in one flat vector, and takes its tensors out of it. */
import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../engine/graph/graph.ts';

export interface ParameterLayout {
  readonly shapes: readonly (readonly number[])[];
  /** Numbers in the vector. */
  readonly size: number;
}

export const layoutOf = (shapes: ParameterLayout['shapes']): ParameterLayout => ({
  shapes,
  size: shapes.reduce((size, shape) => size + sizeOf(shape), 0),
});

/** The tensors of a flat vector `[size]`, in the layout's order. Its gradient is one concatenation. */
export function unflatten(vector: tf.Tensor, { shapes }: ParameterLayout): tf.Tensor[] {
  return tf.split(vector, shapes.map(sizeOf)).map((piece, index) => piece.reshape([...(shapes[index] ?? [])]));
}

/** One layout after another; `partsOf` takes the tensors apart again. */
export const joinLayouts = (layouts: readonly ParameterLayout[]): ParameterLayout =>
  layoutOf(layouts.flatMap(({ shapes }) => shapes));

/** The tensors of joined layouts, a list for each. */
export function partsOf(tensors: readonly tf.Tensor[], layouts: readonly ParameterLayout[]): tf.Tensor[][] {
  let start = 0;
  return layouts.map(({ shapes }) => {
    const end = start + shapes.length;
    const part = tensors.slice(start, end);
    start = end;
    return part;
  });
}
