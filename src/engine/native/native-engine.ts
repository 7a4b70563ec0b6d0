/** The engine that writes machine code: a step is traced once, planned, emitted, and called on one arena. */
import { messageOf } from '../../base/one-line.ts';
import type { TensorFunction } from '../capture/tracer.ts';
import { type Arrays, type Engine, NotCovered, type Signature, type Step, type StepOptions } from '../engine.ts';
import { type Shape, sizeOf } from '../graph/graph.ts';
import { flopsOf } from '../kernels/flops.ts';
import type { KernelGraph } from '../kernels/registry.ts';
import { traceStep } from '../lower/trace-step.ts';
import { emit } from './emit/emit.ts';
import { scratchOf } from './emit/scratch.ts';
import { allocateArena } from './machine/arena-memory.ts';
import { type Executable, makeExecutable } from './machine/executable.ts';
import { openSystem, type System } from './machine/system.ts';
import { fillArena } from './plan/arena.ts';
import { checkPlan } from './plan/check.ts';
import { makePlan } from './plan/make-plan.ts';
import type { Plan } from './plan/program.ts';

/**
 * @param known what the code runs on, where that is known.
 * @throws UsageError of one line where this machine cannot run emitted code.
 */
export async function nativeEngine(known?: System): Promise<Engine> {
  const system = known ?? (await openSystem());
  return {
    name: 'native',
    device: 'cpu',
    prepare: async (fn, signature, options) => prepare(fn, signature, system, options),
  };
}

function prepare(
  fn: TensorFunction,
  signature: Signature,
  { koffi, wide }: System,
  { repeat = 1 }: StepOptions = {},
): Step {
  const started = performance.now();
  const graph = traceStep(fn, signature);
  const captured = performance.now();
  const { plan, code } = programOf(graph, Object.keys(signature.state), wide);
  const executable = makeExecutable(code, koffi);
  const arena = allocateArena(plan.size + scratchOf(plan), koffi);
  fillArena(plan, arena);
  const compiled = performance.now();
  const part = (offset: number, shape: Shape) => arena.subarray(offset, offset + sizeOf(shape));
  const inputs = new Map(plan.inputs.map(({ name, offset, shape }) => [name, part(offset, shape)]));
  return new NativeStep(executable, arena, {
    repeat,
    flops: flopsOf(graph),
    timings: { capture: (captured - started) / 1e3, compile: (compiled - captured) / 1e3 },
    state: [...inputs].filter(([name]) => name in signature.state),
    inputs: [...inputs].filter(([name]) => !(name in signature.state)),
    outputs: plan.outputs
      .filter(({ name }) => !(name in signature.state))
      .map(({ name, offset, shape }) => ({ name, from: part(offset, shape), copy: new Float32Array(sizeOf(shape)) })),
  });
}

/** Where planning or emitting comes to an end that it should not, another engine may still have the program. */
function programOf(graph: KernelGraph, state: readonly string[], wide: boolean): { plan: Plan; code: Uint8Array } {
  try {
    const plan = makePlan(graph, state);
    checkPlan(plan);
    return { plan, code: emit(plan, { wide }) };
  } catch (error) {
    const [, fault] = /^internal: (.*)/s.exec(messageOf(error)) ?? [];
    throw fault === undefined ? error : new NotCovered('native', `this program (${fault})`);
  }
}

type Named = readonly (readonly [name: string, numbers: Float32Array])[];

interface Parts {
  readonly repeat: number;
  readonly flops: number;
  readonly timings: Step['timings'];
  /** All in the arena. */
  readonly state: Named;
  readonly inputs: Named;
  /** With an array of ours each: the arena's parts change when state is loaded. */
  readonly outputs: readonly { readonly name: string; readonly from: Float32Array; readonly copy: Float32Array }[];
}

class NativeStep implements Step {
  readonly timings: Step['timings'];
  readonly flops: number;
  readonly #executable: Executable;
  readonly #arena: Float32Array;
  readonly #parts: Parts;

  constructor(executable: Executable, arena: Float32Array, parts: Parts) {
    this.#executable = executable;
    this.#arena = arena;
    this.#parts = parts;
    this.timings = parts.timings;
    this.flops = parts.flops;
  }

  load(state: Arrays): void {
    for (const [name, target] of this.#parts.state) {
      const numbers = state[name];
      if (numbers === undefined) throw new Error(`internal: the state that is loaded lacks ${name}`);
      target.set(numbers);
    }
  }

  state(): Arrays {
    return Object.fromEntries(this.#parts.state.map(([name, numbers]) => [name, numbers.slice()]));
  }

  async run(inputs: Arrays): Promise<Arrays> {
    const { repeat } = this.#parts;
    const batches = this.#parts.inputs.map(([name, target]) => {
      const numbers = inputs[name];
      if (numbers?.length !== target.length * repeat) {
        throw new Error(`internal: input ${name} has ${numbers?.length} numbers, expected ${target.length * repeat}`);
      }
      return { numbers, target };
    });
    for (let index = 0; index < repeat; index++) {
      for (const { numbers, target } of batches) {
        target.set(repeat === 1 ? numbers : numbers.subarray(index * target.length, (index + 1) * target.length));
      }
      this.#executable.call(this.#arena);
    }
    for (const { from, copy } of this.#parts.outputs) copy.set(from);
    return Object.fromEntries(this.#parts.outputs.map(({ name, copy }) => [name, copy]));
  }

  async dispose(): Promise<void> {
    this.#executable.dispose();
  }
}
