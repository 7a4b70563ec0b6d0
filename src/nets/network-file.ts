/**
 * Writes a network as a plain ONNX file that takes any batch size. A traced program has every dimension as a number: here the
 * batch's become open again. Parameters are constants of the traced function.
 */

import { type TensorFunction, trace } from '../engine/capture/tracer.ts';
import type { OnnxGraph } from '../engine/graph/onnx-operators.ts';
import { rewrite } from '../engine/graph/rewrite.ts';
import { optimise, toOnnxGraph } from '../engine/lower/compile.ts';
import { encodeOnnx } from '../engine/onnx/onnx-file.ts';

/** The batch size that a network is traced with: a number that no layer has, so that the batch is known by it. */
const tracedBatch = 1_009;

/**
 * @param inputs shapes of one example, by name; `fn` is called with `[batch, …shape]` of each and must treat examples
 * alike: it may reshape what follows the batch, and no more.
 */
export function networkFile(inputs: Readonly<Record<string, readonly number[]>>, fn: TensorFunction): Uint8Array {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, [tracedBatch, ...shape]]));
  return encodeOnnx(openBatch(toOnnxGraph(optimise(trace(fn, shapes)))), { batch: 'batch' });
}

/** In ONNX a 0 in the shape that Reshape is given keeps the dimension of its input. */
function openBatch(graph: OnnxGraph): OnnxGraph {
  return rewrite(graph, ({ op, inputs, outputs, attributes }, builder) => {
    const [x, shape] = inputs;
    const [output] = outputs;
    if (op !== 'Reshape' || !x || !shape || !output || x.shape[0] !== tracedBatch) return undefined;
    if (output.shape[0] !== tracedBatch) throw new Error(`internal: a network mixes its examples ([${output.shape}])`);
    return builder.node(op, [x, builder.constant(shape, [0, ...output.shape.slice(1)])], attributes, outputs);
  });
}
