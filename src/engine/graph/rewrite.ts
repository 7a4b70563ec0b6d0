/** Copies a graph node by node through a rule: the loop that most passes are made of. */
import { type Graph, GraphBuilder, type Node, type Operators, type Value } from './graph.ts';

/** A node whose inputs are values of the graph being built. */
export type Candidate<Ops extends Operators> = Node<Ops> & {
  /** The node of the source graph. */
  readonly source: Node<Ops>;
};

/** Returns what stands for the node's outputs, or undefined to keep the node as it is. */
export type RewriteRule<Ops extends Operators> = (
  candidate: Candidate<Ops>,
  builder: GraphBuilder<Ops>,
) => readonly Value[] | undefined;

export function rewrite<Ops extends Operators>(graph: Graph<Ops>, rule: RewriteRule<Ops>): Graph<Ops> {
  const builder = new GraphBuilder<Ops>();
  const moved = new ValueMap();
  for (const [name, value] of graph.inputs) moved.set(value, builder.input(name, value));
  for (const [value, numbers] of graph.constants) moved.set(value, builder.constant(value, numbers));
  for (const source of graph.nodes) {
    const inputs = source.inputs.map((input) => moved.get(input));
    const candidate: Candidate<Ops> = { ...source, inputs, source };
    const replacement = rule(candidate, builder) ?? builder.node(source.op, inputs, source.attributes, source.outputs);
    source.outputs.forEach((output, index) => {
      const target = replacement[index];
      if (target !== undefined) moved.set(output, target);
    });
  }
  return builder.finish([...graph.outputs].map(([name, value]) => [name, moved.get(value)] as const));
}

/** What stands in the graph being built for each value of the source graph. */
export class ValueMap {
  readonly #targets: Map<Value, Value>;

  constructor(targets: Iterable<readonly [Value, Value]> = []) {
    this.#targets = new Map(targets);
  }

  set(value: Value, target: Value): void {
    this.#targets.set(value, target);
  }

  get(value: Value): Value {
    const target = this.#targets.get(value);
    if (target === undefined) throw new Error(`internal: %${value.id} is used before it is defined`);
    return target;
  }
}
