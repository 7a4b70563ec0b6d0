/**
 * Unrolls several steps into one program, which saves the cost of entering the runtime for every step: the state that one step
 * returns is what the next one takes. Each copy has inputs of its own, `name@0` … `name@n−1`; other outputs are the last copy's.
 */
import { type Graph, GraphBuilder, type Operators, type Value } from '../graph/graph.ts';
import { ValueMap } from '../graph/rewrite.ts';

export const stepInput = (name: string, index: number): string => `${name}@${index}`;

export function repeat<Ops extends Operators>(graph: Graph<Ops>, times: number, state: readonly string[]): Graph<Ops> {
  const builder = new GraphBuilder<Ops>();
  const constants = new Map<Value, Value>();
  const carried = new Map<string, Value>();
  for (const [name, value] of graph.inputs) if (state.includes(name)) carried.set(name, builder.input(name, value));
  for (const [value, numbers] of graph.constants) constants.set(value, builder.constant(value, numbers));
  let outputs: [string, Value][] = [];
  for (let index = 0; index < times; index++) {
    const copies = new ValueMap(constants);
    const use = (value: Value) => copies.get(value);
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
