/**
 * Records a film of a trial: at a declared set of steps the networks are applied to the same points. It changes no number of
 * the training. Frames are part of the checkpoint, so that a trial that was cut off ends with the same film.
 */

import type { Points } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { encoderNoise, type ResolvedSpec } from '../../catalogue/spec.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import type { Arrays } from '../../engine/engine.ts';
import type { FilmKind } from '../../methods/film-kind.ts';
import type { Values } from '../../metrics/evaluation-inputs.ts';
import { modeCoverage, modeCoverageValues } from '../../metrics/mode-coverage.ts';
import { modeShares } from '../../metrics/numerics/mode-share.ts';
import { fixedNoise } from '../../nets/encoder-noise.ts';
import { samplePrior } from '../../priors/prior.ts';
import { type Axis, encodeFilm, type Film, type Frame, gridSize } from '../../store/film-file.ts';
import type { Probe, Weights } from '../probe.ts';
import type { TrialSetup } from '../setup.ts';
import { gridPoints, latentRange } from './axes.ts';
import { rateGrid } from './landscape-csv.ts';
import { sixDigits } from './rounding.ts';

/** Points of each kind in a frame; the first of those that evaluations look at. */
const realPoints = 300;
const generatedPoints = 600;
/** Places on each of the lattice's axes, by how many the latent has; a third axis on is held at 0. */
const latticePlaces = [61, 15] as const;

/** Metrics that a frame carries: how many modes its own points reach, and how well they fit them. */
const frameMetrics = modeCoverage.columns
  .filter(({ role }) => role === 'coverage' || role === 'quality')
  .map(({ name }) => name);

export class FilmRecorder {
  readonly #probe: Probe;
  readonly #dataset: Dataset;
  readonly #film: Omit<Film, 'frames'>;
  readonly #grid: Float32Array;
  readonly #centres: Float32Array;
  /** ε of E(x, ε) at the real points: the first of those that evaluations draw. */
  readonly #noise: Float32Array;
  readonly #steps: readonly number[];
  #frames: Frame[] = [];

