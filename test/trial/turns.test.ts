/** A step of D alone and then one of its opponents alone, on one batch, are the step of both: that is what playing by hand is. */
import { describe, expect, it } from 'vitest';
import type { Arrays } from '../../src/engine/engine.ts';
import { prepareAnywhere } from '../../src/engine/engines.ts';
import { normalNumbers } from '../engine/harness.ts';
import { defaultsOf, makeModel, methods, trainingStep } from '../support/methods.ts';

const adam = { kind: 'adam', rate: 0.01, beta1: 0.5, beta2: 0.9, epsilon: 0.1 } as const;

describe('turns of a training step', () => {
  it.each(['gan', 'bigan-pgp'] as const)('%s: D alone, then the others alone, make a whole step', async (name) => {
    const latent = { kind: 'uniform', dim: 2, low: -1, high: 1 } as const;
    const nets = { kind: 'mlp', hidden: [8, 8], activation: 'relu', initialiser: 'xavier-uniform' };
    const model = makeModel({ nets, latent }, methods[name], [2], 1, 0);
    const training = { steps: 1, batch: 4, optimiser: adam, average: 0.9 };
    const { turn, signature, initialState } = trainingStep(methods[name], model, {
      ...defaultsOf(methods[name]),
      ...{ training, latent },
    });
    const inputs = normalNumbers(signature.inputs, 3);
    const start = initialState(0);
    const after = async (state: Arrays, who: Parameters<typeof turn>[0]): Promise<Arrays> => {
      const step = await prepareAnywhere(turn(who), signature);
      step.load(state);
      await step.run(inputs);
      const moved = step.state();
      await step.dispose();
      return moved;
    };
    const half = await after(start, 'discriminator');
    expect(half.players).toEqual(start.players);
    expect(half.average).toEqual(start.average);
    expect(half.discriminator).not.toEqual(start.discriminator);
    const whole = await after(half, 'players');
    expect(whole.discriminator).toEqual(half.discriminator);
    const both = await after(start, 'both');
    for (const [array, numbers] of Object.entries(both)) {
      expect(
        Math.max(...numbers.map((value, at) => Math.abs(value - (whole[array]?.[at] ?? Number.NaN)))),
      ).toBeLessThan(1e-6);
    }
  });
});
