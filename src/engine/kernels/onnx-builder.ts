/** Builds ONNX graphs operator by operator, for the rules of kernels. */
import { only } from '../../base/only.ts';
import { GraphBuilder, type Numbers, permuted, type Shape, type TensorType, type Value } from '../graph/graph.ts';
import type { OnnxGraph, OnnxOp, OnnxOps } from '../graph/onnx-operators.ts';

/**
 * How convolutions are written: as ONNX's own operators, which every runtime and device knows, or as matrix products,
 * which are faster on a processor (`convolution-products.ts`).
 */
export type ConvolutionForm = 'operators' | 'products';

/** Builds a graph of ONNX operators with one output, and the small constants that they take as inputs. */
export class OnnxBuilder {
  readonly convolutions: ConvolutionForm;
  readonly #graph = new GraphBuilder<OnnxOps>();
  readonly #lists = new Map<string, Value>();

  constructor(convolutions: ConvolutionForm = 'operators') {
    this.convolutions = convolutions;
  }

  input(name: string, type: TensorType): Value {
    return this.#graph.input(name, type);
  }

  /** An operator with one output of the given type. */
  op<O extends OnnxOp>(name: O, inputs: readonly Value[], attributes: OnnxOps[O], type: TensorType): Value {
    return only(this.#graph.node(name, inputs, attributes, [type]));
  }

  ops<O extends OnnxOp>(
    name: O,
    inputs: readonly Value[],
    attributes: OnnxOps[O],
    types: readonly TensorType[],
  ): readonly Value[] {
    return this.#graph.node(name, inputs, attributes, types);
  }

  constant(type: TensorType, numbers: Numbers): Value {
    return this.#graph.constant(type, numbers);
  }

  scalar(number: number): Value {
    return this.constant({ shape: [], dtype: 'float32' }, number);
  }

  /** A one-dimensional int64 tensor, as ONNX wants axes and shapes. */
  integers(numbers: readonly number[]): Value {
    return this.constant({ shape: [numbers.length], dtype: 'int64' }, numbers);
  }

  /** A long list of integers, made once for each name: equal operators on it are then found to be equal. */
  list(name: string, make: () => readonly number[]): Value {
    const known = this.#lists.get(name) ?? this.integers(make());
    this.#lists.set(name, known);
    return known;
  }

  reshape(x: Value, shape: Shape): Value {
    return this.op('Reshape', [x, this.integers(shape)], {}, { shape, dtype: x.dtype });
  }

  transpose(x: Value, perm: readonly number[]): Value {
    return this.op('Transpose', [x], { perm }, { shape: permuted(x.shape, perm), dtype: x.dtype });
  }

  finish(outputs: Iterable<readonly [string, Value]>): OnnxGraph {
    return this.#graph.finish(outputs);
  }
}
