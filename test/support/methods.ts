/** The project's methods with their equations loaded, and models and training steps made of them, for tests of all methods. */
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { drawsOf, type Losses, type MethodCard } from '../../src/methods/method.ts';
import type { Section } from '../../src/schema/kind.ts';
import { type Model, makeModel as makeModelOf } from '../../src/trial/model.ts';
import { type StepSettings, type TrainingStep, trainingStep as trainingStepOf } from '../../src/trial/training-step.ts';

export const methodNames = builtIn.cards.methods.map(({ name }) => name as MethodName);

export type LoadedMethod = MethodCard & { readonly losses: Losses };

const loaded = await Promise.all(
  builtIn.cards.methods.map(async (card) => [card.name, { ...card, losses: await card.load() }] as const),
);
export const methods = Object.fromEntries(loaded) as Readonly<Record<MethodName, LoadedMethod>>;

const families = new Map(
  await Promise.all(builtIn.cards.nets.map(async (card) => [card.kind, await card.load()] as const)),
);
const updates = new Map(
  await Promise.all(builtIn.cards.optimisers.map(async (card) => [card.kind, await card.load()] as const)),
);

/** The settings that a method starts from. */
export const defaultsOf = ({ loss, critic, settings }: MethodCard) => ({
  loss,
  critic,
  ...Object.fromEntries(Object.entries(settings).map(([name, { defaults }]) => [name, defaults])),
});

export function makeModel(
  { nets, latent }: { readonly nets: Section; readonly latent: { readonly dim: number } },
  method: MethodCard,
  shape: readonly number[],
  packing = 1,
  noise = 0,
  settings: object = defaultsOf(method),
): Model {
  const weights = methods[method.name as MethodName].losses.discriminatorWeights;
  return makeModelOf({
    method,
    makeNets: (sizes) => family(nets)(nets, sizes),
    shape,
    latent: latent.dim,
    noise,
    packing,
    ...(weights && { weights: (tensors) => weights(tensors, settings) }),
  });
}

export function trainingStep(method: LoadedMethod, model: Model, settings: StepSettings): TrainingStep {
  const { optimiser } = settings.training;
  const parts = { losses: method.losses, draws: drawsOf(method), optimiser: makeOptimiser(optimiser) };
  return trainingStepOf(parts, model, settings);
}

export function makeOptimiser(optimiser: Section) {
  const make = updates.get(optimiser.kind);
  if (make === undefined) throw new Error(`there is no optimiser ${optimiser.kind}`);
  return make(optimiser);
}

function family({ kind }: Section) {
  const make = families.get(kind);
  if (make === undefined) throw new Error(`there are no networks ${kind}`);
  return make;
}
