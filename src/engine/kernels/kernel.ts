/** Declares what the engine knows of a tfjs kernel: the types that it yields, and the ONNX operators that compute it. */
import { only } from '../../base/only.ts';
import type { TensorType, Value } from '../graph/graph.ts';
import type { OnnxBuilder } from './onnx-builder.ts';

type OneOrMore<T> = T | readonly T[];

/** A kernel as the tracer and the lowering see it: operands in order, attributes as tfjs passes them. */
export interface Kernel<KernelAttributes> {
  /** tfjs's names of the operands, in the order of a node's inputs; undefined where a kernel takes any number. */
  readonly operands: readonly string[] | undefined;
  /** Whether tfjs expects a list of tensors from it, even of one. */
  readonly manyOutputs: boolean;
  types(inputs: readonly Value[], attributes: KernelAttributes): readonly TensorType[];
  emit(
    onnx: OnnxBuilder,
    inputs: readonly Value[],
    attributes: KernelAttributes,
    outputs: readonly TensorType[],
  ): readonly Value[];
}

/** Of a kernel that has no attributes. */
export type NoAttributes = Readonly<Record<string, never>>;

/** tfjs's type of a kernel's attributes, all of it readonly. */
export type Frozen<T> = { readonly [K in keyof T]: Frozen<T[K]> };

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
export function kernel<const Operand extends string, KernelAttributes = NoAttributes>(
  operands: readonly Operand[],
  rule: KernelRule<Operand, KernelAttributes>,
  manyOutputs = false,
): Kernel<KernelAttributes> {
  // The names are those of `operands`, and the tracer has checked that each one is there.
  const named = (inputs: readonly Value[]) =>
    Object.fromEntries(operands.map((name, index) => [name, inputs[index]])) as Record<Operand, Value>;
  return {
    operands,
    manyOutputs,
    types: (inputs, attributes) => list(rule.type(named(inputs), attributes)),
    emit: (onnx, inputs, attributes, outputs) => list(rule.emit(onnx, named(inputs), attributes, only(outputs))),
  };
}

/** A kernel that takes any number of operands of one kind. */
export function variadicKernel<KernelAttributes = NoAttributes>(rule: {
  readonly type: (inputs: readonly Value[], attributes: KernelAttributes) => TensorType;
  readonly emit: (
    onnx: OnnxBuilder,
    inputs: readonly Value[],
    attributes: KernelAttributes,
    output: TensorType,
  ) => Value;
}): Kernel<KernelAttributes> {
  return {
    operands: undefined,
    manyOutputs: false,
    types: (inputs, attributes) => [rule.type(inputs, attributes)],
    emit: (onnx, inputs, attributes, outputs) => [rule.emit(onnx, inputs, attributes, only(outputs))],
  };
}

const list = <T>(value: OneOrMore<T>): readonly T[] => (Array.isArray(value) ? value : [value as T]);
