/** Merges equal operators on equal inputs, and equal constants, so that each is computed once. */
import { formatType, type Graph, type Numbers, type Operators, type Value } from '../graph/graph.ts';
import { rewrite } from '../graph/rewrite.ts';

export function shareCommonSubexpressions<Ops extends Operators>(graph: Graph<Ops>): Graph<Ops> {
  const seen = new Map<string, readonly Value[]>();
  const canonical = new Map<Value, Value>();
  return rewrite(graph, ({ op, inputs, attributes, outputs }, builder) => {
    const operands = inputs.map((input) => {
      const numbers = builder.numbersOf(input);
      if (numbers === undefined) return input;
      const known = canonical.get(input) ?? sharedConstant(seen, input, numbers);
      canonical.set(input, known);
      return known;
    });
    const key = `${op}(${operands.map(({ id }) => id)})${JSON.stringify(attributes)}${outputs.map(formatType)}`;
    const twin = seen.get(key);
    if (twin !== undefined) return twin;
    const values = builder.node(op, operands, attributes, outputs);
    seen.set(key, values);
    return values;
  });
}

function sharedConstant(seen: Map<string, readonly Value[]>, value: Value, numbers: Numbers): Value {
  // Large constants are rarely equal, and comparing them takes long.
  if (typeof numbers !== 'number' && numbers.length > 64) return value;
  const key = `constant ${formatType(value)} ${typeof numbers === 'number' ? numbers : Array.from(numbers)}`;
  const twin = seen.get(key)?.[0];
  if (twin === undefined) seen.set(key, [value]);
  return twin ?? value;
}
