/**
 * Adds to tfjs's core what the package `@tensorflow/tfjs` would add to it, at a third of the weight and in silence: gradients, which
 * come with the layers; the backend `cpu`, its kernels in plain JavaScript; and the operations as methods of tensors. Imported for
 * this effect.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';

/** Declares the methods. */
export type {} from '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';

// The backend's advice to install another one is all that this switches off.
tf.enableProdMode();

type Resize = [size: [number, number], alignCorners?: boolean, halfPixelCenters?: boolean];

/** Methods that are no operation with the tensor as its first operand. */
const others = {
  asScalar: (x) => tf.reshape(x, []),
  as1D: (x) => tf.reshape(x, [x.size]),
  as2D: (x, ...shape: number[]) => tf.reshape(x, shape),
  as3D: (x, ...shape: number[]) => tf.reshape(x, shape),
  as4D: (x, ...shape: number[]) => tf.reshape(x, shape),
  as5D: (x, ...shape: number[]) => tf.reshape(x, shape),
  asType: (x, type: tf.DataType) => tf.cast(x, type),
  concat: (x, more: tf.Tensor | tf.Tensor[], axis?: number) => tf.concat([x, ...[more].flat()], axis),
  flatten: (x) => tf.reshape(x, [x.size]),
  reshapeAs: (x, like: tf.Tensor) => tf.reshape(x, like.shape),
  resizeBilinear: (x, ...to: Resize) => tf.image.resizeBilinear(x as tf.Tensor4D, ...to),
  resizeNearestNeighbor: (x, ...to: Resize) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, ...to),
  stack: (x, more: tf.Tensor | tf.Tensor[], axis?: number) => tf.stack([x, ...[more].flat()], axis),
  toBool: (x) => tf.cast(x, 'bool'),
  toFloat: (x) => tf.cast(x, 'float32'),
  toInt: (x) => tf.cast(x, 'int32'),
  where: (x, condition: tf.Tensor, other: tf.Tensor) => tf.where(condition, x, other),
} satisfies Record<string, (x: tf.Tensor, ...operands: never[]) => tf.Tensor>;

type Operation = (x: tf.Tensor, ...operands: unknown[]) => unknown;
// Whoever calls a method is checked against the declarations of tfjs.
const operations = Object.entries({ ...tf, ...others } as Record<string, unknown>).filter(
  (entry): entry is [string, Operation] =>
    entry[0] in others || (typeof entry[1] === 'function' && entry[1].name.endsWith('__op')),
);
for (const [name, operation] of operations) {
  if (name in tf.Tensor.prototype) continue;
  const value = function (this: tf.Tensor, ...operands: unknown[]): unknown {
    return operation(this, ...operands);
  };
  Object.defineProperty(tf.Tensor.prototype, name, { value, configurable: true, writable: true });
}
