/** Training steps on the compiled engine are those of tfjs itself, for every method. */
import { describe, expect, it } from 'vitest';
import { compiledEngine } from '../../src/engine/compiled.ts';
import { eagerEngine } from '../../src/engine/eager.ts';
import type { Arrays, Engine } from '../../src/engine/engine.ts';
import { methodCatalogue } from '../../src/methods/catalogue.ts';
import { methods } from '../../src/methods/methods.ts';
import { methodNames, type NetsSpec, type OptimiserSpec } from '../../src/spec/spec.ts';
import { makeModel } from '../../src/trial/model.ts';
import { trainingStep } from '../../src/trial/training-step.ts';
import { normalNumbers, uniform } from '../engine/harness.ts';

const steps = 4;
const dim = 2;
const latent = { kind: 'uniform', dim: 3, low: -1, high: 1 } as const;

/**
 * With the ε of 1e-8 that training uses, an optimiser divides every gradient by its own size: one that is 1e-9 in one
 * engine and 2e-9 in the other moves a parameter differently, and the comparison says nothing. With these ε a step is
 * smooth in the gradient, and parameters may differ by no more than float32's rounding of a few hundred operations.
 */
const optimisers: Readonly<Record<string, OptimiserSpec>> = {
  rmsprop: { kind: 'rmsprop', rate: 0.05, decay: 0.9, epsilon: 0.1 },
  adam: { kind: 'adam', rate: 0.05, beta1: 0.5, beta2: 0.9, epsilon: 0.1 },
};
const tolerance = 2e-6;

function stepOf(name: (typeof methodNames)[number], optimiser: OptimiserSpec, activation: NetsSpec['activation']) {
  const { defaults } = methodCatalogue[name];
  const nets: NetsSpec = { kind: 'mlp', hidden: [7, 6], activation, slope: 0.2, initialiser: 'xavier-uniform' };
  const training = { steps, batch: 5, optimiser, average: 0.9 };
  const method = methods[name];
  return trainingStep(method, makeModel({ nets, latent }, method, dim), dim, { ...defaults, training, latent });
}

/** `count` batches one after another, for `count` single runs or one of `count` steps. */
function batches(inputs: Readonly<Record<string, readonly number[]>>, count: number): Arrays {
  const whole = normalNumbers(
    Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, [count, ...shape]])),
    11,
  );
  const random = uniform(12);
  return Object.fromEntries(
    Object.entries(whole).map(([name, numbers]) => [name, name.startsWith('epsilon') ? numbers.map(random) : numbers]),
  );
}

async function train(engine: Engine, step: ReturnType<typeof stepOf>, repeat: number) {
  const prepared = await engine.prepare(step.fn, step.signature, { repeat });
  prepared.load(step.initialState(3));
  const all = batches(step.signature.inputs, steps);
  let logs: Arrays = {};
  for (let first = 0; first < steps; first += repeat) {
    const part = Object.entries(all).map(([name, numbers]) => {
      const size = numbers.length / steps;
      return [name, numbers.subarray(first * size, (first + repeat) * size)] as const;
    });
    logs = await prepared.run(Object.fromEntries(part));
  }
  const result = {
    ...prepared.state(),
    ...Object.fromEntries(Object.entries(logs).map(([name, log]) => [name, log.slice()])),
  };
  await prepared.dispose();
  return result;
}

function worst(actual: Arrays, expected: Arrays): number {
  expect(Object.keys(actual).toSorted()).toEqual(Object.keys(expected).toSorted());
  return Math.max(
    ...Object.entries(expected).flatMap(([name, numbers]) =>
      Array.from(
        numbers,
        (number, index) => Math.abs(number - (actual[name]?.[index] ?? Number.NaN)) / Math.max(1, Math.abs(number)),
      ),
    ),
  );
}

const [compiled, eager] = [compiledEngine('cpu'), await eagerEngine('cpu')];

describe.each(methodNames)('%s', (name) => {
  it.each(Object.keys(optimisers))('with %s', async (kind) => {
    const step = stepOf(name, optimisers[kind] as OptimiserSpec, kind === 'adam' ? 'leaky-relu' : 'relu');
    const expected = await train(eager, step, 1);
    // Four steps move what is trained: the comparison is not of initial values.
    const start = step.initialState(3);
    for (const owner of ['discriminator', 'players']) expect(expected[owner]).not.toEqual(start[owner]);
    expect(worst(await train(compiled, step, 1), expected)).toBeLessThan(tolerance);
    expect(worst(await train(compiled, step, steps), expected)).toBeLessThan(tolerance);
  });
});
