/** Computes the squares of 1, 2 and 3 by emitted code, without tfjs. */
import { GraphBuilder } from '../graph/graph.ts';
import type { KernelOps } from '../kernels/registry.ts';
import { emit } from './emit/emit.ts';
import { scratchOf } from './emit/scratch.ts';
import { allocateArena } from './machine/arena-memory.ts';
import { makeExecutable } from './machine/executable.ts';
import { openSystem } from './machine/system.ts';
import { fillArena } from './plan/arena.ts';
import { makePlan } from './plan/make-plan.ts';

/** @throws UsageError of one line where this machine cannot run emitted code. */
export async function squares(): Promise<Float32Array> {
  const { koffi, wide } = await openSystem();
  const graph = new GraphBuilder<KernelOps>();
  const type = { dtype: 'float32', shape: [3] } as const;
  const x = graph.input('x', type);
  const plan = makePlan(graph.finish(graph.node('Multiply', [x, x], {}, [type]).map((y) => ['y', y] as const)), []);
  const arena = allocateArena(plan.size + scratchOf(plan), koffi);
  fillArena(plan, arena);
  const offsetOf = (slots: typeof plan.inputs) => slots[0]?.offset ?? 0; // of one each
  arena.set([1, 2, 3], offsetOf(plan.inputs));
  const executable = makeExecutable(emit(plan, { wide }), koffi);
  executable.call(arena);
  executable.dispose();
  const first = offsetOf(plan.outputs);
  return arena.slice(first, first + 3);
}
