/** A net's parameters as one flat vector, and the tensors that it is made of. */

import * as tf from '@tensorflow/tfjs';
import { sizeOf } from '../engine/graph/graph.ts';

export interface Layout {
  readonly shapes: readonly (readonly number[])[];
  /** Numbers in the vector. */
  readonly size: number;
}

export const layoutOf = (shapes: Layout['shapes']): Layout => ({
  shapes,
  size: shapes.reduce((size, shape) => size + sizeOf(shape), 0),
});

/** The tensors of a flat vector `[size]`, in the layout's order. Its gradient is one concatenation. */
export function unflatten(vector: tf.Tensor, { shapes }: Layout): tf.Tensor[] {
  return tf.split(vector, shapes.map(sizeOf)).map((piece, index) => piece.reshape([...(shapes[index] ?? [])]));
}

/** One layout after another; `partsOf` takes the tensors apart again. */
export const joinLayouts = (layouts: readonly Layout[]): Layout => layoutOf(layouts.flatMap(({ shapes }) => shapes));

/** The tensors of joined layouts, a list for each. */
export function partsOf(tensors: readonly tf.Tensor[], layouts: readonly Layout[]): tf.Tensor[][] {
  let start = 0;
  return layouts.map(({ shapes }) => {
    const end = start + shapes.length;
    const part = tensors.slice(start, end);
    start = end;
    return part;
  });
}
