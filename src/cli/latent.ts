/**
 * `latent` explores a trial's latent space: checks its arguments, writes the resulting files to a folder and prints the
 * figures.
 */
import { join, resolve } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { plural } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { wholeNumber } from '../base/whole-number.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { preparedSetOf } from '../catalogue/truth.ts';
import { writeWhole } from '../disk/files.ts';
import type { Findings } from '../inspect/latent/findings.ts';
import { heldOut, type InputImages, readInputImages } from '../inspect/latent/input-images.ts';
import { pathNames, usualPath } from '../inspect/latent/paths.ts';
import { type AssumedPrior, isPictures, openTrainedModel, type TrainedModel } from '../inspect/trained-model.ts';
import { ExitCode } from './exit.ts';
import { type LatentArguments, type LatentWhat, latentTakes } from './latent-options.ts';
import { indicesOf, listOf, numberFrom, oneOf } from './parsed-arguments.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';
import { trialPath } from './trial-path.ts';

const priors: readonly AssumedPrior[] = ['uniform', 'normal'];
/** Limits that keep sheets readable and animations within memory. */
const most = { ends: 24, steps: 60, reconstructed: 1_000, inverted: 100, iterations: 100_000 };

/** Inputs of an exploration. */
interface Work {
  readonly given: LatentArguments;
  readonly model: TrainedModel;
  readonly dataRoot: string;
  readonly seed: number;
}

/** Checks the arguments before the trial is opened, and everything else before anything is computed or written. */
type Exploration = (given: LatentArguments) => (work: Work) => Promise<() => Promise<Findings>>;

export async function runLatent(given: LatentArguments, root: string): Promise<number> {
  const what = whatOf(given.what);
  refuseForeign(what, given);
  const seed = wholeNumber('seed', given.seed, 0, [0, Number.MAX_SAFE_INTEGER]);
  const prior = given.prior === undefined ? undefined : oneOf('prior', given.prior, priors);
  const prepare = explorations[what](given);
  const from = callersFolder();
  const store = folderOf(given.store, root, 'results');
  const model = await openTrainedModel(await trialPath(given.trial, store), prior);
  try {
    const dataRoot = folderOf(given.data, root, 'data');
    const explore = await prepare({ given, model, dataRoot, seed });
    const out = checkStore(given.out === undefined ? usualOut(root, model) : resolve(from, given.out), false, '--out');
    const { files, lines } = await explore();
    for (const [name, content] of Object.entries(files)) await writeWhole(join(out, name), content);
    print([headOf(model), ...lines].join('\n'));
    print(`Files in ${fromHere(out)}: ${Object.keys(files).join(', ')}`);
    return ExitCode.done;
  } finally {
    await model.close();
  }
}

const explorations: Readonly<Record<LatentWhat, Exploration>> = {
  interpolate(typed) {
    const points = wholeNumber('points', typed.points, 6, [2, most.ends]);
    const steps = wholeNumber('steps', typed.steps, 10, [2, most.steps]);
    const path = typed.path === undefined ? undefined : oneOf('path', typed.path, pathNames);
    const between = typed.between === undefined ? undefined : listOf('between', typed.between);
    if (between && typed.points !== undefined)
      throw new UsageError('--points: draws of the prior; not together with --between, which names pictures');
    if (between && between.length < 2)
      throw new UsageError(`--between: expected two pictures or more, a.png,b.png; got '${typed.between}'`);
    return async ({ model, seed }) => {
      const { encodedEnds, interpolate, randomEnds } = await import('../inspect/latent/interpolate.ts');
      if (between) needEncoder(model, '--between');
      const pictures = between && (await picturesNamed(between, model, most.ends, '--between'));
      return async () =>
        interpolate(model, pictures ? await encodedEnds(model, pictures) : randomEnds(model, points, seed), {
          steps,
          path: path ?? usualPath(model.prior),
        });
    };
  },
  reconstruct(typed) {
    const count = wholeNumber('count', typed.count, 30, [1, most.reconstructed]);
    return async (work) => {
      needEncoder(work.model, 'reconstruct');
      const { reconstruct } = await import('../inspect/latent/reconstruct.ts');
      const pictures = await examplesOf(work, count);
      return () => reconstruct(work.model, pictures);
    };
  },
  invert(typed) {
    const count = wholeNumber('count', typed.count, 8, [1, most.inverted]);
    const iterations = wholeNumber('iterations', typed.iterations, 300, [1, most.iterations]);
    const rate = numberFrom('rate', typed.rate, 0.05, true);
    const weight = numberFrom('features', typed.features, 0.1, false);
    const start = typed.start === undefined ? undefined : oneOf('start', typed.start, ['random', 'encoder', 'both']);
    return async (work) => {
      const { model, dataRoot, seed } = work;
      const data = trialOf(model, 'invert').spec.data;
      if (start === 'encoder' || start === 'both') needEncoder(model, `--start ${start}`);
      const chosen = start ?? (model.encode ? 'both' : 'random');
      const starts = chosen === 'both' ? (['random', 'encoder'] as const) : [chosen];
      const pictures = await examplesOf(work, count);
      return async () => {
        const { openFeatureNet } = await import('../inspect/latent/feature-net.ts');
        const net =
          weight > 0 ? await openFeatureNet(preparedSetOf(data), dataRoot, remark) : { lacking: '--features 0' };
        const features = 'lacking' in net ? undefined : { net, weight };
        const { invert } = await import('../inspect/latent/invert.ts');
        const { distanceText, inversionFindings } = await import('../inspect/latent/inversion-findings.ts');
        const distance = distanceText(isPictures(model));
        const request = { starts, iterations, rate, seed, ...(features && { features }) };
        return inversionFindings(model, pictures, await invert(model, pictures.points, request), [
          `${iterations} iterations of Adam on z, rate ${rate} falling to 0`,
          'lacking' in net
            ? `${distance} alone (${net.lacking})`
            : `${distance} + ${weight} · relative squared distance of ${net.description}`,
        ]);
      };
    };
  },
  traverse(typed) {
    const dimensions = typed.dimensions === undefined ? undefined : indicesOf('dimensions', typed.dimensions);
    const steps = wholeNumber('steps', typed.steps, 9, [2, most.steps]);
    const range = numberFrom('range', typed.range, 1, true);
    return async ({ model, seed }) => {
      const { traversal, traverse } = await import('../inspect/latent/traverse.ts');
      const request = { ...(dimensions && { dimensions }), steps, range, seed };
      traversal(model, request); // refuses dimensions that are not there
      return () => traverse(model, request);
    };
  },
};

