/** `score` of a generator: a trial's own, or an ONNX file of any program, sampled here. */
import { openModel, parseLatent } from '../inspect/generator-file.ts';
import { drawFrom, makesPoints } from '../inspect/points/generator.ts';
import { storeName } from '../inspect/points/groups.ts';
import { trialReference } from '../inspect/points/reference.ts';
import { scoreSource } from '../inspect/points/score-points.ts';
import { callersFolder, folderOf } from './paths.ts';
import type { ScoreArguments } from './score-options.ts';
import { askedOf, conclude, referenceOf } from './score-points.ts';

/** Points of a generator alone, where no experiment says how many. */
const usualSamples = 2_500;

/** @returns the exit code; `undefined` for a generator of pictures. */
export async function runGeneratorScore(
  path: string,
  given: ScoreArguments,
  root: string,
): Promise<number | undefined> {
  const latent = given.latent === undefined ? undefined : parseLatent(given.latent);
  const model = await openModel(path, latent);
  try {
    if (!makesPoints(model)) return undefined;
    const from = callersFolder();
    const { record } = model;
    const spec = record?.spec;
    // A trial is scored as it was evaluated: with its own seed, so that the figures are those of its row.
    const asked = askedOf({ ...given, ...(given.seed === undefined && spec && { seed: String(spec.seed) }) });
    const dataRoot = folderOf(given.data, root, 'data');
    const reference =
      given.against === undefined && spec
        ? trialReference(spec, dataRoot)
        : await referenceOf(given, asked.seed, from, root);
    const count = asked.wanted ?? reference.spec?.evaluation.samples ?? usualSamples;
    const source = await drawFrom(model, path, count, asked.seed, latent);
    const scored = scoreSource(source, reference, { ...asked, wanted: count }, new Map());
    const place = { method: storeName(given.name ?? model.name), seed: asked.seed };
    return await conclude([{ ...scored, place }], reference, asked, given, root);
  } finally {
    await model.close();
  }
}
