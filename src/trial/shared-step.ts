/** Lets trials that do not wait for each other share a step. */
import { Mutex } from '../base/mutex.ts';
import type { Step } from '../engine/engine.ts';

/** A step without state whose runs wait for each other, and whose outputs are the caller's to keep. */
export function sharedStep(step: Step): Step {
  const mutex = new Mutex();
  return {
    timings: step.timings,
    load: (state) => step.load(state),
    state: () => step.state(),
    run: (inputs) =>
      mutex.run(async () => {
        const outputs = await step.run(inputs);
        return Object.fromEntries(Object.entries(outputs).map(([name, numbers]) => [name, numbers.slice()]));
      }),
    dispose: () => step.dispose(),
  };
}
