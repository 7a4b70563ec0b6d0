/** The bytes of a short training are the same on every x86-64, whichever vectors it has; nothing of a call stays behind in the processor. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Arrays } from '../../../src/engine/engine.ts';
import { sizeOf } from '../../../src/engine/graph/graph.ts';
import { openSystem, type System } from '../../../src/engine/native/machine/system.ts';
import { nativeEngine } from '../../../src/engine/native/native-engine.ts';
import { defaultsOf, makeModel, methods, trainingStep } from '../../support/methods.ts';
import { noNative } from '../../support/native.ts';
import { uniform } from '../harness.ts';

const latent = { kind: 'uniform', dim: 2, low: -1, high: 1 } as const;
const nets = { kind: 'mlp', hidden: [33, 40], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' } as const;
const optimiser = { kind: 'adam', rate: 2e-3, beta1: 0, beta2: 0.99, epsilon: 1e-8 } as const;

/** SHA-256 of the state after eight steps. Numbers drawn here need no function whose last bit is a library's own. */
async function hashOf(name: keyof typeof methods, system: System): Promise<string> {
  const method = methods[name];
  const training = { steps: 8, batch: 37, optimiser, average: 0.9 };
  const { fn, signature, initialState } = trainingStep(method, makeModel({ nets, latent }, method, [2]), {
    ...defaultsOf(method),
    training,
    latent,
  });
  const random = uniform(5);
  const batches: Arrays = Object.fromEntries(
    Object.entries(signature.inputs).map(([input, shape]) => [
      input,
      Float32Array.from({ length: training.steps * sizeOf(shape) }, () => 2 * random() - 1),
    ]),
  );
  const step = await (await nativeEngine(system)).prepare(fn, signature, { repeat: training.steps });
  step.load(initialState(1));
  await step.run(batches);
  const hash = createHash('sha256');
  for (const [state, numbers] of Object.entries(step.state()).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(state).update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }
  await step.dispose();
  return hash.digest('hex').slice(0, 16);
}

it.skipIf(noNative).each([
  ['gan', 'da094d78552c1bf1'],
  ['wgan-gp', '445a498304d6e235'],
  ['bigan-pgp', 'd9d87f2338809859'],
] as const)('%s', async (name, hash) => {
  const system = await openSystem();
  expect(await hashOf(name, system)).toBe(hash);
  expect(await hashOf(name, { ...system, wide: false })).toBe(hash);
});

it.skipIf(noNative)('a call leaves denormal numbers to JavaScript as they were', async () => {
  await hashOf('gan', await openSystem());
  const tiny = new Float64Array([Number.MIN_VALUE, 2 ** -1070]);
  expect((tiny[0] ?? 0) * 2 + (tiny[1] ?? 0)).toBe(2 ** -1073 + 2 ** -1070);
});
