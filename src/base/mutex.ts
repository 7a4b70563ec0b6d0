/** Lets trials that do not wait for each other share a step. */
import type { Arrays, Step } from '../engine/engine.ts';

/** A step without state whose runs wait for each other, and whose outputs are the caller's to keep. */
export function inTurns(step: Step): Step {
  let last: Promise<unknown> = Promise.resolve();
  const run = async (inputs: Arrays): Promise<Arrays> => {
    const outputs = await step.run(inputs);
    return Object.fromEntries(Object.entries(outputs).map(([name, numbers]) => [name, numbers.slice()]));
  };
  return {
    timings: step.timings,
    load: (state) => step.load(state),
    state: () => step.state(),
    run: (inputs) => {
      const mine = last.then(() => run(inputs));
      last = mine.catch(() => {}); // its caller's fault, not that of who comes after
      return mine;
    },
    dispose: () => step.dispose(),
  };
}
