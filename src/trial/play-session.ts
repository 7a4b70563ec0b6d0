/**
 * Trains one trial step by step at somebody's word: both sides, or one alone, with settings that change on the way. Its steps,
 * draws and first values are those of the trial of its spec; nothing is evaluated, and nothing is written.
 */
import { UsageError } from '../base/usage-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Arrays, Step } from '../engine/engine.ts';
import { anywhere } from '../engine/engines.ts';
import { filmKindOf } from '../methods/film-kind.ts';
import { drawsOf } from '../methods/method.ts';
import { canonicalJson } from '../schema/identity.ts';
import type { Checkpoint } from '../store/checkpoint.ts';
import type { Film, Frame } from '../store/film-file.ts';
import { type Batches, makeBatches } from './batches.ts';
import { carryOver } from './carry-over.ts';
import { axesOf } from './outputs/axes.ts';
import { FilmRecorder } from './outputs/film-recorder.ts';
import { type AlongLines, alongLines } from './outputs/lines-csv.ts';
import { judgedNow, type PicturesLook, pictureEye } from './picture-eye.ts';
import { Probe, prepareProbe, rawWeights, type Weights } from './probe.ts';
import { openTrainingPrograms, sizesOf, type TrainingPrograms } from './programs.ts';
import type { Turn } from './training-step.ts';

/** What is seen of the networks at one step: of points … */
export interface PointsLook {
  readonly kind: 'points';
  readonly film: Omit<Film, 'frames'>;
  readonly frame: Frame;
  /** G(E(x)) of the film's real points, for methods with both. */
  readonly reconstructed?: Float32Array;
  /** D's slope on the lines from there to x. */
  readonly along?: AlongLines;
}

export type Look = PointsLook | PicturesLook;

/** What is compiled for one setting. */
interface Compiled {
  readonly spec: ResolvedSpec;
  readonly programs: TrainingPrograms;
  readonly batches: Batches;
  readonly steps: Map<Turn, Step>;
  readonly eye: Eye;
}

/** Looks at networks as they are being trained. */
interface Eye {
  look(step: number, weights: Weights): Promise<Look>;
  dispose(): Promise<void>;
}

/** Sections that say which networks learn what: they are chosen before the first step. */
const fixed = ['experiment', 'method', 'seed', 'data', 'latent', 'nets'] as const;

export class PlaySession {
  readonly #catalogue: Catalogue;
  readonly #dataRoot: string;
  #compiled: Compiled;
  /** Where the state lies: in the step that ran last, or here where none has. */
  #state: Arrays | Step;
  #step: number;

  /**
   * @param dataRoot where prepared sets of pictures lie.
   * @param from a checkpoint, or the networks of a trial that has ended; absent: the first step.
   * @throws UsageError for data that cannot be looked at, and for sets that are not prepared.
   */
  static async open(
    spec: ResolvedSpec,
    catalogue: Catalogue,
    dataRoot: string,
    from?: Pick<Checkpoint, 'step' | 'arrays'>,
  ): Promise<PlaySession> {
    const compiled = await compile(spec, catalogue, dataRoot);
    const { training, model } = compiled.programs.parts;
    const fresh = training.initialState(spec.seed);
    const state = from ? { ...fresh, ...taken(from.arrays, fresh, model.layout.size) } : fresh;
    return new PlaySession(catalogue, dataRoot, compiled, state, from?.step ?? 0);
  }

  private constructor(catalogue: Catalogue, dataRoot: string, compiled: Compiled, state: Arrays, step: number) {
    this.#catalogue = catalogue;
    this.#dataRoot = dataRoot;
    this.#compiled = compiled;
    this.#state = state;
    this.#step = step;
  }

  /** As it stands now. */
  get spec(): ResolvedSpec {
    return this.#compiled.spec;
  }

  /** Training steps so far, those of one side alone counted: each took its own draws. */
  get step(): number {
    return this.#step;
  }

