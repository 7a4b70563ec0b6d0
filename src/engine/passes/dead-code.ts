/** Drops nodes and constants that no output depends on. Inputs stay: they are the program's signature. */
import type { Graph, Operators, Value } from '../graph/graph.ts';

export function dropDeadCode<Ops extends Operators>(graph: Graph<Ops>): Graph<Ops> {
  const live = new Set<Value>(graph.outputs.values());
  const nodes = graph.nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((output) => live.has(output))) return false;
    for (const input of inputs) live.add(input);
    return true;
  });
  const constants = new Map([...graph.constants].filter(([value]) => live.has(value)));
  return { ...graph, constants, nodes: nodes.reverse() };
}
