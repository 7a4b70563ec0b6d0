/** Looks at pictures as somebody plays: a sheet of samples, and the shares of their classes where a classifier is there already. */
import { existsSync } from 'node:fs';
import { firstPoints } from '../base/points.ts';
import { UsageError } from '../base/usage-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { wantsClassifier } from '../catalogue/wants-classifier.ts';
import type { ModeShares } from '../metrics/class-coverage.ts';
import { needsScorer } from '../metrics/needs.ts';
import { sheetPng } from '../pictures/sheet.ts';
import { placeOf } from '../scorers/own-place.ts';
import { Evaluator, prepareEvaluation } from './evaluator.ts';
import { sharesOf } from './outputs/pictures.ts';
import type { Weights } from './probe.ts';
import type { TrainingPrograms } from './programs.ts';

/** … and of pictures. */
export interface PicturesLook {
  readonly kind: 'pictures';
  readonly step: number;
  /** PNG of `columns × rows` samples. */
  readonly png: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly shares: readonly ModeShares[];
}

/** Samples that are judged, of which a sheet shows the first. */
const samples = 100;
const sheet = { columns: 8, rows: 6, side: 48 };

export async function pictureEye({ parts }: TrainingPrograms, spec: ResolvedSpec) {
  const { dataset, model, engine, scorer } = parts;
  const short = { ...spec, evaluation: { ...spec.evaluation, samples } };
  const step = await prepareEvaluation(engine, model, short);
  const evaluator = new Evaluator(step, short, dataset, [], scorer);
  const { columns, rows, side } = sheet;
  return {
    async look(at: number, { players }: Weights): Promise<PicturesLook> {
      const inputs = await evaluator.inputs(players);
      if (inputs.generated === undefined) throw new UsageError('method: expected one that makes pictures');
      const shown = firstPoints(inputs.generated, columns * rows);
      const png = await sheetPng(shown, dataset.shape, { columns, side });
      return { kind: 'pictures', step: at, png, columns, rows, shares: sharesOf(inputs) };
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