  /** A copy. */
  state(): Arrays {
    return isStep(this.#state) ? this.#state.state() : this.#state;
  }

  /** One training step; what it logged: losses, logits, norms of gradients, each an array of one. */
  async advance(turn: Turn): Promise<Arrays> {
    const { steps, programs, batches } = this.#compiled;
    const { engine, training } = programs.parts;
    const step = steps.get(turn) ?? (await engine.prepare(training.turn(turn), training.signature));
    steps.set(turn, step);
    if (this.#state !== step) {
      step.load(this.state());
      this.#state = step;
    }
    const outputs = await step.run(batches.draw(this.#step));
    this.#step++;
    return outputs;
  }

  /**
   * Goes on under another spec: compiles its step, and carries parameters, averages and the optimiser's memory over.
   *
   * @throws UsageError where it trains other networks, or on other data; the session then goes on as it was.
   */
  async change(spec: ResolvedSpec): Promise<void> {
    const before = this.#compiled;
    const other = fixed.find((name) => canonicalJson(spec[name]) !== canonicalJson(before.spec[name]));
    if (other !== undefined) throw new UsageError(`${other}: it is chosen before the first step: start anew with it`);
    const next = await compile(spec, this.#catalogue, this.#dataRoot);
    const fresh = next.programs.parts.training.initialState(spec.seed);
    this.#state = carryOver(this.state(), before.programs.parts.model, next.programs.parts.model, fresh);
    this.#compiled = next;
    await dispose(before);
  }

  look(): Promise<Look> {
    return this.#compiled.eye.look(this.#step, rawWeights(this.state()));
  }

  close(): Promise<void> {
    return dispose(this.#compiled);
  }
}

const isStep = (state: Arrays | Step): state is Step => typeof state.run === 'function';

async function compile(spec: ResolvedSpec, catalogue: Catalogue, dataRoot: string): Promise<Compiled> {
  // It has no end that it could cool down to.
  const endless = { ...spec, training: { ...spec.training, cooldown: 0 } };
  const programs = await openTrainingPrograms(judgedNow(endless, catalogue, dataRoot), catalogue, anywhere, dataRoot);
  const { dataset } = programs.parts;
  const eye = await (dataset.shape.length === 3 ? pictureEye : pointEye)(programs, spec);
  const batches = makeBatches(spec, dataset, 1, drawsOf(catalogue.method(spec.method)));
  return { spec, programs, batches, steps: new Map(), eye };
}

async function pointEye({ parts }: TrainingPrograms, spec: ResolvedSpec): Promise<Eye> {
  const { dataset, model, engine } = parts;
  const kind = filmKindOf(model, dataset.dim, spec.latent.dim);
  if (kind === undefined) throw new UsageError(`data: expected points of one or two dimensions, got ${dataset.dim}`);
  const sizes = sizesOf(dataset, spec);
  const probing = await prepareProbe(engine, model, sizes);
  const probe = new Probe(probing, model, sizes);
  const recorder = new FilmRecorder({ probe, dataset, axes: axesOf(kind, dataset, spec.latent) }, kind, spec, []);
  return {
    async look(step, weights) {
      const frame = await recorder.take(step, weights);
      const { reel: film } = recorder;
      const { encoded: values } = frame;
      if (values === undefined || !probe.has('generator')) return { kind: 'points', film, frame };
      const count = values.length / film.latentDim;
      const encoded = { values, count, dim: film.latentDim };
      const reconstructed = { values: await probe.generate(weights, values), count, dim: film.dim };
      const real = { values: film.real, count, dim: film.dim };
      const along = await alongLines(probe, weights, { real, encoded, reconstructed });
      return { kind: 'points', film, frame, reconstructed: reconstructed.values, along };
    },
    dispose: () => probing.dispose(),
  };
}

async function dispose({ steps, eye, programs }: Compiled): Promise<void> {
  for (const step of steps.values()) await step.dispose();
  await eye.dispose();
  await programs.dispose();
}

/** Arrays of a checkpoint; or of networks alone, whose players have their running statistics behind them, and no average beside. */
function taken(arrays: Arrays, fresh: Arrays, players: number): Arrays {
  const whole = arrays.players ?? new Float32Array();
  const isBare = !Object.keys(arrays).some((name) => name.startsWith('players.'));
  const own: Arrays = isBare
    ? {
        ...arrays,
        ...{ players: whole.slice(0, players), average: whole.slice(0, players) },
        ...{ statistics: whole.slice(players), averageStatistics: whole.slice(players) },
      }
    : arrays;
  const known = Object.entries(own).filter(([name, { length }]) => fresh[name]?.length === length);
  if (!known.some(([name]) => name === 'players') || !known.some(([name]) => name === 'discriminator'))
    throw new UsageError('the trial’s networks are not those of its spec');
  return Object.fromEntries(known);
}
