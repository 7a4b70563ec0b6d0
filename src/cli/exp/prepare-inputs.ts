/** Prepares what trials read before workers start: sets of pictures, and the classifiers that judge them or guide. */
import { scorerOf, wantsClassifier } from '../../catalogue/wants-classifier.ts';
import type { PreparedSet } from '../../datasets/data-kind.ts';
import { openSized } from '../../datasets/pictures/image-dataset.ts';
import { cardToPrepare, ensureImages } from '../../datasets/prepare-set.ts';
import type { Plan } from '../../experiment/plan.ts';
import { placeOf } from '../../scorers/own-place.ts';
import { fewerThanFeatures } from '../../scorers/scorer.ts';

type Trials = Pick<Plan, 'trials' | 'experiment'>;

/**
 * Makes what the project can make by itself, and says so in a line each. Throws UsageError of one line for a set that the
 * user has to bring, and for sets and scorers that trials cannot use.
 */
export async function prepareInputs(
  plan: Trials,
  dataRoot: string,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { pictures, classified, scorers } = inputsOf(plan);
  for (const set of new Set(pictures.map(({ set }) => set))) await ensureImages(dataRoot, set, tell, signal);
  for (const prepared of pictures) openSized(prepared, dataRoot);
  await checkScorers(scorers, tell);
  if (classified.length === 0) return;
  // Training needs tfjs, which is heavy.
  const { ownScorerFile } = await import('../../scorers/own.ts');
  for (const prepared of classified) await ownScorerFile(prepared, dataRoot, tell);
}

/** Makes nothing, and throws where `prepareInputs` would, as far as that can be known without sets that it would make. */
export async function checkInputs(plan: Trials, dataRoot: string): Promise<void> {
  const { pictures, classified, scorers } = inputsOf(plan);
  const there = pictures.filter(({ set }) => cardToPrepare(dataRoot, set) === undefined);
  for (const prepared of there) openSized(prepared, dataRoot);
  await checkScorers(scorers);
  for (const prepared of classified) if (there.includes(prepared)) placeOf(prepared, dataRoot);
}

interface Inputs {
  readonly pictures: readonly PreparedSet[];
  /** Those of `pictures` for which a classifier is trained. */
  readonly classified: readonly PreparedSet[];
  /** Paths of scorers that the user brings, with the least number of samples that one judges. */
  readonly scorers: ReadonlyMap<string, number>;
}

function inputsOf({ trials, experiment: { catalogue } }: Trials): Inputs {
  const pictures = new Map<string, PreparedSet>();
  const classified = new Set<PreparedSet>();
  const scorers = new Map<string, number>();
  for (const { spec } of trials) {
    const model = scorerOf(spec, catalogue)?.model ?? 'own';
    if (model !== 'own')
      scorers.set(model, Math.min(spec.evaluation.samples, scorers.get(model) ?? Number.POSITIVE_INFINITY));
    const prepared = catalogue.data(spec.data).prepared(spec.data);
    if (prepared === undefined) continue;
    const key = JSON.stringify(prepared);
    const known = pictures.get(key) ?? prepared;
    pictures.set(key, known);
    if (wantsClassifier(spec, catalogue)) classified.add(known);
  }
  return { pictures: [...pictures.values()], classified: [...classified], scorers };
}

async function checkScorers(
  asked: ReadonlyMap<string, number>,
  tell: (line: string) => void = () => {},
): Promise<void> {
  if (asked.size === 0) return;
  const { openScorer } = await import('../../scorers/onnx-scorer.ts'); // onnxruntime
  for (const [path, samples] of asked) {
    const scorer = await openScorer(path);
    await scorer.dispose();
    if (samples <= scorer.features) tell(fewerThanFeatures(samples, scorer));
  }
}
