/**
 * Evaluates networks on a fixed set of draws: gathers the inputs of metrics, in data units, and computes the metrics. Pictures
 * go through the networks and the scorer part by part, so that many of them need not fit into memory.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { chunks, type Points, slicePoints } from '../base/points.ts';
import { stream } from '../base/random.ts';
import { encoderNoise, type ResolvedSpec } from '../catalogue/spec.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { TensorFunction } from '../engine/capture/tracer.ts';
import type { Engine, Step } from '../engine/engine.ts';
import type { EvaluationInputs, ScorerOutputs, Values } from '../metrics/evaluation-inputs.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import { needsExamples } from '../metrics/needs.ts';
import { fixedNoise } from '../nets/encoder-noise.ts';
import { priorCdf, samplePrior } from '../priors/prior.ts';
import type { Section } from '../schema/kind.ts';
import type { Scorer } from '../scorers/scorer.ts';
import { scaleBy } from './batches.ts';
import { type Collected, Collector, type Judging } from './collector.ts';
import type { Model } from './model.ts';

/** Pictures in one run of the networks. */
const picturesAtOnce = 100;
/** Pictures that are kept where all metrics look at what the scorer says of them: enough for sheets. */
const sheet = 256;

/** Examples in one run: all of them for vectors. */
const rowsOf = ({ shape }: Pick<Dataset, 'shape'>, samples: number): number =>
  shape.length === 3 ? Math.min(samples, picturesAtOnce) : samples;

/** The networks' outputs on one batch of x and z, compiled once for a method. */
export function prepareEvaluation(engine: Engine, model: Model, spec: ResolvedSpec): Promise<Step> {
  const rows = rowsOf(model, spec.evaluation.samples);
  return engine.prepare(networkOutputs(model), {
    state: {},
    inputs: {
      players: [model.evaluationSize],
      x: [rows, ...model.shape],
      z: [rows, spec.latent.dim],
      ...(model.noise > 0 && { noise: [rows, model.noise] }),
    },
  });
}

const networkOutputs =
  (model: Model): TensorFunction =>
  ({ players, x, z, noise }) => {
    // The signature above has the first three.
    const { generator, encoder } = model.bindEvaluation(players as tf.Tensor, noise);
    const hasGenerator = model.networks.includes('generator');
    const generated = hasGenerator ? generator(z as tf.Tensor) : undefined;
    if (!model.networks.includes('encoder')) return generated ? { generated } : {};
    const encoded = encoder(x as tf.Tensor);
    if (!generated) return { encoded };
    return { generated, encoded, reconstructed: generator(encoded), reencoded: encoder(generated) };
  };

/** What trials of one seed are held against, once the first of them has drawn and judged it. */
export interface RealExamples {
  seen?: { readonly real: Collected; readonly secondReal?: Collected };
}

/** Its draws are the same at every evaluation of a trial, and for every method of a seed. */
export class Evaluator {
  readonly #step: Step;
  readonly #spec: ResolvedSpec;
  readonly #dataset: Dataset;
  /** Cards of the spec's metrics, in its order. */
  readonly #metrics: readonly MetricCard[];
  readonly #rows: number;
  readonly #scorer: Scorer | undefined;
  readonly #latents: Points;
  /** ε of E(x, ε), a row an example; of dimension 0 for E(x). */
  readonly #noise: Points;
  readonly #examples: RealExamples;

  /** @param examples of trials that differ in method alone. */
  constructor(
    step: Step,
    spec: ResolvedSpec,
    dataset: Dataset,
    metrics: readonly MetricCard[],
    scorer?: Scorer,
    examples: RealExamples = {},
  ) {
    this.#step = step;
    this.#spec = spec;
    this.#dataset = dataset;
    this.#metrics = metrics;
    this.#scorer = scorer;
    this.#examples = examples;
    const { seed, latent, evaluation } = spec;
    const count = evaluation.samples;
    this.#rows = rowsOf(dataset, count);
    this.#latents = { values: samplePrior(latent, stream(seed, 'evaluation', 1), count), count, dim: latent.dim };
    this.#noise = fixedNoise(seed, encoderNoise(spec), count);
  }

  /** @param players parameters and running statistics of the players. */
  async inputs(players: Float32Array): Promise<EvaluationInputs> {
    const { seed, latent } = this.#spec;
    const { real, secondReal } = await this.#realData();
    const outputs = await this.#outputs(players);
    const scored = this.#scored(real, secondReal, outputs);
    return {
      dataset: this.#dataset,
      real: real.points,
      ...(secondReal && { secondReal: secondReal.points }),
      ...(scored && { scored }),
      latents: this.#latents,
      priorCdf: priorCdf(latent),
      random: () => stream(seed, 'projection'),
      ...Object.fromEntries(Object.entries(outputs).map(([name, { points }]) => [name, points])),
    };
  }

