/**
 * Holds the trials of one process that train as one vmapped program, and the barriers at which they wait for each other. It is
 * told what to do there and imports nothing: a worker process makes a group before it loads a trial's code.
 */

/** A trial's place in its group. */
export interface GroupMember {
  readonly group: VmapGroup;
  /** From 0 on. */
  readonly index: number;
}

export interface Barrier<Input, Output> {
  /** Waits until every member that has not left is here; then the inputs of all of them are worked on at once. */
  wait(index: number, input: Input): Promise<Output>;
}

/** Maps the inputs of all who wait to their outputs, both by member. If it throws, every `wait` rejects with that error. */
export type BarrierWork<Input, Output> = (inputs: ReadonlyMap<number, Input>) => Promise<ReadonlyMap<number, Output>>;

interface Waiter<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

export class VmapGroup {
  readonly members: readonly number[];
  readonly #present: Set<number>;
  readonly #barriers: (() => void)[] = [];

  constructor(size: number) {
    this.members = Array.from({ length: size }, (_, index) => index);
    this.#present = new Set(this.members);
  }

  /** For good, whether the trial is done, diverged, stopped or failed: no barrier waits for it any more. */
  leave(index: number): void {
    this.#present.delete(index);
    for (const openIfComplete of this.#barriers) openIfComplete();
  }

  barrier<Input, Output>(members: readonly number[], work: BarrierWork<Input, Output>): Barrier<Input, Output> {
    const waiters = new Map<number, Waiter<Input, Output>>();
    const openIfComplete = () => {
      if (waiters.size === 0 || members.some((index) => this.#present.has(index) && !waiters.has(index))) return;
      const all = new Map(waiters);
      waiters.clear();
      void release(all, work);
    };
    this.#barriers.push(openIfComplete);
    return {
      wait: (index, input) =>
        new Promise((resolve, reject) => {
          waiters.set(index, { input, resolve, reject });
          openIfComplete();
        }),
    };
  }
}

async function release<Input, Output>(
  waiters: ReadonlyMap<number, Waiter<Input, Output>>,
  work: BarrierWork<Input, Output>,
): Promise<void> {
  try {
    const outputs = await work(new Map([...waiters].map(([index, { input }]) => [index, input])));
    for (const [index, { resolve, reject }] of waiters) {
      if (outputs.has(index))
        resolve(outputs.get(index) as Output); // present, although it may be undefined
      else reject(new Error(`internal: the barrier's work has no output for member ${index}`));
    }
  } catch (error) {
    for (const { reject } of waiters.values()) reject(error);
  }
}
