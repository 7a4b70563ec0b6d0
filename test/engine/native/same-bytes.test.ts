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
const points = {
  nets: { kind: 'mlp', hidden: [33, 40], activation: 'relu', slope: 0.2, initialiser: 'xavier-uniform' },
  shape: [2],
  batch: 37,
  steps: 8,
} as const;
/** Sizes whose convolutions have whole and broken tiles, and sums in several passes. */
const pictures = { nets: { kind: 'dcgan', width: 20 }, shape: [20, 20, 3], batch: 24, steps: 2 } as const;
const optimiser = { kind: 'adam', rate: 2e-3, beta1: 0, beta2: 0.99, epsilon: 1e-8 } as const;

/** SHA-256 of the state after a few steps. Numbers drawn here need no function whose last bit is a library's own. */
async function hashOf(
  name: keyof typeof methods,
  { nets, shape, batch, steps }: typeof points | typeof pictures,
  system: System,
): Promise<string> {
  const method = methods[name];
  const training = { steps, batch, optimiser, average: 0.9 };
  const { fn, signature, initialState } = trainingStep(method, makeModel({ nets, latent }, method, shape), {
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
  ['gan', 'points', points, 'da094d78552c1bf1'],
  ['wgan-gp', 'points', points, '445a498304d6e235'],
  ['bigan-pgp', 'points', points, 'd9d87f2338809859'],
  ['gan', 'pictures', pictures, '5bfb3c470cc29d64'],
  ['bigan-pgp', 'pictures', pictures, '01291f57ef1c13dc'],
] as const)('%s on %s', async (name, _, setting, hash) => {
  const system = await openSystem();
  expect(await hashOf(name, setting, system)).toBe(hash);
  expect(await hashOf(name, setting, { ...system, wide: false })).toBe(hash);
});

it.skipIf(noNative)('a call leaves denormal numbers to JavaScript as they were', async () => {
  await hashOf('gan', points, await openSystem());
  const tiny = new Float64Array([Number.MIN_VALUE, 2 ** -1070]);
  expect((tiny[0] ?? 0) * 2 + (tiny[1] ?? 0)).toBe(2 ** -1073 + 2 ** -1070);
});
