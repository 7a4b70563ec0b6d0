/**
 * Defines a training step as a pure function of state and batch, which an engine captures: the steps of D, then the joint step
 * of G and E on the last batch, the optimisers and the moving average included.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { TensorFunction, Tensors } from '../engine/capture/tracer.ts';
import type { Arrays, Signature } from '../engine/engine.ts';
import type { Batch, DiscriminatorInputs, Guide, Losses, LossInputs, NetworkName } from '../methods/method.ts';
import { logitsOf } from '../methods/method.ts';
import type { DrawName } from '../methods/section.ts';
import { firstSlots, type Optimiser, type Slots, slotShapes } from '../optimisers/optimiser.ts';
import { drawsIn } from './draws.ts';
import type { Model } from './model.ts';

/** Who moves in a step: D and then the networks against it, or one side alone while the other stands still. */
export type Turn = 'both' | 'discriminator' | 'players';

export interface TrainingStep {
  /** Of both. */
  readonly fn: TensorFunction;
  /** A step in which one side stands still: state and inputs are the same, and what that side would log is left out. */
  turn(turn: Turn): TensorFunction;
  readonly signature: Signature;
  /** The state before the first step. */
  initialState(seed: number): Arrays;
}

export type StepSettings = Pick<ResolvedSpec, 'loss' | 'critic' | 'training' | 'latent'> & { readonly guide?: Guide };

/** What a step is made of besides its model: the method's equations and draws, and the update of parameters. */
export interface StepParts {
  readonly losses: Losses;
  readonly draws: ReadonlySet<DrawName>;
  readonly optimiser: Optimiser;
}

/** How much of the running statistics of batch normalisations a step keeps. */
const statisticsDecay = 0.9;

/** @param settings the spec, with the sections that are the method's own: its losses look at them. */
export function trainingStep(
  { losses, draws, optimiser }: StepParts,
  model: Model,
  { guide, ...settings }: StepSettings,
): TrainingStep {
  const { critic, training, latent } = settings;
  const vectors = { discriminator: model.nets.discriminator.layout.size, players: model.layout.size };
  const slots = { discriminator: optimiser.slots(vectors.discriminator), players: optimiser.slots(vectors.players) };
  const drawn = drawsIn(draws, { shape: model.shape, latent: latent.dim, noise: model.noise });
  const average = training.average > 0;
  const { cooldown = 0 } = training;
  const statisticsSize = model.statisticsLayout.size;
  const batches = Array.from({ length: critic.steps }, (_, index) => index);

  const signature: Signature = {
    state: {
      discriminator: [vectors.discriminator],
      players: [vectors.players],
      ...prefixed('discriminator', slotShapes(slots.discriminator)),
      ...prefixed('players', slotShapes(slots.players)),
      ...(statisticsSize > 0 && { statistics: [statisticsSize] }),
      ...(average && { average: [vectors.players] }),
      ...(cooldown > 0 && { elapsed: [] }),
      ...(average && statisticsSize > 0 && { averageStatistics: [statisticsSize] }),
    },
    inputs: Object.fromEntries(
      batches.flatMap((index) => [
        [`x${index}`, [training.batch, ...model.shape]],
        [`z${index}`, [training.batch, latent.dim]],
        ...drawn.map(({ name, shape }) => [`${name}${index}`, [training.batch, ...shape]] as const),
      ]),
    ),
  };

  /** What losses look at, with D's parameters as given. */
  const stepInputs = (parameters: tf.Tensor, inputs: DiscriminatorInputs, batch: Batch): LossInputs => {
    const discriminator = model.bindDiscriminator(parameters);
    const logits = logitsOf(discriminator, inputs);
    const { bindDiscriminator: discriminatorWith } = model;
    const seen = { logits, discriminator, parameters, discriminatorWith, inputs, batch, settings };
    return { ...seen, ...(guide && { guide }) };
  };

  const turnOf =
    (turn: Turn): TensorFunction =>
    (tensors) => {
      const batchAt = (index: number): Batch => ({
        ...Object.fromEntries(drawn.map(({ name }) => [name, named(tensors, `${name}${index}`)])),
        x: named(tensors, `x${index}`),
        z: named(tensors, `z${index}`),
        epsilon: tensors[`epsilon${index}`] ?? tf.zeros([training.batch, 1]),
      });
      const noiseAt = (index: number) => tensors[`noise${index}`];
      const pace = cooldown > 0 ? paceAt(named(tensors, 'elapsed'), training.steps, cooldown) : undefined;
      let discriminator = {
        parameters: named(tensors, 'discriminator'),
        slots: slotsOf(tensors, 'discriminator', slots.discriminator),
      };
      let logs: Tensors = {};
      const record = new Map<NetworkName, tf.Tensor[]>();
      for (const index of batches) {
        const batch = batchAt(index);
        record.clear(); // what the last batch leaves is kept
        const inputs = losses.inputs(model.bindTraining(named(tensors, 'players'), noiseAt(index), record), batch);
        if (turn === 'players') continue;
        const stepOf = (parameters: tf.Tensor) => stepInputs(parameters, inputs, batch);
        const { value, grad } = tf.valueAndGrad((parameters) => losses.discriminatorLoss(stepOf(parameters)))(
          discriminator.parameters,
        );
        const { real, fake } = stepOf(discriminator.parameters).logits;
        logs = { lossD: value, gradientD: norm(grad), scoreReal: tf.mean(real), scoreFake: tf.mean(fake) };
        const updated = optimiser.update(discriminator.parameters, grad, discriminator.slots);
        discriminator = clipped(paced(discriminator.parameters, updated, pace), critic.clip);
      }
      const discriminatorNow = {
        discriminator: discriminator.parameters,
        ...prefixed('discriminator', discriminator.slots),
      };
      if (turn === 'discriminator') return { ...untouched(tensors), ...discriminatorNow, ...logs };
      const last = critic.steps - 1;
      const batch = batchAt(last);
      const { value, grad } = tf.valueAndGrad((parameters) => {
        const inputs = losses.inputs(model.bindTraining(parameters, noiseAt(last)), batch);
        return losses.generatorLoss(stepInputs(discriminator.parameters, inputs, batch));
      })(named(tensors, 'players'));
      const players = named(tensors, 'players');
      const updated = optimiser.update(players, grad, slotsOf(tensors, 'players', slots.players));
      const next = paced(players, updated, pace);
      return {
        ...(turn === 'both' ? discriminatorNow : untouched(tensors)),
        players: next.parameters,
        ...prefixed('players', next.slots),
        ...(average && { average: follow(named(tensors, 'average'), next.parameters, training.average) }),
        ...(cooldown > 0 && { elapsed: tf.add(named(tensors, 'elapsed'), 1) }),
        ...(statisticsSize > 0 && runningStatistics(tensors, model.statisticsIn(record), training.average)),
        ...logs,
        lossG: value,
        gradientG: norm(grad),
      };
    };

  /** The whole state as it came. */
  const untouched = (tensors: Tensors): Tensors =>
    Object.fromEntries(Object.keys(signature.state).map((name) => [name, tf.clone(named(tensors, name))]));

  return {
    fn: turnOf('both'),
    turn: turnOf,
    signature,
    initialState(seed) {
      const { discriminator, players, statistics } = model.initialise(seed);
      return {
        discriminator,
        players,
        ...prefixed('discriminator', firstSlots(slots.discriminator)),
        ...prefixed('players', firstSlots(slots.players)),
        ...(statisticsSize > 0 && { statistics }),
        ...(average && { average: players }),
        ...(cooldown > 0 && { elapsed: new Float32Array(1) }),
        ...(average && statisticsSize > 0 && { averageStatistics: statistics }),
      };
    },
  };
}

