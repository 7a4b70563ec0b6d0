/** Copies a graph node by node through a rule: the one loop that every pass is made of. */
import { type Graph, GraphBuilder, type Node, type Value } from './graph.ts';

/** A node whose inputs are values of the graph being built. */
export interface Candidate extends Node {
  /** The node of the source graph. */
  readonly source: Node;
}

/** Returns what stands for the node's outputs, or undefined to keep the node as it is. */
export type RewriteRule = (candidate: Candidate, builder: GraphBuilder) => readonly Value[] | undefined;

export function rewrite(graph: Graph, rule: RewriteRule): Graph {
  const builder = new GraphBuilder();
  const moved = new Map<Value, Value>();
  const move = (value: Value): Value => {
    const target = moved.get(value);
    if (target === undefined) throw new Error(`internal: %${value.id} is used before it is defined`);
    return target;
  };
  for (const [name, value] of graph.inputs) moved.set(value, builder.input(name, value));
  for (const [value, numbers] of graph.constants) moved.set(value, builder.constant(value, numbers));
  for (const source of graph.nodes) {
    const candidate: Candidate = { ...source, inputs: source.inputs.map(move), source };
    const replacement =
      rule(candidate, builder) ?? builder.node(source.op, candidate.inputs, source.attributes, source.outputs);
    source.outputs.forEach((output, index) => {
      const target = replacement[index];
      if (target !== undefined) moved.set(output, target);
    });
  }
  return builder.finish([...graph.outputs].map(([name, value]) => [name, move(value)] as const));
}
