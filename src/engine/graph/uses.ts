/** Counts how often each value of a graph is used, outputs of the program included. */
import type { AnyGraph, Value } from './graph.ts';

export function countUses(graph: AnyGraph): ReadonlyMap<Value, number> {
  const uses = new Map<Value, number>();
  const used = [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs.values()];
  for (const value of used) uses.set(value, (uses.get(value) ?? 0) + 1);
  return uses;
}
