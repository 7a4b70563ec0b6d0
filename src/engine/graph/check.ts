/** Faults in a graph are found here, before a runtime turns them into wrong numbers: run before and after every pass. */
import { formatType, type Graph, sizeOf, type TensorType, type Value } from './graph.ts';

/** Shapes that the operators of a graph must yield; `undefined` where an operator is unknown to it. */
export type InferTypes = (
  op: string,
  inputs: readonly Value[],
  attributes: Graph['nodes'][number]['attributes'],
) => readonly TensorType[] | undefined;

/**
 * Throws unless every value is defined once and before its use, constants have as many numbers as their shape says, and,
 * where `infer` is given, every node's outputs have the shapes that its operator yields for its inputs.
 */
export function checkGraph(graph: Graph, where: string, infer?: InferTypes): void {
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
