/**
 * Reads an ONNX file that a user brings, with the files beside it that hold its weights. They are known by name before anything
 * is loaded: onnxruntime looks for them in the folder where the program was started, and takes what lies there.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brief } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { byteStream, readBytes } from '../disk/read-file.ts';
import { externalPlaces } from '../engine/onnx/external-data.ts';

export interface OnnxParts {
  readonly bytes: Uint8Array;
  /** Paths of the files that hold weights, sorted by the names that the file has for them; most files have none. */
  readonly weights: readonly string[];
  /** What a session is opened from. */
  readonly model: Uint8Array | string;
}

/** Throws UsageError of one line for weights that are not there or lie outside of the file's folder; else as `readBytes` does. */
export async function readOnnx(path: string): Promise<OnnxParts> {
  const bytes = await readBytes(path);
  const weights = externalPlaces(bytes).map((name) => placeOf(path, name));
  return { bytes, weights, model: weights.length === 0 ? bytes : resolve(path) };
}

function placeOf(path: string, name: string): string {
  const parts = name.split(/[\\/]/);
  if (name === '' || isAbsolute(name) || /^[A-Za-z]:/.test(name) || parts.includes('..') || name.includes('\0'))
    throw new UsageError(`${path}: expected weights in its own folder, it names ${brief(name)}`);
  const place = join(dirname(path), ...parts);
  if (statSync(place, { throwIfNoEntry: false }) === undefined)
    throw new UsageError(`${path}: its weights lie in ${place}, which is not there: copy that file beside it`);
  return place;
}

/** SHA-256 (hex) of each, in their order. They may be larger than memory. */
export async function hashesOf(weights: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const path of weights) {
    const hash = createHash('sha256');
    await pipeline(byteStream(path), hash);
    hashes.push(hash.digest('hex'));
  }
  return hashes;
}
