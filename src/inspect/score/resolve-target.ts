/** Resolves a path to what can be scored: a trial on pictures, or a folder of pictures. */
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import { preparedSetOf } from '../../catalogue/truth.ts';
import { isNumpyFile } from '../../datasets/readers/numpy-file.ts';
import { namesIn } from '../../disk/files.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Latent } from '../generator-file.ts';
import { isPictures, openTrainedModel, type TrainedModel } from '../trained-model.ts';
import { openPictureArrays } from './picture-arrays.ts';
import { openFolder, type PictureFolder } from './picture-folder.ts';
import { openPictureGenerator } from './picture-generator.ts';

export type Target =
  | {
      readonly kind: 'trial';
      readonly model: TrainedModel;
      /** The data that it was trained on. */
      readonly data: { readonly set: string; readonly size: number };
    }
  /** An ONNX file of another program. */
  | { readonly kind: 'generator'; readonly model: TrainedModel }
  | { readonly kind: 'folder'; readonly folder: PictureFolder };

interface Choice {
  /** Of a .npz of pictures: which of its arrays. */
  readonly key?: string | undefined;
  /** Law of a generator's z. */
  readonly latent?: Latent | undefined;
}

/** Files of a trial's folder by which it is known, finished or not. */
const trialFiles = ['trial.json', 'checkpoint'];

/** @throws UsageError of one line where there is neither; for a trial that is unfinished, has failed, or makes no pictures. */
export async function resolveTarget(path: string, { key, latent }: Choice = {}): Promise<Target> {
  const stat = statsOf(path);
  if (stat === undefined) {
    const near = didYouMean(basename(path), await namesIn(dirname(path)));
    throw new UsageError(`${path} is not there: expected a trial's folder or a folder of pictures${near}`);
  }
  if (stat.isFile() && isNumpyFile(path)) return { kind: 'folder', folder: await openPictureArrays(path, key) };
  if (stat.isFile() && path.toLowerCase().endsWith('.zip')) return { kind: 'folder', folder: await openFolder(path) };
  if (stat.isFile() && path.toLowerCase().endsWith('.onnx') && statsOf(join(path, '..', 'trial.json')) === undefined)
    return { kind: 'generator', model: await openPictureGenerator(path, latent) };
  if (!stat.isDirectory())
    throw new UsageError(
      `${path}: expected a trial's folder, pictures (a folder, .zip, .npy, .npz) or a generator (.onnx), this is another file`,
    );
  const names = await namesIn(path);
  if (!trialFiles.some((file) => names.includes(file))) return { kind: 'folder', folder: await openFolder(path) };
  const model = await openTrainedModel(path);
  const { record } = model;
  const data = record && preparedSetOf(record.spec.data);
  if (data && isPictures(model)) return { kind: 'trial', model, data };
  await model.close();
  throw new UsageError(
    `${path}: this trial makes points of ${model.shape[0]} numbers; expected one of pictures (npm run report has the metrics of points)`,
  );
}