/** Euclidean; tfjs's own takes absolute values and powers first. */
const norm = (vector: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(vector)));

type Updated = ReturnType<Optimiser['update']>;

/** The part of the rate that is left after so many steps: 1, and in the cooldown linearly down to 0. */
const paceAt = (elapsed: tf.Tensor, steps: number, cooldown: number): tf.Tensor =>
  tf.clipByValue(tf.mul(tf.sub(steps, elapsed), 1 / (cooldown * steps)), 0, 1);

/** A part of the way on which an optimiser would have moved; all of it where there is no pace. */
const paced = (from: tf.Tensor, updated: Updated, pace: tf.Tensor | undefined): Updated =>
  pace ? { ...updated, parameters: tf.add(from, tf.mul(tf.sub(updated.parameters, from), pace)) } : updated;

/** Exponential moving average: a + (1 − decay)(θ − a). */
const follow = (average: tf.Tensor, parameters: tf.Tensor, decay: number): tf.Tensor =>
  tf.add(average, tf.mul(tf.sub(parameters, average), 1 - decay));

/** The batch's statistics join the running ones; those are averaged as weights are. */
function runningStatistics(tensors: Tensors, seen: tf.Tensor, decay: number): Tensors {
  const statistics = follow(named(tensors, 'statistics'), seen, statisticsDecay);
  if (decay === 0) return { statistics };
  return { statistics, averageStatistics: follow(named(tensors, 'averageStatistics'), statistics, decay) };
}

/** WGAN's bound on every parameter of D; 0 for none. */
const clipped = (updated: Updated, bound: number) =>
  bound > 0 ? { ...updated, parameters: tf.clipByValue(updated.parameters, -bound, bound) } : updated;

type SlotShapes = ReturnType<Optimiser['slots']>;

const prefixed = <Value>(owner: string, slots: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(slots).map(([name, value]) => [`${owner}.${name}`, value]));
const slotsOf = (tensors: Tensors, owner: string, slots: SlotShapes): Slots =>
  Object.fromEntries(Object.keys(slots).map((name) => [name, named(tensors, `${owner}.${name}`)]));

function named(tensors: Tensors, name: string): tf.Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`internal: the step was called without ${name}`);
  return tensor;
}
