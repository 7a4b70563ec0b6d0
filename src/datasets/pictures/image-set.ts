/** Opens a prepared set of pictures for reading by index, training part first. Its files are checked before use. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brief } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import { byteStream } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { labelWidth } from '../dataset.ts';
import { toFloats } from './bytes-to-floats.ts';
import { type Manifest, readManifest, type SetDescription, setFiles, setHash } from './manifest.ts';
import { againCommand, missingText } from './set-messages.ts';
import { isSetName } from './set-name.ts';
import { changedText, storedBytes } from './stored-bytes.ts';

export interface ImageSet extends SetDescription {
  /** One hash of all its pictures and labels and of how they are read. */
  readonly sha256: string;
  /** Copies picture `index`, row-major `[height, width, channels]`, bytes 0 … 255, to the start of `into`. */
  read(index: number, into: Uint8Array): void;
  /** The same as numbers in [−1, 1], to `into` from `at`. Allocates nothing. */
  readFloats(index: number, into: Float32Array, at: number): void;
  /** A byte a head or an attribute; empty where the set has no labels. */
  labelsOf(index: number): Uint8Array;
}

/**
 * Opens the set `name` in the folder `dataRoot`. The hash of its pictures is checked when the first one is read.
 *
 * @throws UsageError of one line, with the command that helps, where it is missing, damaged or not one of ours.
 */
export function openImageSet(dataRoot: string, name: string): ImageSet {
  const manifest = preparedManifest(dataRoot, name);
  const { format: _, options: __, skipped: ___, sha256, ...description } = manifest;
  const { shape, train, heldOut, labels } = description;
  const pictureBytes = shape[0] * shape[1] * shape[2];
  const width = labels ? labelWidth(labels) : 0;
  const advice = againCommand(dataRoot, manifest);
  const count = train + heldOut;
  const path = (kind: 'images' | 'labels') => fileOf(dataRoot, manifest, kind)[0];
  const images = storedBytes(path('images'), { count, length: pictureBytes }, sha256.images, advice);
  const bytesOfLabels =
    sha256.labels === undefined
      ? undefined
      : storedBytes(path('labels'), { count, length: width }, sha256.labels, advice);
  return {
    ...description,
    sha256: setHash(manifest),
    read(index, into) {
      const { bytes, from } = images.find(index);
      into.set(bytes.subarray(from, from + pictureBytes));
    },
    readFloats(index, into, at) {
      const { bytes, from } = images.find(index);
      toFloats(bytes, from, pictureBytes, into, at);
    },
    labelsOf(index) {
      if (bytesOfLabels === undefined) return new Uint8Array(0);
      const { bytes, from } = bytesOfLabels.find(index);
      return bytes.slice(from, from + width);
    },
  };
}

/** Reads the manifest of a prepared set and checks the sizes of its files. Throws a UsageError as `openImageSet` does. */
export function preparedManifest(dataRoot: string, name: string): Manifest {
  if (!isSetName(name))
    throw new UsageError(`expected the name of a data set, small letters, digits and dashes; got ${brief(name)}`);
  const folder = join(dataRoot, name);
  const manifest = readManifest(folder);
  if (manifest === undefined) {
    if (statsOf(folder) === undefined) throw new UsageError(missingText(dataRoot, name));
    throw new UsageError(
      `${folder} is there, but is no prepared set (no ${setFiles.manifest}): move it away and prepare the set from there`,
    );
  }
  if (manifest.name !== name)
    throw new UsageError(`${folder}: expected the set '${name}', its manifest is of ${brief(manifest.name)}`);
  for (const kind of ['images', 'labels'] as const) {
    if (manifest.sha256[kind] === undefined) continue;
    const [path, size] = fileOf(dataRoot, manifest, kind);
    const found = statsOf(path)?.size;
    if (found !== size) {
      const has = found === undefined ? 'is missing' : `has ${found} bytes`;
      throw new UsageError(
        `${path}: expected ${size} bytes, it ${has}; make it again with ${againCommand(dataRoot, manifest)}`,
      );
    }
  }
  return manifest;
}

/** Checks every byte of a prepared set, however large. Throws a UsageError where one has changed. */
export async function verifyImageSet(dataRoot: string, name: string): Promise<Manifest> {
  const manifest = preparedManifest(dataRoot, name);
  for (const kind of ['images', 'labels'] as const) {
    const expected = manifest.sha256[kind];
    if (expected === undefined) continue;
    const [path] = fileOf(dataRoot, manifest, kind);
    const hash = createHash('sha256');
    await pipeline(byteStream(path), hash);
    if (hash.digest('hex') !== expected) throw new UsageError(changedText(path, againCommand(dataRoot, manifest)));
  }
  return manifest;
}

function fileOf(dataRoot: string, manifest: Manifest, kind: 'images' | 'labels'): [path: string, size: number] {
  const { shape, labels, train, heldOut, name } = manifest;
  const each = kind === 'images' ? shape[0] * shape[1] * shape[2] : labels ? labelWidth(labels) : 0;
  return [join(dataRoot, name, setFiles[kind]), (train + heldOut) * each];
}
