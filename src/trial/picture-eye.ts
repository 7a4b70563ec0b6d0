/** Looks at pictures as somebody plays: a sheet of samples, and the shares of their classes where a classifier is there already. */
import { existsSync } from 'node:fs';
import { UsageError } from '../base/usage-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { wantsClassifier } from '../catalogue/wants-classifier.ts';
import { needsScorer } from '../metrics/needs.ts';
import { placeOf } from '../scorers/own-place.ts';
import { Evaluator, prepareEvaluation } from './evaluator.ts';
import { type SheetLook, sheetLook } from './outputs/sheet-look.ts';
import type { Weights } from './probe.ts';
import type { TrainingPrograms } from './programs.ts';

/** … and of pictures. */
export interface PicturesLook extends SheetLook {
  readonly kind: 'pictures';
}

/** Samples that are judged, of which a sheet shows the first. */
const samples = 100;
const sheet = { columns: 8, rows: 6, side: 48 };

export async function pictureEye({ parts }: TrainingPrograms, spec: ResolvedSpec) {
  const { dataset, model, engine, scorer } = parts;
  const short = { ...spec, evaluation: { ...spec.evaluation, samples } };
  const step = await prepareEvaluation(engine, model, short);
  const evaluator = new Evaluator(step, short, dataset, [], scorer);
  return {
    async look(at: number, { players }: Weights): Promise<PicturesLook> {
      const look = await sheetLook(await evaluator.inputs(players), at, sheet);
      if (look === undefined) throw new UsageError('method: expected one that makes pictures');
      return { kind: 'pictures', ...look };
    },
    dispose: () => step.dispose(),
  };
}

/**
 * A spec without the measures of a classifier that nobody has trained yet: that takes minutes and is kept beside the set, and
 * who plays writes nothing.
 *
 * @throws UsageError where the method itself is guided by it.
 */
export function judgedNow(spec: ResolvedSpec, catalogue: Catalogue, dataRoot: string): ResolvedSpec {
  const card = catalogue.data(spec.data);
  const prepared = card.prepared(spec.data);
  if (prepared === undefined || !wantsClassifier(spec, catalogue) || existsSync(placeOf(prepared, dataRoot).path))
    return spec;
  if (catalogue.method(spec.method).needsGuide)
    throw new UsageError(`${spec.method} is guided by a classifier of ${prepared.set}, which a run trains first`);
  return { ...spec, measures: spec.measures.filter((measure) => !needsScorer([catalogue.metric(measure)], card)) };
}
