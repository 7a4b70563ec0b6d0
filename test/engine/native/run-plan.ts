/** Runs a plan once, by emitted code or by the interpreter; returns the arena. */
import type { Arrays } from '../../../src/engine/engine.ts';
import { sizeOf } from '../../../src/engine/graph/graph.ts';
import { emit } from '../../../src/engine/native/emit/emit.ts';
import type { Target } from '../../../src/engine/native/emit/product.ts';
import { scratchOf } from '../../../src/engine/native/emit/scratch.ts';
import { allocateArena } from '../../../src/engine/native/machine/arena-memory.ts';
import { makeExecutable } from '../../../src/engine/native/machine/executable.ts';
import { fillArena } from '../../../src/engine/native/plan/arena.ts';
import type { Plan, Slot } from '../../../src/engine/native/plan/program.ts';
import { koffi } from '../../support/native.ts';
import type { Results } from '../harness.ts';
import { interpret } from './interpret/interpret.ts';

export function runMachine(plan: Plan, start: Float32Array, target: Target = { wide: false }): Float32Array {
  const arena = allocateArena(plan.size + scratchOf(plan), koffi);
  arena.set(start);
  fillArena(plan, arena);
  const executable = makeExecutable(emit(plan, target), koffi);
  try {
    executable.call(arena);
  } finally {
    executable.dispose();
  }
  return arena.subarray(0, plan.size);
}

export function runInterpreter(plan: Plan, start: Float32Array): Float32Array {
  const arena = new Float32Array(plan.size);
  arena.set(start);
  fillArena(plan, arena);
  interpret(plan, arena);
  return arena;
}

/** An arena whose inputs are set. */
export function startOf({ size, inputs }: Plan, arrays: Arrays): Float32Array {
  const start = new Float32Array(size);
  for (const { name, offset } of inputs) start.set(arrays[name] ?? [], offset);
  return start;
}

export const resultsOf = (outputs: readonly Slot[], arena: Float32Array): Results =>
  Object.fromEntries(
    outputs.map(({ name, shape, offset }) => [name, { shape, numbers: arena.slice(offset, offset + sizeOf(shape)) }]),
  );
