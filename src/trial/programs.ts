/**
 * Compiles a trial's programs. Trials that differ in seed alone share data, networks and the training step, compiled when the
 * first of them asks for it; trials of different settings may share the programs of evaluation.
 */

import { UsageError } from '../base/usage-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Origin, originHash } from '../catalogue/origin.ts';
import { ownStructure, type ResolvedSpec } from '../catalogue/spec.ts';
import { scorerOf } from '../catalogue/wants-classifier.ts';
import type { Dataset } from '../datasets/dataset.ts';
import type { Engine, Step } from '../engine/engine.ts';
import type { KernelGraph } from '../engine/kernels/registry.ts';
import { filmKindOf } from '../methods/film-kind.ts';
import { drawsOf } from '../methods/method.ts';
import type { openScorer } from '../scorers/onnx-scorer.ts';
import { scorerFile } from '../scorers/own.ts';
import type { Scorer } from '../scorers/scorer.ts';
import type { Clock } from './clock.ts';
import { prepareEvaluation } from './evaluator.ts';
import { prepareGuide } from './guide.ts';
import type { Model } from './model.ts';
import { modelFor } from './model-for.ts';
import { prepareProbe, type Sizes } from './probe.ts';
import { sharedStep } from './shared-step.ts';
import { type TrainingStep, trainingStep } from './training-step.ts';

interface Parts {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly model: Model;
  readonly training: TrainingStep;
  readonly scorer?: Scorer;
  /** What was read besides the spec; absent for points. */
  readonly origin?: Origin;
}

/** What trials that differ in seed alone have in common. */
export class TrainingPrograms {
  readonly parts: Parts;
  #step: Step | undefined;
  #program: KernelGraph | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** The training step by itself, `repeat` times in one run. What making it took goes to the clock, if it is made now. */
  async step(repeat: number, clock: Clock): Promise<Step> {
    const { engine, training } = this.parts;
    if (this.#step) return this.#step;
    this.#step = await engine.prepare(training.fn, training.signature, { repeat });
    addTimings(this.#step, clock);
    return this.#step;
  }

  /** The training step's program, for a vmap group. */
  async program(clock: Clock): Promise<KernelGraph> {
    if (this.#program) return this.#program;
    const { traceStep } = await import('../engine/lower/trace-step.ts'); // loads tensors
    const started = performance.now();
    this.#program ??= traceStep(this.parts.training.fn, this.parts.training.signature);
    clock.add('capture', (performance.now() - started) / 1e3);
    return this.#program;
  }

  async dispose(): Promise<void> {
    await this.#step?.dispose();
    await this.parts.scorer?.dispose();
  }
}

/** Loads onnxruntime for those who have a classifier. */
const opened: typeof openScorer = async (file) => (await import('../scorers/onnx-scorer.ts')).openScorer(file);

/**
 * @param planned what the plan counted on.
 * @throws UsageError where the files are not those of the plan any more.
 */
export async function openTrainingPrograms(
  spec: ResolvedSpec,
  catalogue: Catalogue,
  engine: Engine,
  dataRoot: string,
  planned?: Origin,
): Promise<TrainingPrograms> {
  const dataCard = catalogue.data(spec.data);
  const dataset = dataCard.open(spec.data, dataRoot);
  const prepared = dataCard.prepared(spec.data);
  const method = catalogue.method(spec.method);
  const model = await modelFor(spec, catalogue, dataset.shape);
  const judge = scorerOf(spec, catalogue);
  const scorer = judge && (await opened(await scorerFile(judge, prepared, dataRoot)));
  const guided = method.needsGuide ? await prepareGuide(spec, prepared, dataset, engine, dataRoot) : undefined;
  const origin: Origin | undefined = dataset.origin && {
    ...dataset.origin,
    ...(scorer && { scorer: scorer.hash }),
    ...(guided?.sha256 !== undefined && { guide: guided.sha256 }),
  };
  if (planned && originHash(planned) !== originHash(origin)) {
    await scorer?.dispose();
    throw new UsageError(
      `the run was planned on ${planned.says}, and what lies there now is ${origin?.says ?? 'nothing'} or has another scorer: type the command again`,
    );
  }
  const makeOptimiser = await catalogue.optimiser(spec.training.optimiser).load();
  const parts = {
    losses: await method.load(),
    draws: drawsOf(method),
    optimiser: makeOptimiser(spec.training.optimiser),
  };
  const training = trainingStep(parts, model, { ...spec, ...(guided && { guide: guided.guide }) });
  return new TrainingPrograms({
    ...{ engine, dataset, model, training },
    ...(scorer && { scorer }),
    ...(origin && { origin }),
  });
}

/** Trials may share them while they run. */
export interface EvaluationPrograms {
  readonly evaluation: Step;
  /** Only where the picture that D makes can be drawn. */
  readonly probe?: Step;
  dispose(): Promise<void>;
}

/** The part of a spec that these programs depend on. */
export function evaluatedPart(spec: ResolvedSpec, catalogue: Catalogue): object {
  const { method, data, latent, nets, evaluation } = spec;
  return { method, data, latent, nets, samples: evaluation.samples, own: ownStructure(spec, catalogue) };
}

export async function compileEvaluation(
  { parts }: TrainingPrograms,
  spec: ResolvedSpec,
  clock: Clock,
): Promise<EvaluationPrograms> {
  const { engine, dataset, model } = parts;
  const evaluation = sharedStep(await prepareEvaluation(engine, model, spec));
  const isDrawn = filmKindOf(model, dataset.dim, spec.latent.dim) !== undefined;
  const probe = isDrawn ? sharedStep(await prepareProbe(engine, model, sizesOf(dataset, spec))) : undefined;
  const steps = [evaluation, ...(probe ? [probe] : [])];
  for (const step of steps) addTimings(step, clock);
  return {
    evaluation,
    ...(probe && { probe }),
    dispose: async () => {
      for (const step of steps) await step.dispose();
    },
  };
}

export const sizesOf = ({ dim, scale }: Dataset, { latent }: Pick<ResolvedSpec, 'latent'>): Sizes => ({
  dim,
  latent: latent.dim,
  scale,
});

function addTimings({ timings }: Step, clock: Clock): void {
  clock.add('capture', timings.capture);
  clock.add('compile', timings.compile);
}
