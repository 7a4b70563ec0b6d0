/**
 * What a trial works with: data, networks and compiled steps. Trials that differ in seed alone share the compiled steps,
 * so a worker captures and compiles once for a method; trials of a vmap group train as one program.
 */

import { LruCache } from '../base/lru-cache.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
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
import { Observer } from './evaluator.ts';
import type { Model } from './model.ts';
import { axesOf } from './outputs/axes.ts';
import { Probe, type Sizes } from './probe.ts';
import { type Bench, type Look, lookedAt, makeBench, makeLook, sizesOf } from './programs.ts';
import type { GroupMember } from './vmap/barrier.ts';
import { type MemberStep, memberStep } from './vmap/group.ts';

export interface Workshop {
  readonly engine: Engine;
  readonly model: Model;
  readonly step: Step;
  /** Training steps in one run of `step`. */
  readonly stepsPerRun: number;
  /** Trials that train as one program with this one, itself counted; 0 where it trains by itself. */
  readonly stack: number;
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

interface Place {
  readonly engine: EngineName;
  readonly device: string;
  /** Where the kinds of the spec are found. */
  readonly catalogue: Catalogue;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** Set where it trains as one program with others. */
  readonly member?: GroupMember;
}

/** Of the methods that this process met last; each holds some tens of MB. */
const benches = new LruCache<Bench>(8);
const looks = new LruCache<Look>(8);

/** Time spent on capturing and compiling goes to the clock; nothing where it was done for an earlier trial. */
export async function workshopFor(spec: ResolvedSpec, place: Place, clock: Clock): Promise<Workshop> {
  const { engine, device, catalogue, data, member } = place;
  const { seed, ...shared } = spec;
  for (const kept of [benches, looks]) kept.growTo(member?.group.members.length ?? 1);
  const key = canonicalJson([engine, device, data, shared]);
  const bench = await benches.get(key, async () => makeBench(spec, catalogue, await openEngine(engine, device), data));
  const repeat = stepsPerRun(spec, catalogue.nets(spec.nets));
  const { step, size } = member
    ? await joinGroup(member, bench, { repeat, key }, clock)
    : { step: await bench.step(repeat, clock), size: 0 };
  const look = await looks.get(canonicalJson([engine, device, data, lookedAt(spec)]), () =>
    makeLook(bench, spec, clock),
  );
  const { dataset, model, training, scorer } = bench.parts;
  const sizes = sizesOf(dataset, spec);
  const kind = filmKindOf(model, sizes.dim, sizes.latent);
  return {
    ...bench.parts,
    step,
    stepsPerRun: repeat,
    stack: size,
    initialState: training.initialState(seed),
    batches: makeBatches(spec, dataset, repeat, drawsOf(catalogue.method(spec.method))),
    observer: new Observer(
      look.observation,
      spec,
      dataset,
      spec.measures.map((metric) => catalogue.metric(metric)),
      scorer,
    ),
    ...(look.probing && { probe: new Probe(look.probing, model, sizes) }),
    kind,
    axes: kind ? axesOf(kind, dataset, spec.latent) : [],
    sizes,
  };
}

async function joinGroup(
  member: GroupMember,
  bench: Bench,
  { repeat, key }: { readonly repeat: number; readonly key: string },
  clock: Clock,
): Promise<MemberStep> {
  const { engine, training } = bench.parts;
  const joined = await memberStep(member, { engine, training, repeat, key, program: await bench.program(clock) });
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
  const most = Math.max(1, Math.floor(mostDiscriminatorSteps / critic.steps));
  for (let count = most; count > 1; count--) {
    if (training.steps % count === 0 && evaluation.every % count === 0) return count;
  }
  return 1;
}
