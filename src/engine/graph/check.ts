/** Checks a graph before and after every pass, so that a fault is found before a runtime turns it into wrong numbers. */
import { formatType, type Graph, type Operators, type OpOf, sizeOf, type TensorType, type Value } from './graph.ts';

/** The types that an operator of a graph must yield. */
export type InferTypes<Ops extends Operators> = <O extends OpOf<Ops>>(
  op: O,
  inputs: readonly Value[],
  attributes: Ops[O],
) => readonly TensorType[];

/**
 * Throws unless every value is defined once and before its use, constants have as many numbers as their shape says, and,
 * where `infer` is given, every node's outputs have the shapes that its operator yields for its inputs.
 */
export function checkGraph<Ops extends Operators>(graph: Graph<Ops>, where: string, infer?: InferTypes<Ops>): void {
  const defined = new Set<Value>();
  const ids = new Set<number>();
  const fail = (message: string): never => {
    throw new Error(`internal: graph ${where}: ${message}`);
  };
  const define = (value: Value, what: string) => {
    if (defined.has(value) || ids.has(value.id)) fail(`%${value.id} is defined twice (${what})`);
    defined.add(value);
    ids.add(value.id);
  };
  for (const [name, value] of graph.inputs) define(value, `input ${name}`);
  for (const [value, numbers] of graph.constants) {
    define(value, 'constant');
    if (typeof numbers !== 'number' && numbers.length !== sizeOf(value.shape)) {
      fail(`constant %${value.id} is ${formatType(value)} but has ${numbers.length} numbers`);
    }
  }
  for (const { op, inputs, outputs, attributes } of graph.nodes) {
    for (const input of inputs) if (!defined.has(input)) fail(`${op} uses %${input.id} before it is defined`);
    const expected = infer?.(op, inputs, attributes);
    expected?.forEach((type, index) => {
      const output = outputs[index];
      if (output === undefined || formatType(output) !== formatType(type)) {
        fail(`${op} yields ${formatType(type)}, its output says ${output ? formatType(output) : 'nothing'}`);
      }
    });
    for (const output of outputs) define(output, op);
  }
  for (const [name, value] of graph.outputs) if (!defined.has(value)) fail(`output ${name} is not defined`);
}