  /** @param steps of the frames: see `filmSteps`. */
  constructor(
    { probe, dataset, axes }: Required<Pick<TrialSetup, 'probe' | 'dataset' | 'axes'>>,
    kind: FilmKind,
    spec: ResolvedSpec,
    steps: readonly number[],
  ) {
    const { seed, latent } = spec;
    const draws = probe.has('generator') ? generatedPoints : 0;
    this.#probe = probe;
    this.#dataset = dataset;
    this.#steps = steps;
    this.#grid = gridPoints(axes);
    this.#centres = Float32Array.from(dataset.modes?.centres ?? []);
    this.#noise = fixedNoise(seed, encoderNoise(spec), realPoints).values;
    this.#film = {
      kind,
      dim: dataset.dim,
      latentDim: latent.dim,
      axes,
      real: dataset.sample(stream(seed, 'evaluation', 0), realPoints),
      latents: samplePrior(latent, stream(seed, 'evaluation', 1), draws),
      lattice: probe.has('generator') ? latticeOf(latent) : new Float32Array(),
    };
  }

  /** Whether the state after this step belongs into the film. */
  wants(step: number): boolean {
    return this.#steps.includes(step) && this.#frames.at(-1)?.step !== step;
  }

  async shoot(step: number, weights: Weights): Promise<void> {
    this.#frames.push(await this.take(step, weights));
  }

  /** What all frames share. */
  get reel(): Omit<Film, 'frames'> {
    return this.#film;
  }

  /** A frame that does not join the film. */
  async take(step: number, weights: Weights): Promise<Frame> {
    const probe = this.#probe;
    const { kind, dim, real, latents, lattice } = this.#film;
    const { modes } = this.#dataset;
    const { score } = await rateGrid(probe, weights, kind, this.#grid);
    const generated = latents.length > 0 ? await probe.generate(weights, latents) : new Float32Array();
    const points = { values: generated, count: generatedPoints, dim };
    return {
      step,
      generated,
      score,
      ...(lattice.length > 0 && { lattice: await probe.generate(weights, lattice) }),
      ...(probe.has('encoder') && { encoded: await probe.encode(weights, real, this.#noise) }),
      metrics: modes && generated.length > 0 ? metricsOf(points, this.#dataset) : {},
      ...(modes && kind !== 'z' && { modeScore: digits((await probe.rateData(weights, this.#centres)).score) }),
      ...(modes && generated.length > 0 && { modeShare: digits(modeShares(points, modes)) }),
    };
  }

  /** The text of film.json. */
  json(): string {
    return encodeFilm({ ...this.#film, frames: this.#frames });
  }

  /** For the checkpoint: every part of all frames in one array. */
  arrays(): Arrays {
    const all = (part: (frame: Frame) => ArrayLike<number> | undefined) =>
      Float32Array.from(this.#frames.flatMap((frame) => Array.from(part(frame) ?? [])));
    return {
      'film.step': all(({ step }) => [step]),
      'film.generated': all(({ generated }) => generated),
      'film.score': all(({ score }) => score),
      'film.lattice': all(({ lattice }) => lattice),
      'film.encoded': all(({ encoded }) => encoded),
      'film.metrics': all(({ metrics }) => Object.values(metrics)),
      'film.modeScore': all(({ modeScore }) => modeScore),
      'film.modeShare': all(({ modeShare }) => modeShare),
    };
  }

  /** Takes up the frames of a checkpoint after `step` steps; false where they are not all that this film has by then. */
  restore(arrays: Arrays, step: number): boolean {
    const steps = [...(arrays['film.step'] ?? [])];
    const due = this.#steps.filter((frame) => frame <= step);
    if (steps.length !== due.length || due.some((frame, index) => steps[index] !== frame)) return false;
    const part = (name: string, index: number): Float32Array => {
      const whole = arrays[`film.${name}`] ?? new Float32Array();
      const size = whole.length / steps.length;
      return whole.slice(index * size, (index + 1) * size);
    };
    const some = (values: Float32Array) => (values.length > 0 ? values : undefined);
    this.#frames = steps.map((frame, index) => {
      const lattice = some(part('lattice', index));
      const encoded = some(part('encoded', index));
      const modeScore = some(part('modeScore', index));
      const modeShare = some(part('modeShare', index));
      return {
        step: frame,
        generated: part('generated', index),
        score: part('score', index),
        ...(lattice && { lattice }),
        ...(encoded && { encoded }),
        metrics: namedMetrics(part('metrics', index)),
        ...(modeScore && { modeScore: digits(modeScore) }),
        ...(modeShare && { modeShare: digits(modeShare) }),
      };
    });
    return this.#frames.every((frame) => this.#isWhole(frame));
  }

  #isWhole({ generated, score, lattice, encoded, metrics, modeScore, modeShare }: Frame): boolean {
    const { kind, dim, latentDim, axes, real, latents, lattice: places } = this.#film;
    const { modes } = this.#dataset;
    const made = (latents.length / latentDim) * dim;
    const sizes: readonly (readonly [got: number, due: number])[] = [
      [generated.length, made],
      [score.length, gridSize(axes)],
      [lattice?.length ?? 0, (places.length / latentDim) * dim],
      [encoded?.length ?? 0, this.#probe.has('encoder') ? (real.length / dim) * latentDim : 0],
      [Object.keys(metrics).length, modes && made > 0 ? frameMetrics.length : 0],
      [modeScore?.length ?? 0, modes && kind !== 'z' ? modes.count : 0],
      [modeShare?.length ?? 0, modes && made > 0 ? modes.count : 0],
    ];
    return sizes.every(([got, due]) => got === due);
  }
}

const digits = (values: ArrayLike<number>): number[] => Array.from(values, sixDigits);

function metricsOf(generated: Points, dataset: Dataset): Values {
  const values = modeCoverageValues({ dataset, generated });
  return namedMetrics(frameMetrics.map((name) => values[name] ?? Number.NaN));
}

const namedMetrics = (values: ArrayLike<number>): Values =>
  Object.fromEntries(Array.from(values, (value, index) => [frameMetrics[index] ?? '', sixDigits(value)]));

/** A regular lattice over where a prior's mass lies, `[places, latent.dim]`, its first axis slowest. */
function latticeOf(latent: ResolvedSpec['latent']): Float32Array {
  const shown = Math.min(latent.dim, latticePlaces.length);
  const count = latticePlaces[shown - 1] ?? 1;
  const axis: Axis = { name: 'z', ...latentRange(latent, 0), count };
  const lattice = gridPoints(Array.from({ length: shown }, () => axis));
  if (shown === latent.dim) return lattice;
  return Float32Array.from({ length: (lattice.length / shown) * latent.dim }, (_, index) => {
    const at = index % latent.dim;
    return at < shown ? (lattice[Math.floor(index / latent.dim) * shown + at] as number) : 0;
  });
}
