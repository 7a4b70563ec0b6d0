/** Runs one scoring from a path to its document. Everything that can be wrong is opened before many pictures are read. */

import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Origin } from '../../catalogue/origin.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import { ensureImages } from '../../datasets/prepare-set.ts';
import { fewerThanFeatures } from '../../scorers/scorer.ts';
import { provenance } from '../../trial/outputs/provenance.ts';
import type { Latent } from '../generator-file.ts';
import { type CheckedScorer, openCheckedScorer } from './check-scorer.ts';
import { collectScores, type KnownReal } from './collect-scores.ts';
import { type ScoreDocument, scoreDocument } from './document.ts';
import { folderSource } from './folder-source.ts';
import { checkSetName, openReal, type RealPictures, realCounts } from './real-pictures.ts';
import { resolveTarget, type Target } from './resolve-target.ts';
import { scoresOf } from './scores.ts';
import { fewPictures, usual } from './settings.ts';
import type { Source } from './source.ts';
import { trialSource } from './trial-source.ts';
import { unusableNotes, unusableOutputs } from './unusable.ts';

/** A request to score; paths are absolute, absent settings take their defaults. */
export interface ScoreRequest {
  readonly path: string;
  readonly against?: string;
  /** Of a .npz of pictures: which of its arrays. */
  readonly key?: string;
  /** Law of z, for an ONNX file. */
  readonly latent?: Latent;
  /** Path of an ONNX file; absent for the project's own classifier. */
  readonly scorer?: string;
  readonly samples?: number;
  readonly size?: number;
  readonly splits: number;
  readonly seed: number;
  readonly dataRoot: string;
  /** Of earlier requests with the same set, scorer and seed. */
  readonly known?: KnownReal;
}

export interface Listener {
  readonly tell: (line: string) => void;
  /** Is called with the number of scored pictures, and how many there are at most. */
  readonly step: (done: number, of: number) => void;
}

export interface Scored {
  readonly document: ScoreDocument;
  /** For a trial: its folder, and the size of its pictures. */
  readonly trial?: { readonly folder: string; readonly size: number };
}

