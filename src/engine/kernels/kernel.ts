/** What the engine must know of a tfjs kernel: the shapes it yields, and the ONNX operators that compute it. */
import type { Attributes, Graph, Numbers, Shape, TensorType, Value } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph.ts';

type OneOrMore<T> = T | readonly T[];

/** A kernel as the tracer and the lowering see it: operands in order, attributes as tfjs passes them. */
export interface Kernel {
  /** tfjs's names of the operands, in the order of a node's inputs; undefined where a kernel takes any number. */
  readonly operands: readonly string[] | undefined;
  /** Whether tfjs expects a list of tensors from it, be it of one. */
  readonly manyOutputs: boolean;
  types(inputs: readonly Value[], attributes: Attributes): readonly TensorType[];
  emit(
    onnx: OnnxBuilder,
    inputs: readonly Value[],
    attributes: Attributes,
    outputs: readonly TensorType[],
  ): readonly Value[];
}

/** A kernel as its author writes it: operands by name. */
export interface KernelRule<Operand extends string, KernelAttributes> {
  readonly type: (inputs: Readonly<Record<Operand, Value>>, attributes: KernelAttributes) => OneOrMore<TensorType>;
  readonly emit: (
    onnx: OnnxBuilder,
    inputs: Readonly<Record<Operand, Value>>,
    attributes: KernelAttributes,
    output: TensorType,
  ) => OneOrMore<Value>;
}

/** A kernel with a fixed set of operands. */
export function kernel<const Operand extends string, KernelAttributes = object>(
  operands: readonly Operand[],
  rule: KernelRule<Operand, KernelAttributes>,
  manyOutputs = false,
): Kernel {
  // The names are those of `operands`, and the tracer has checked that each one is there.
  const named = (inputs: readonly Value[]) =>
    Object.fromEntries(operands.map((name, index) => [name, inputs[index]])) as Record<Operand, Value>;
  return {
    operands,
    manyOutputs,
    // tfjs's own type for the kernel says which attributes it is called with.
    types: (inputs, attributes) => list(rule.type(named(inputs), attributes as KernelAttributes)),
    emit: (onnx, inputs, attributes, outputs) =>
      list(rule.emit(onnx, named(inputs), attributes as KernelAttributes, only(outputs))),
  };
}

/** A kernel that takes any number of operands of one kind. */
export function variadicKernel<KernelAttributes = object>(rule: {
  readonly type: (inputs: readonly Value[], attributes: KernelAttributes) => TensorType;
  readonly emit: (
    onnx: OnnxBuilder,
    inputs: readonly Value[],
    attributes: KernelAttributes,
    output: TensorType,
  ) => Value;
}): Kernel {
  return {
    operands: undefined,
    manyOutputs: false,
    types: (inputs, attributes) => [rule.type(inputs, attributes as KernelAttributes)],
    emit: (onnx, inputs, attributes, outputs) => [
      rule.emit(onnx, inputs, attributes as KernelAttributes, only(outputs)),
    ],
  };
}

/** The first of a list that is known not to be empty. */
export function only<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new Error('internal: expected at least one value, got none');
  return first;
}

const list = <T>(value: OneOrMore<T>): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/**
 * How convolutions are written: as ONNX's own operators, which every runtime and device knows, or as matrix products,
 * which are faster on a processor (`convolution-products.ts`).
 */
export type ConvolutionForm = 'operators' | 'products';

/** Builds the ONNX side: operators with one output, and the small constants that operators take as inputs. */
export class OnnxBuilder {
  readonly convolutions: ConvolutionForm;
  readonly #graph = new GraphBuilder();
  readonly #lists = new Map<string, Value>();

  constructor(convolutions: ConvolutionForm = 'operators') {
    this.convolutions = convolutions;
  }

  input(name: string, type: TensorType): Value {
    return this.#graph.input(name, type);
  }

  /** An operator with one output of the given type. */
  op(name: string, inputs: readonly Value[], attributes: Attributes, type: TensorType): Value {
    return only(this.#graph.node(name, inputs, attributes, [type]));
  }

  ops(name: string, inputs: readonly Value[], attributes: Attributes, types: readonly TensorType[]): readonly Value[] {
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

  /** A long list of integers, made once for all that name it alike: equal operators on it are then found to be equal. */
  list(name: string, make: () => readonly number[]): Value {
    const known = this.#lists.get(name) ?? this.integers(make());
    this.#lists.set(name, known);
    return known;
  }

  reshape(x: Value, shape: Shape): Value {
    return this.op('Reshape', [x, this.integers(shape)], {}, { shape, dtype: x.dtype });
  }

  transpose(x: Value, perm: readonly number[]): Value {
    const shape = perm.map((axis) => x.shape[axis] ?? 1);
    return this.op('Transpose', [x], { perm }, { shape, dtype: x.dtype });
  }

  finish(outputs: Iterable<readonly [string, Value]>): Graph {
    return this.#graph.finish(outputs);
  }
}
