/**
 * Several steps in one program: the state that one step returns is what the next one takes. Saves the cost of entering
 * the runtime for every step. Each copy has inputs of its own, `name@0` … `name@n−1`; outputs that are no state are those
 * of the last copy.
 */
import { type Graph, GraphBuilder, type Value } from '../graph/graph.ts';

export const stepInput = (name: string, index: number): string => `${name}@${index}`;

export function repeat(graph: Graph, times: number, state: readonly string[]): Graph {
  const builder = new GraphBuilder();
  const constants = new Map<Value, Value>();
  const carried = new Map<string, Value>();
  for (const [name, value] of graph.inputs) if (state.includes(name)) carried.set(name, builder.input(name, value));
  for (const [value, numbers] of graph.constants) constants.set(value, builder.constant(value, numbers));
  let outputs: [string, Value][] = [];
  for (let index = 0; index < times; index++) {
    const copies = new Map(constants);
    const use = (value: Value): Value => {
      const copy = copies.get(value);
      if (copy === undefined) throw new Error(`internal: %${value.id} is used before it is defined`);
      return copy;
    };
    for (const [name, value] of graph.inputs) {
      copies.set(value, carried.get(name) ?? builder.input(stepInput(name, index), value));
    }
    for (const { op, inputs, attributes, outputs: results } of graph.nodes) {
      const values = builder.node(op, inputs.map(use), attributes, results);
      results.forEach((result, at) => {
        const value = values[at];
        if (value) copies.set(result, value);
      });
    }
    outputs = [...graph.outputs].map(([name, value]) => [name, use(value)]);
    for (const [name, value] of outputs) if (carried.has(name)) carried.set(name, value);
  }
  return builder.finish(outputs);
}