  compute(inputs: EvaluationInputs): Values {
    const { measures } = this.#spec;
    return Object.assign({}, ...this.#metrics.map((card, index) => card.compute(measures[index] as Section, inputs)));
  }

  /** Of the networks, for every part of the draws. */
  async #outputs(players: Float32Array): Promise<Partial<Record<Output, Collected>>> {
    const { scale } = this.#dataset;
    const collectors: Partial<Record<Output, Collector>> = {};
    let first = 0;
    for (const { values, count } of this.#parts('real')) {
      const x = padded(values, count, this.#rows);
      const z = padded(slicePoints(this.#latents, first, count).values, count, this.#rows);
      const noise = padded(slicePoints(this.#noise, first, count).values, count, this.#rows);
      const inputs = { players, x: scaleBy(x, scale), z };
      const outputs = await this.#step.run(this.#noise.dim > 0 ? { ...inputs, noise } : inputs);
      for (const name of outputNames) {
        const output = outputs[name];
        if (output === undefined) continue;
        const isData = name === 'generated' || name === 'reconstructed';
        // A copy: the step's outputs are overwritten by its next run.
        const part = output.slice(0, (output.length / this.#rows) * count);
        collectors[name] ??= this.#collector(isData);
        await collectors[name].add({
          values: isData ? scaleBy(part, 1 / scale) : part,
          count,
          dim: output.length / this.#rows,
        });
      }
      first += count;
    }
    return Object.fromEntries(Object.entries(collectors).map(([name, collector]) => [name, collector.collected()]));
  }

  async #realData() {
    const { seen } = this.#examples;
    if (seen) return seen;
    const collect = async (which: 'real' | 'secondReal') => {
      const collector = this.#collector(true);
      for (const part of this.#parts(which)) await collector.add(part);
      return collector.collected();
    };
    const isPictures = this.#dataset.shape.length === 3;
    const collected = { real: await collect('real'), ...(isPictures && { secondReal: await collect('secondReal') }) };
    this.#examples.seen = collected;
    return collected;
  }

  /** The same examples whenever they are asked for, `rows` at a time. */
  *#parts(which: 'real' | 'secondReal'): Generator<Points> {
    const { dim } = this.#dataset;
    const random = stream(this.#spec.seed, 'evaluation', 0);
    const { samples } = this.#spec.evaluation;
    const pass = this.#dataset.shuffled?.(random) ?? {
      take: (count: number) => this.#dataset.sample(random, count),
    };
    const takeAll = function* (rows: number): Generator<Points> {
      for (const { count } of chunks(samples, rows)) yield { values: pass.take(count), count, dim };
    };
    if (which === 'secondReal') for (const _ of takeAll(this.#rows)); // they are those that come after the real ones
    yield* takeAll(this.#rows);
  }

  #collector(isData: boolean): Collector {
    const judging: Judging | undefined =
      isData && this.#scorer ? { scorer: this.#scorer, shape: this.#dataset.shape } : undefined;
    const isSheet = isData && this.#dataset.shape.length === 3 && !needsExamples(this.#metrics);
    const most = isSheet ? sheet : Number.POSITIVE_INFINITY;
    return new Collector(Math.min(this.#spec.evaluation.samples, most), judging);
  }

  #scored(
    real: Collected,
    secondReal: Collected | undefined,
    { generated, reconstructed }: Partial<Record<Output, Collected>>,
  ): ScorerOutputs | undefined {
    if (!this.#scorer || !real.scorerOutput) return undefined;
    const { labels } = this.#scorer;
    return {
      ...(labels && { labels }),
      real: real.scorerOutput,
      ...(secondReal?.scorerOutput && { secondReal: secondReal.scorerOutput }),
      ...(generated?.scorerOutput && { generated: generated.scorerOutput }),
      ...(reconstructed?.scorerOutput && { reconstructed: reconstructed.scorerOutput }),
    };
  }
}

const outputNames = ['generated', 'encoded', 'reconstructed', 'reencoded'] as const;
type Output = (typeof outputNames)[number];

/** A whole run's worth of rows: `count` of them, then zeros. */
function padded(values: Float32Array, count: number, rows: number): Float32Array {
  if (count === rows) return values.slice();
  const whole = new Float32Array((values.length / count) * rows);
  whole.set(values);
  return whole;
}
