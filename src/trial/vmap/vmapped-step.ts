/**
 * Gives each trial of a vmapped program an ordinary step of its own: its `run` waits at a barrier, and one run of the shared
 * step serves all members. The slice of a member that has left is computed and not read.
 */
import { copyArrays } from '../../engine/arrays.ts';
import type { Arrays, Signature, Step } from '../../engine/engine.ts';
import { sizeOf } from '../../engine/graph/graph.ts';
import type { Barrier, VmapGroup } from './barrier.ts';

export interface SharedStep {
  /** State, inputs and outputs have a leading axis, one slice a member, in the order of `members`. */
  readonly step: Step;
  readonly members: readonly number[];
  /** Of one member's step. */
  readonly signature: Signature;
  readonly repeat: number;
  /** Of one member's step by itself: stacking adds products that sum. */
  readonly flops: number;
  /** Counted for the first member; the others share what was made for it. */
  readonly timings: Step['timings'];
}

/** A step for each member, by its index in the group. */
export function memberSteps(shared: SharedStep, group: VmapGroup): Map<number, Step> {
  const vmapped = new VmappedStep(shared);
  const barrier = group.barrier(shared.members, (inputs: ReadonlyMap<number, Arrays>) => vmapped.run(inputs));
  return new Map(
    shared.members.map((member, at) => [
      member,
      vmapped.stepOf(member, barrier, at === 0 ? shared.timings : { capture: 0, compile: 0 }),
    ]),
  );
}

class VmappedStep {
  readonly #shared: SharedStep;
  /** The inputs of all members: for every step of a run, the slices of the members in order. */
  readonly #inputs: Readonly<Record<string, Float32Array>>;
  /** States that replace their members' slices before the next run. */
  readonly #loaded = new Map<number, Arrays>();
  /** The shared state, read since the last run. */
  #state: Arrays | undefined;

  constructor(shared: SharedStep) {
    this.#shared = shared;
    const { signature, members, repeat } = shared;
    this.#inputs = Object.fromEntries(
      Object.entries(signature.inputs).map(([name, shape]) => [
        name,
        new Float32Array(members.length * repeat * sizeOf(shape)),
      ]),
    );
  }

  stepOf(member: number, barrier: Barrier<Arrays, Arrays>, timings: Step['timings']): Step {
    return {
      timings,
      flops: this.#shared.flops,
      load: (state) => void this.#loaded.set(member, this.#checked(state)),
      state: () => this.#stateOf(member),
      run: (inputs) => barrier.wait(member, inputs),
      dispose: async () => {}, // the shared step is cached for later trials
    };
  }

  async run(inputs: ReadonlyMap<number, Arrays>): Promise<Map<number, Arrays>> {
    const { step, members, repeat, signature } = this.#shared;
    if (this.#loaded.size > 0) step.load(this.#withLoaded());
    for (const [member, own] of inputs) {
      for (const [name, shape] of Object.entries(signature.inputs)) {
        const [size, numbers, whole] = [sizeOf(shape), own[name], this.#inputs[name]];
        if (numbers?.length !== size * repeat) {
          throw new Error(`internal: input ${name} has ${numbers?.length} numbers, expected ${size * repeat}`);
        }
        for (let time = 0; time < repeat; time++) {
          const to = (time * members.length + members.indexOf(member)) * size;
          whole?.set(numbers.subarray(time * size, (time + 1) * size), to);
        }
      }
    }
    this.#state = undefined;
    const outputs = await step.run(this.#inputs);
    return new Map([...inputs.keys()].map((member) => [member, this.#sliceOf(outputs, member)]));
  }

  #stateOf(member: number): Arrays {
    const loaded = this.#loaded.get(member);
    if (loaded) return copyArrays(loaded);
    this.#state ??= this.#shared.step.state();
    return this.#sliceOf(this.#state, member);
  }

  /** The shared state with the loaded states in their members' slices. */
  #withLoaded(): Arrays {
    const whole = this.#shared.step.state();
    for (const [member, state] of this.#loaded) {
      const at = this.#shared.members.indexOf(member);
      for (const [name, numbers] of Object.entries(state)) whole[name]?.set(numbers, at * numbers.length);
    }
    this.#loaded.clear();
    return whole;
  }

  #sliceOf(whole: Arrays, member: number): Arrays {
    const { members } = this.#shared;
    const at = members.indexOf(member);
    return Object.fromEntries(
      Object.entries(whole).map(([name, numbers]) => {
        const size = numbers.length / members.length;
        return [name, numbers.slice(at * size, (at + 1) * size)];
      }),
    );
  }

  /** A copy of the arrays that are state; a checkpoint holds others besides. */
  #checked(arrays: Arrays): Arrays {
    return Object.fromEntries(
      Object.entries(this.#shared.signature.state).map(([name, shape]) => {
        const numbers = arrays[name];
        if (numbers?.length !== sizeOf(shape)) {
          const got = numbers ? `${numbers.length} numbers` : 'nothing';
          throw new Error(`internal: the state that is loaded has ${got} for ${name}, expected ${sizeOf(shape)}`);
        }
        return [name, numbers.slice()];
      }),
    );
  }
}
