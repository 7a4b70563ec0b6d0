/**
 * Carries the state of a training step over to a step of other settings: parameters, averages and what an optimiser remembers
 * of them, tensor by tensor. A tensor that has more rows than before (an encoder that is given noise) keeps those it had.
 */
import type { Arrays } from '../engine/engine.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import type { ParameterLayout } from '../nets/layout.ts';
import type { Model } from './model.ts';

/** @param fresh the state in which the new step would begin: what has no counterpart is taken from it. */
export function carryOver(state: Arrays, from: Model, to: Model, fresh: Arrays): Arrays {
  return Object.fromEntries(
    Object.entries(fresh).map(([name, first]) => {
      const old = state[name];
      if (old === undefined) return [name, first];
      const [before, after] = [layoutIn(from, name), layoutIn(to, name)];
      // A scalar of the optimiser, which has no layout.
      if (old.length !== before.size || first.length !== after.size)
        return [name, old.length === first.length ? old : first];
      return [name, carried(old, before, first, after)];
    }),
  );
}

/** What an array of the state is laid out by. */
function layoutIn({ nets, layout, statisticsLayout }: Model, name: string): ParameterLayout {
  if (name.startsWith('discriminator')) return nets.discriminator.layout;
  return /statistics$/i.test(name) ? statisticsLayout : layout;
}

function carried(
  old: Float32Array,
  before: ParameterLayout,
  first: Float32Array,
  after: ParameterLayout,
): Float32Array {
  const next = first.slice();
  let [from, to] = [0, 0];
  after.shapes.forEach((shape, at) => {
    const was = before.shapes[at] ?? [];
    const isAlike = was.length === shape.length && was.slice(1).join() === shape.slice(1).join();
    if (isAlike) next.set(old.subarray(from, from + Math.min(sizeOf(was), sizeOf(shape))), to);
    from += sizeOf(was);
    to += sizeOf(shape);
  });
  return next;
}
