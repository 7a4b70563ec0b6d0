/** Trials that train as one program take the steps that they would take by themselves, for every method on points. */

import { expect, it } from 'vitest';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import type { Section as OptimiserSpec } from '../../../src/schema/kind.ts';
import { Clock } from '../../../src/trial/clock.ts';
import { setUpTrial, type TrialSetup } from '../../../src/trial/setup.ts';
import { VmapGroup } from '../../../src/trial/vmap/barrier.ts';
import { methodNames } from '../../support/methods.ts';
import { smallSpec } from '../specs.ts';

const setting = { engine: 'onnx', device: 'cpu', catalogue: builtIn, data: 'nowhere' } as const;
const steps = 8;

/** Smooth in the gradient, unlike an optimiser with an ε of 1e-8: else rounding would be compared, not steps. */
const optimisers = [
  { kind: 'adam', rate: 0.02, beta1: 0.5, beta2: 0.9, epsilon: 0.1 },
  { kind: 'adam', rate: 0.05, beta1: 0.3, beta2: 0.99, epsilon: 0.2 },
  { kind: 'adam', rate: 0.01, beta1: 0.9, beta2: 0.9, epsilon: 0.1 },
] as const satisfies readonly OptimiserSpec[];

/** Three trials that differ in their seed and in every scalar setting that the method has. */
function specsOf(method: (typeof methodNames)[number]): ResolvedSpec[] {
  return optimisers.map((optimiser, index) => {
    const spec = smallSpec(method, index);
    const factor = [0.5, 2, 7][index] ?? 1;
    return {
      ...spec,
      critic: { steps: Math.min(2, spec.critic.steps), clip: spec.critic.clip * factor },
      ...('penalty' in spec && { penalty: { ...Object(spec.penalty), weight: 0.3 * factor } }),
      ...('reconstruction' in spec && { reconstruction: { weight: 0.1 * factor } }),
      ...('guidance' in spec && { guidance: { classification: 0.2 * factor, variety: 0.1 * factor } }),
      training: { ...spec.training, steps, optimiser, average: 0.8 + 0.05 * index },
      evaluation: { ...spec.evaluation, every: 2 }, // two steps a run
    };
  });
}

/** The state and the last outputs after `steps` steps. */
async function train({ step, batches, initialState, stepsPerRun }: TrialSetup): Promise<Arrays> {
  step.load(initialState);
  expect(step.state()).toEqual(initialState);
  let outputs: Arrays = {};
  for (let first = 0; first < steps; first += stepsPerRun) outputs = await step.run(batches.draw(first));
  return { ...step.state(), ...outputs };
}

/** The largest difference, relative to numbers beyond 1. */
function worst(actual: Arrays, expected: Arrays): number {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const differences = Object.entries(expected).flatMap(([name, numbers]) =>
    Array.from(numbers, (number, index) => {
      const difference = Math.abs(number - (actual[name]?.[index] ?? Number.NaN)) / Math.max(1, Math.abs(number));
      return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    }),
  );
  return differences.reduce((most, difference) => Math.max(most, difference), 0);
}

it.each(methodNames)('%s', async (method) => {
  const specs = specsOf(method);
  const group = new VmapGroup(specs.length);
  const vmapped = await Promise.all(
    specs.map(async (spec, index) =>
      train(await setUpTrial(spec, { ...setting, member: { group, index } }, new Clock())),
    ),
  );
  for (const [index, spec] of specs.entries()) {
    const alone = await train(await setUpTrial(spec, setting, new Clock()));
    expect(worst(vmapped[index] ?? {}, alone)).toBeLessThan(5e-6);
  }
});