function whatOf(typed: string): LatentWhat {
  const names = Object.keys(latentTakes) as LatentWhat[]; // its keys
  const found = names.find((name) => name === typed);
  if (found !== undefined) return found;
  throw new UsageError(`latent: expected one of ${names.join(', ')}; got '${typed}'${didYouMean(typed, names)}`);
}

/** Refuses options of other explorations, which would have no effect. */
function refuseForeign(what: LatentWhat, given: LatentArguments): void {
  const own: readonly string[] = latentTakes[what];
  for (const [other, takes] of Object.entries(latentTakes)) {
    const foreign = takes.find((name) => given[name] !== undefined && !own.includes(name));
    if (foreign === undefined) continue;
    throw new UsageError(
      `--${foreign} is an option of ${other}; ${what} takes ${own.map((name) => `--${name}`).join(', ')}`,
    );
  }
}

function trialOf({ record }: TrainedModel, what: string): NonNullable<TrainedModel['record']> {
  if (record) return record;
  throw new UsageError(`${what}: needs more than a generator.onnx; expected the folder of its trial`);
}

function needEncoder(model: TrainedModel, what: string): void {
  if (model.encode) return;
  const { spec } = trialOf(model, what);
  const having = builtIn.cards.methods.filter(({ networks }) => networks.length === 2).map(({ name }) => name);
  throw new UsageError(`${what}: ${spec.method} has no encoder; methods with one: ${having.join(', ')}`);
}

/** The named pictures, or held-out examples of the trial's data. */
function examplesOf({ given, model, dataRoot, seed }: Work, count: number): InputImages | Promise<InputImages> {
  if (given.pictures !== undefined)
    return picturesNamed(listOf('pictures', given.pictures), model, count, '--pictures');
  return heldOut(trialOf(model, given.what).spec.data, dataRoot, count, seed);
}

function picturesNamed(
  paths: readonly string[],
  model: TrainedModel,
  count: number,
  option: string,
): Promise<InputImages> {
  if (!isPictures(model))
    throw new UsageError(
      `${option}: ${model.name} makes points of ${plural(model.shape[0] ?? 1, 'number')}, no pictures`,
    );
  const from = callersFolder();
  return readInputImages(
    paths.map((path) => resolve(from, path)),
    model.shape,
    count,
    option,
  );
}

function usualOut(root: string, { record, name }: TrainedModel): string {
  return record
    ? join(root, 'reports', record.spec.experiment, 'latent', record.id)
    : join(root, 'reports', 'latent', name);
}

function headOf({ name, record, shape }: TrainedModel): string {
  const of = record ? `${record.spec.experiment}, ` : '';
  return `${name} (${of}${shape.length === 1 ? `points of ${plural(shape[0] ?? 1, 'number')}` : `pictures of ${shape.join(' × ')}`})`;
}
