/**
 * The steps of trials that train as one program. To each of them its own is an ordinary step; behind it all that are still
 * there are waited for, and one run of the stack serves all. The place of one that has left computes what nobody reads.
 */
import type { Arrays, Signature, Step } from '../../engine/engine.ts';
import { sizeOf } from '../../engine/graph/graph.ts';
import type { Company, Gate } from './barrier.ts';

export interface StackPlan {
  /** State, inputs and outputs have a leading axis: a place for each member, in this order. */
  readonly step: Step;
  readonly members: readonly number[];
  /** Of one member's step. */
  readonly signature: Signature;
  readonly repeat: number;
  /** Goes to the first member; nothing was made for the others. */
  readonly timings: Step['timings'];
}

/** A step for each member, by its place in the company. */
export function stackedSteps(plan: StackPlan, company: Company): Map<number, Step> {
  const stack = new Stack(plan);
  const gate = company.gate(plan.members, (brought: ReadonlyMap<number, Arrays>) => stack.run(brought));
  return new Map(
    plan.members.map((place, at) => [
      place,
      stack.stepOf(place, gate, at === 0 ? plan.timings : { capture: 0, compile: 0 }),
    ]),
  );
}

class Stack {
  readonly #plan: StackPlan;
  /** What each member brings, one step after another, and in each step one member after another. */
  readonly #inputs: Readonly<Record<string, Float32Array>>;
  /** States that take their place in the stack's at its next run. */
  readonly #loaded = new Map<number, Arrays>();
  /** The stack's state, since its last run. */
  #state: Arrays | undefined;

  constructor(plan: StackPlan) {
    this.#plan = plan;
    const { signature, members, repeat } = plan;
    this.#inputs = Object.fromEntries(
      Object.entries(signature.inputs).map(([name, shape]) => [
        name,
        new Float32Array(members.length * repeat * sizeOf(shape)),
      ]),
    );
  }

  stepOf(place: number, gate: Gate<Arrays, Arrays>, timings: Step['timings']): Step {
    return {
      timings,
      load: (state) => void this.#loaded.set(place, this.#checked(state)),
      state: () => this.#stateOf(place),
      run: (inputs) => gate.pass(place, inputs),
      dispose: async () => {}, // the stack's is kept for other trials
    };
  }

  async run(brought: ReadonlyMap<number, Arrays>): Promise<Map<number, Arrays>> {
    const { step, members, repeat, signature } = this.#plan;
    if (this.#loaded.size > 0) step.load(this.#withLoaded());
    for (const [place, inputs] of brought) {
      for (const [name, shape] of Object.entries(signature.inputs)) {
        const [size, own, whole] = [sizeOf(shape), inputs[name], this.#inputs[name]];
        if (own?.length !== size * repeat) {
          throw new Error(`internal: input ${name} has ${own?.length} numbers, expected ${size * repeat}`);
        }
        for (let time = 0; time < repeat; time++) {
          const to = (time * members.length + members.indexOf(place)) * size;
          whole?.set(own.subarray(time * size, (time + 1) * size), to);
        }
      }
    }
    this.#state = undefined;
    const outputs = await step.run(this.#inputs);
    return new Map([...brought.keys()].map((place) => [place, this.#partOf(outputs, place)]));
  }

  #stateOf(place: number): Arrays {
    const loaded = this.#loaded.get(place);
    if (loaded) return copied(loaded);
    this.#state ??= this.#plan.step.state();
    return this.#partOf(this.#state, place);
  }

  /** The stack's state with the loaded ones in their places. */
  #withLoaded(): Arrays {
    const whole = this.#plan.step.state();
    for (const [place, state] of this.#loaded) {
      const at = this.#plan.members.indexOf(place);
      for (const [name, numbers] of Object.entries(state)) whole[name]?.set(numbers, at * numbers.length);
    }
    this.#loaded.clear();
    return whole;
  }

  #partOf(whole: Arrays, place: number): Arrays {
    const { members } = this.#plan;
    const at = members.indexOf(place);
    return Object.fromEntries(
      Object.entries(whole).map(([name, numbers]) => {
        const size = numbers.length / members.length;
        return [name, numbers.slice(at * size, (at + 1) * size)];
      }),
    );
  }

  /** A copy of what of these arrays is the state. */
  #checked(arrays: Arrays): Arrays {
    return Object.fromEntries(
      Object.entries(this.#plan.signature.state).map(([name, shape]) => {
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

const copied = (arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, numbers]) => [name, numbers.slice()]));
