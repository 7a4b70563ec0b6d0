/**
 * What a trial works with: data, networks and compiled steps. Trials that differ in seed alone share the compiled steps,
 * so a worker captures and compiles once for a method.
 */
import type { Dataset } from '../datasets/dataset.ts';
import { openDataset } from '../datasets/make-dataset.ts';
import type { Arrays, Engine, Step } from '../engine/engine.ts';
import { type FilmKind, filmKindOf } from '../experiment/film-kind.ts';
import { canonicalJson } from '../experiment/identity.ts';
import { methods } from '../methods/methods.ts';
import { needsScorer } from '../metrics/measures.ts';
import type { Axis } from '../results/film.ts';
import { openScorer } from '../scorers/onnx-scorer.ts';
import { scorerFile } from '../scorers/own.ts';
import type { Scorer } from '../scorers/scorer.ts';
import type { ResolvedSpec } from '../spec/spec.ts';
import { axesOf } from './axes.ts';
import { type Batches, makeBatches } from './batches.ts';
import type { Clock } from './clock.ts';
import { type EngineName, openEngine } from './engines.ts';
import { prepareGuide } from './guide.ts';
import { type Model, makeModel } from './model.ts';
import { Observer, prepareObservation } from './observation.ts';
import { Probe, prepareProbe, type Sizes } from './probe.ts';
import { type TrainingStep, trainingStep } from './training-step.ts';

export interface Workshop {
  readonly engine: Engine;
  readonly model: Model;
  readonly step: Step;
  /** Training steps in one run of `step`. */
  readonly stepsPerRun: number;
  readonly initialState: Arrays;
  readonly batches: Batches;
  readonly observer: Observer;
  readonly probe?: Probe;
  readonly dataset: Dataset;
  /** What judges pictures, where the experiment has one. */
  readonly scorer?: Scorer;
  /** The picture that D makes; `undefined` where it has too many dimensions for one. */
  readonly kind: FilmKind | undefined;
  /** The grid of that picture. */
  readonly axes: readonly Axis[];
  readonly sizes: Sizes;
}

/** What does not depend on the seed. */
interface Bench {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly model: Model;
  readonly training: TrainingStep;
  readonly stepsPerRun: number;
  readonly step: Step;
  readonly observation: Step;
  /** Only where the picture that D makes can be drawn. */
  readonly probing?: Step;
  readonly scorer?: Scorer;
}

/** Compiled steps of the methods that this process met last; each holds some tens of MB. */
const benches = new Map<string, Bench>();
const mostBenches = 8;

/** Time spent on capturing and compiling goes to the clock; nothing where it was done for an earlier trial. */
export async function workshopFor(
  spec: ResolvedSpec,
  { engine, device, data }: { readonly engine: EngineName; readonly device: string; readonly data: string },
  clock: Clock,
): Promise<Workshop> {
  const { seed, ...shared } = spec;
  const key = canonicalJson([engine, device, data, shared]);
  const bench = benches.get(key) ?? (await setUp(spec, await openEngine(engine, device), data, clock));
  benches.delete(key);
  benches.set(key, bench);
  const [oldest] = benches.keys();
  if (benches.size > mostBenches && oldest !== undefined) {
    const left = benches.get(oldest);
    for (const step of left ? [left.step, left.observation, left.probing] : []) await step?.dispose();
    await left?.scorer?.dispose();
    benches.delete(oldest);
  }
  const { dataset, model, training, stepsPerRun } = bench;
  const sizes = sizesOf(dataset, spec);
  const kind = filmKindOf(spec.method, sizes.dim, sizes.latent);
  return {
    ...bench,
    initialState: training.initialState(seed),
    batches: makeBatches(spec, dataset, stepsPerRun),
    observer: new Observer(bench.observation, spec, dataset, bench.scorer),
    ...(bench.probing && { probe: new Probe(bench.probing, model, sizes) }),
    kind,
    axes: kind ? axesOf(kind, dataset, spec.latent) : [],
    sizes,
  };
}

const sizesOf = ({ dim, scale }: Dataset, { latent }: Pick<ResolvedSpec, 'latent'>): Sizes => ({
  dim,
  latent: latent.dim,
  scale,
});

async function setUp(spec: ResolvedSpec, engine: Engine, dataRoot: string, clock: Clock): Promise<Bench> {
  const dataset = openDataset(spec.data, dataRoot);
  const method = methods[spec.method];
  const model = makeModel(spec, method, dataset.shape);
  const judging = needsScorer(spec.measures, spec.data) ? spec.scorer : undefined;
  const scorer = judging && (await openScorer(await scorerFile(judging, spec.data, dataRoot)));
  const guide = spec.guidance && (await prepareGuide(spec, dataset, engine, dataRoot));
  const training = trainingStep(method, model, { ...spec, ...(guide && { guide }) });
  const repeat = stepsPerRun(spec);
  const step = await engine.prepare(training.fn, training.signature, { repeat });
  const observation = await prepareObservation(engine, model, spec);
  const drawn = filmKindOf(spec.method, dataset.dim, spec.latent.dim) !== undefined;
  const probing = drawn ? await prepareProbe(engine, model, sizesOf(dataset, spec)) : undefined;
  for (const { timings } of [step, observation, ...(probing ? [probing] : [])]) {
    clock.add('capture', timings.capture);
    clock.add('compile', timings.compile);
  }
  const parts = { engine, dataset, model, training, stepsPerRun: repeat, step, observation };
  return { ...parts, ...(probing && { probing }), ...(scorer && { scorer }) };
}

/** D steps in one program: entering the runtime costs less by then than compiling a longer program would. */
const mostDiscriminatorSteps = 8;

/**
 * The most training steps in one run such that evaluations fall between runs; the same for any interruption. One for
 * pictures: entering the runtime costs nothing beside such a step, and compiling eight of them does.
 */
export function stepsPerRun({
  nets,
  training,
  evaluation,
  critic,
}: Pick<ResolvedSpec, 'nets' | 'training' | 'evaluation' | 'critic'>): number {
  if (nets.kind === 'dcgan') return 1;
  const most = Math.max(1, Math.floor(mostDiscriminatorSteps / critic.steps));
  for (let count = most; count > 1; count--) {
    if (training.steps % count === 0 && evaluation.every % count === 0) return count;
  }
  return 1;
}
