/**
 * Sets up a trial: data, networks and compiled steps. Trials that differ in seed alone share the compiled steps, so that a
 * worker captures and compiles once for a method; trials of a vmap group train as one program.
 */

import { LruCache } from '../base/lru-cache.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Origin, originHash } from '../catalogue/origin.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { Arrays, Engine, Step } from '../engine/engine.ts';
import { type EngineName, openEngine } from '../engine/engines.ts';
import { type FilmKind, filmKindOf } from '../methods/film-kind.ts';
import { drawsOf } from '../methods/method.ts';
import type { NetsCard } from '../nets/nets-kind.ts';
import { canonicalJson } from '../schema/identity.ts';
import type { Scorer } from '../scorers/scorer.ts';
import type { Axis } from '../store/film-file.ts';
import { type Batches, makeBatches } from './batches.ts';
import type { Clock } from './clock.ts';
import { Evaluator, type RealExamples } from './evaluator.ts';
import type { Model } from './model.ts';
import { axesOf } from './outputs/axes.ts';
import { Probe, type Sizes } from './probe.ts';
import {
  compileEvaluation,
  type EvaluationPrograms,
  evaluatedPart,
  openTrainingPrograms,
  sizesOf,
  type TrainingPrograms,
} from './programs.ts';
import type { GroupMember } from './vmap/barrier.ts';
import { type MemberStep, memberStep } from './vmap/group.ts';

export interface TrialSetup {
  readonly engine: Engine;
  readonly model: Model;
  readonly step: Step;
  /** Training steps in one run of `step`. */
  readonly stepsPerRun: number;
  /** Trials that train as one program with this one, itself counted; 0 where it trains by itself. */
  readonly stack: number;
  readonly initialState: Arrays;
  readonly batches: Batches;
  readonly evaluator: Evaluator;
  readonly probe?: Probe;
  readonly dataset: Dataset;
  /** What judges pictures, where the experiment has one. */
  readonly scorer?: Scorer;
  /** What it reads besides its spec; absent for points. */
  readonly origin?: Origin;
  /** The picture that D makes; `undefined` where it has too many dimensions for one. */
  readonly kind: FilmKind | undefined;
  /** The grid of that picture. */
  readonly axes: readonly Axis[];
  readonly sizes: Sizes;
}

interface SetupOptions {
  readonly engine: EngineName;
  readonly device: string;
  /** Where the kinds of the spec are found. */
  readonly catalogue: Catalogue;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** What the plan counted on to be read. */
  readonly origin?: Origin;
  /** Set where it trains as one program with others. */
  readonly member?: GroupMember;
}

/** Of the methods that this process met last; each holds some tens of MB. */
const trainingPrograms = new LruCache<TrainingPrograms>(8);
const evaluationPrograms = new LruCache<EvaluationPrograms>(8);
/** Of the seed that this process met last: methods take turns, and judging pictures is the most of an evaluation. */
let examples: { readonly key: string; readonly real: RealExamples } | undefined;

/** Time spent on capturing and compiling goes to the clock; nothing where it was done for an earlier trial. */
export async function setUpTrial(spec: ResolvedSpec, options: SetupOptions, clock: Clock): Promise<TrialSetup> {
  const { engine, device, catalogue, data, origin, member } = options;
  const { seed, ...shared } = spec;
  for (const cache of [trainingPrograms, evaluationPrograms]) cache.growTo(member?.group.members.length ?? 1);
  // A process that outlives a set must not go on with what it holds of it.
  const where = [engine, device, data, originHash(origin) ?? ''];
  const key = canonicalJson([...where, shared]);
  const training = await trainingPrograms.get(key, async () =>
    openTrainingPrograms(spec, catalogue, await openEngine(engine, device), data, origin),
  );
  const repeat = stepsPerRun(spec, catalogue.nets(spec.nets));
  const { step, size } = member
    ? await joinGroup(member, training, { repeat, key }, clock)
    : { step: await training.step(repeat, clock), size: 0 };
  const evaluationKey = canonicalJson([...where, evaluatedPart(spec, catalogue)]);
  const programs = await evaluationPrograms.get(evaluationKey, () => compileEvaluation(training, spec, clock));
  const { dataset, model, scorer } = training.parts;
  const { data: source, evaluation, measures, code = '' } = spec;
  const seen = canonicalJson([...where, { source, code }, seed, evaluation.samples, measures, scorer?.hash ?? '']);
  if (examples?.key !== seen) examples = { key: seen, real: {} };
  const sizes = sizesOf(dataset, spec);
  const kind = filmKindOf(model, sizes.dim, sizes.latent);
  return {
    ...training.parts,
    step,
    stepsPerRun: repeat,
    stack: size,
    initialState: training.parts.training.initialState(seed),
    batches: makeBatches(spec, dataset, repeat, drawsOf(catalogue.method(spec.method))),
    evaluator: new Evaluator(
      programs.evaluation,
      spec,
      dataset,
      spec.measures.map((metric) => catalogue.metric(metric)),
      scorer,
      examples.real,
    ),
    ...(programs.probe && { probe: new Probe(programs.probe, model, sizes) }),
    kind,
    axes: kind ? axesOf(kind, dataset, spec.latent) : [],
    sizes,
  };
}

async function joinGroup(
  member: GroupMember,
  programs: TrainingPrograms,
  { repeat, key }: { readonly repeat: number; readonly key: string },
  clock: Clock,
): Promise<MemberStep> {
  const { engine, training } = programs.parts;
  const joined = await memberStep(member, { engine, training, repeat, key, program: await programs.program(clock) });
  clock.add('capture', joined.step.timings.capture);
  clock.add('compile', joined.step.timings.compile);
  return joined;
}

/** D steps in one program: entering the runtime costs less by then than compiling a longer program would. */
const mostDiscriminatorSteps = 8;

/**
 * The most training steps in one run such that evaluations fall between runs; the same for any interruption. For small
 * networks: beside a step of convolutions entering the runtime costs nothing, and compiling eight of them does.
 */
export function stepsPerRun(
  { training, evaluation, critic }: Pick<ResolvedSpec, 'training' | 'evaluation' | 'critic'>,
  { small }: Pick<NetsCard, 'small'>,
): number {
  if (!small) return 1;
  return longestRun({ training, evaluation }, mostSteps(critic.steps));
}

const mostSteps = (critic: number): number => Math.max(1, Math.floor(mostDiscriminatorSteps / critic));

type Length = Pick<ResolvedSpec, 'training' | 'evaluation'>;

function longestRun({ training, evaluation }: Length, most: number): number {
  for (let count = most; count > 1; count--) {
    if (training.steps % count === 0 && evaluation.every % count === 0) return count;
  }
  return 1;
}

/** Training steps after which a run ends whatever the method: films of trials of one length have their frames at the same steps. */
export const commonRun = (length: Length): number =>
  Array.from({ length: mostDiscriminatorSteps }, (_, at) => longestRun(length, mostSteps(at + 1))).reduce(
    leastCommonMultiple,
  );

const leastCommonMultiple = (a: number, b: number): number => (a * b) / greatestCommonDivisor(a, b);
const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
