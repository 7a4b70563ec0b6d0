/** What a model does on a fixed set of draws: the evidence that measures look at, in data units. */
import type * as tf from '@tensorflow/tfjs';
import type { Dataset } from '../datasets/dataset.ts';
import { priorCdf, samplePrior } from '../datasets/prior.ts';
import type { Engine, Step } from '../engine/engine.ts';
import type { TensorFunction } from '../engine/tracer.ts';
import type { Evidence, Points, Values } from '../metrics/measure.ts';
import { measureNamed } from '../metrics/measures.ts';
import { stream } from '../random/stream.ts';
import type { ResolvedSpec } from '../spec/spec.ts';
import { scaleBy } from './batches.ts';
import type { Model } from './model.ts';

/** The networks' outputs on one batch of x and z, compiled once for a method. */
export function prepareObservation(engine: Engine, model: Model, dim: number, spec: ResolvedSpec): Promise<Step> {
  const { samples } = spec.evaluation;
  return engine.prepare(observe(model), {
    state: {},
    inputs: { players: [model.playersLayout.size], x: [samples, dim], z: [samples, spec.latent.dim] },
  });
}

const observe =
  (model: Model): TensorFunction =>
  ({ players, x, z }) => {
    // The signature above has all three.
    const { generator, encoder } = model.bindPlayers(players as tf.Tensor);
    const hasGenerator = model.players.includes('generator');
    const generated = hasGenerator ? generator(z as tf.Tensor) : undefined;
    if (!model.players.includes('encoder')) return generated ? { generated } : {};
    const encoded = encoder(x as tf.Tensor);
    if (!generated) return { encoded };
    return { generated, encoded, reconstructed: generator(encoded), reencoded: encoder(generated) };
  };

/** Looks at parameters through the same draws at every evaluation of a trial, and of every method of its seed. */
export class Observer {
  readonly #step: Step;
  readonly #spec: ResolvedSpec;
  readonly #dataset: Dataset;
  readonly #x: Float32Array;
  readonly #z: Float32Array;
  readonly #real: Points;

  constructor(step: Step, spec: ResolvedSpec, dataset: Dataset) {
    this.#step = step;
    this.#spec = spec;
    this.#dataset = dataset;
    const { seed, latent, evaluation } = spec;
    const values = dataset.sample(stream(seed, 'evaluation', 0), evaluation.samples);
    this.#real = { values, count: evaluation.samples, dim: dataset.dim };
    this.#x = scaleBy(values.slice(), dataset.scale);
    this.#z = samplePrior(latent, stream(seed, 'evaluation', 1), evaluation.samples);
  }

  async evidence(players: Float32Array): Promise<Evidence> {
    const { generated, encoded, reconstructed, reencoded } = await this.#step.run({ players, x: this.#x, z: this.#z });
    const { seed, latent, evaluation } = this.#spec;
    const { dim, scale } = this.#dataset;
    const count = evaluation.samples;
    // Copies: the step's outputs are overwritten by its next run.
    const data = (array: Float32Array): Points => ({ values: scaleBy(array.slice(), 1 / scale), count, dim });
    const latents = (array: Float32Array): Points => ({ values: array.slice(), count, dim: latent.dim });
    return {
      dataset: this.#dataset,
      real: this.#real,
      latents: latents(this.#z),
      priorCdf: priorCdf(latent),
      random: () => stream(seed, 'projection'),
      ...(generated && { generated: data(generated) }),
      ...(encoded && { encoded: latents(encoded) }),
      ...(reconstructed && { reconstructed: data(reconstructed) }),
      ...(reencoded && { reencoded: latents(reencoded) }),
    };
  }

  measure(evidence: Evidence): Values {
    return Object.assign({}, ...this.#spec.measures.map((measure) => measureNamed(measure)(evidence)));
  }
}