/** @throws UsageError of one line for whatever the user can fix. */
export async function score(request: ScoreRequest, listener: Listener): Promise<Scored> {
  const { path, dataRoot, scorer } = request;
  if (request.against !== undefined) await checkSetName(request.against, dataRoot);
  const found = await resolveTarget(path, request);
  const closing: (() => Promise<void>)[] = [];
  if (found.kind !== 'folder') closing.push(() => found.model.close());
  try {
    const pictures = picturesFor(request, found);
    await ensureImages(dataRoot, pictures.set, listener.tell);
    const real = openReal(pictures.set, pictures.size, dataRoot);
    const source = sourceOf(request, found, real.dataset.shape);
    const samples = request.samples ?? Math.min(usual.samples, real.set.train, mostOf(found));
    realCounts(real, samples); // refuses more than there are
    const fitting = await openCheckedScorer(
      scorer ?? (await ownScorer(pictures, dataRoot, listener.tell)),
      real.dataset.shape,
    );
    closing.push(() => fitting.scorer.dispose());
    const origin = found.kind === 'trial' && request.against === undefined ? found.model.record?.origin : undefined;
    const document = await documentOf(request, { source, real, fitting, samples, origin }, listener);
    return {
      document,
      ...(found.kind === 'trial' && { trial: { folder: found.model.folder, size: found.data.size } }),
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** A folder has no more pictures than files; that two are needed is checked when it is read. */
export const mostOf = (found: Target): number =>
  found.kind === 'folder' ? Math.max(2, found.folder.files.length) : Number.POSITIVE_INFINITY;

/** The set to compare with, and the size that both sides are resized to. */
function picturesFor({ against, size }: ScoreRequest, found: Target): { readonly set: string; readonly size: number } {
  if (found.kind === 'trial') return { set: against ?? found.data.set, size: size ?? found.data.size };
  if (against === undefined)
    throw new UsageError('expected --against <data set> for pictures (npm run data -- --list shows them)');
  return { set: against, size: size ?? sideOf(found) };
}

/** Pixels a side of what is scored. Throws UsageError where it is no square. */
export function sideOf(found: Exclude<Target, { readonly kind: 'trial' }>): number {
  if (found.kind === 'folder') {
    const { side, path, first } = found.folder;
    if (side !== undefined) return side;
    throw new UsageError(`${path}: expected squares, got ${first}; --size <pixels> cuts their middle squares`);
  }
  const { shape, name } = found.model;
  const [height = 1, width = 1] = shape;
  if (height === width) return height;
  throw new UsageError(`${name}: expected squares, it makes ${width} × ${height}; --size <pixels> brings them to one`);
}

/** @param shape of what it is compared with. */
export function sourceOf({ seed, samples, size }: ScoreRequest, found: Target, shape: readonly number[]): Source {
  if (found.kind !== 'folder') return trialSource(found.model, shape, seed);
  const { files, path } = found.folder;
  if (samples !== undefined && samples > files.length)
    throw new UsageError(`--samples: expected at most ${files.length}, the files in ${path}; got ${samples}`);
  return folderSource(found.folder, { shape, resizes: size !== undefined, exactly: samples !== undefined, seed });
}

async function ownScorer(
  pictures: { readonly set: string; readonly size: number },
  dataRoot: string,
  tell: (line: string) => void,
): Promise<string> {
  // Training needs tfjs, which is heavy.
  const { ownScorerFile } = await import('../../scorers/own.ts');
  try {
    return await ownScorerFile(pictures, dataRoot, tell);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace(/^scorer\.model:/, '--scorer:'));
  }
}

interface Opened {
  readonly source: Source;
  readonly real: RealPictures;
  readonly fitting: CheckedScorer;
  readonly samples: number;
  /** What the trial read, where it is scored against its own data. */
  readonly origin: Origin | undefined;
}

async function documentOf(
  { splits, seed, known }: ScoreRequest,
  { source, real, fitting, samples, origin }: Opened,
  { tell, step }: Listener,
): Promise<ScoreDocument> {
  const { scorer } = fitting;
  const of = (source.reconstruct && scorer.labels ? 4 : 3) * samples;
  const gathered = await collectScores({
    ...{ source, real, scorer, samples, seed, step: (done: number) => step(done, of) },
    ...(known && { known }),
  });
  const { generated, secondReal } = gathered.counts;
  tell(`scores in ${gathered.real.features.dim} features`);
  const choices = { splits, seed };
  const scores = scoresOf(gathered, scorer.labels, real.dataset, choices);
  const unusable = unusableOutputs(gathered);
  const notes = [
    ...source.afterwards().notes,
    ...otherData(origin, real.dataset),
    ...unusableNotes(unusable, gathered),
    ...(generated < fewPictures ? [`${generated} pictures: scores of fewer than ${fewPictures} mean little`] : []),
    ...(generated <= scorer.features ? [fewerThanFeatures(generated, scorer)] : []),
    ...fewerSecondReal(secondReal, generated, real.set.name),
  ];
  const facts = { source, fitting, real, gathered, unusable, scores, choices, notes };
  return scoreDocument({ ...facts, made: provenance() });
}

/** A prepared set may have been made again since the trial was trained. */
function otherData(origin: Origin | undefined, { origin: here }: Dataset): string[] {
  if (origin?.data === undefined || here === undefined || origin.data === here.data) return [];
  return [`the trial saw other data (${origin.says}): these scores are against what lies there now (${here.says})`];
}

/** The Fréchet distance and its like depend on how many examples there are: what real data score with fewer is no bound. */
function fewerSecondReal(secondReal: number, generated: number, set: string): string[] {
  if (secondReal >= generated) return [];
  if (secondReal < 2) return [`real against real: none, ${set} has no further examples`];
  return [
    `real against real: ${set} has ${countText(secondReal)} further examples, which score worse than as many as the samples would`,
  ];
}
