/** Who uses the tensors of a program. */
import { sourcesOf, type Tensor } from './tensors.ts';

export type Uses = ReadonlyMap<Tensor, readonly Tensor[]>;

/** The tensors that outputs depend on, in their order. */
export function liveTensors(all: readonly Tensor[], outputs: Iterable<Tensor>): readonly Tensor[] {
  const live = new Set<Tensor>();
  const waiting = [...outputs];
  for (let tensor = waiting.pop(); tensor; tensor = waiting.pop()) {
    if (live.has(tensor)) continue;
    live.add(tensor);
    waiting.push(...sourcesOf(tensor));
  }
  return all.filter((tensor) => live.has(tensor));
}

/** Once for every use: a square uses its operand twice. */
export function usesOf(tensors: readonly Tensor[]): Uses {
  const uses = new Map<Tensor, Tensor[]>();
  for (const user of tensors) {
    for (const source of sourcesOf(user)) {
      const users = uses.get(source);
      if (users) users.push(user);
      else uses.set(source, [user]);
    }
  }
  return uses;
}
