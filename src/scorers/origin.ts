/**
 * Finds out which files a trial would read, by their bytes, without opening a network: a plan asks it before it says which trials
 * are there already. The trial itself says what it did read (src/trial/programs.ts), by the same hashes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Origin } from '../catalogue/origin.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { scorerOf } from '../catalogue/wants-classifier.ts';
import type { PreparedSet } from '../datasets/data-kind.ts';
import { preparedOrigin } from '../datasets/pictures/image-dataset.ts';
import { openImageSet } from '../datasets/pictures/image-set.ts';
import { readBytes } from '../disk/read-file.ts';
import { besides, placeOf } from './own-place.ts';
import { readScorerFile } from './scorer-file.ts';

/**
 * The origin of trials of a spec; `undefined` for points, and where something that the project makes by itself is not there yet.
 * Each distinct one is looked up once. Throws UsageError for what the user brought and is not there or not sound.
 */
export function originReader(
  catalogue: Catalogue,
  dataRoot: string,
): (spec: ResolvedSpec) => Promise<Origin | undefined> {
  const known = new Map<string, Promise<Origin | undefined>>();
  return (spec) => {
    const pictures = catalogue.data(spec.data).prepared(spec.data);
    if (pictures === undefined) return Promise.resolve(undefined);
    const judge = scorerOf(spec, catalogue)?.model;
    const { needsGuide } = catalogue.method(spec.method);
    const key = JSON.stringify([pictures, judge, needsGuide]);
    const origin = known.get(key) ?? originOf(pictures, judge, needsGuide, dataRoot);
    known.set(key, origin);
    return origin;
  };
}

async function originOf(
  pictures: PreparedSet,
  judge: string | undefined,
  isGuided: boolean,
  dataRoot: string,
): Promise<Origin | undefined> {
  const isThere = (set: string) => existsSync(join(dataRoot, set));
  if (!isThere(pictures.set)) return undefined;
  const set = openImageSet(dataRoot, pictures.set);
  const origin = preparedOrigin(set, pictures.size);
  if (judge !== 'own' && !isGuided)
    return { ...origin, ...(judge !== undefined && { scorer: (await readScorerFile(judge)).hash }) };
  if (!isThere(set.eachChannelIs ?? pictures.set)) return undefined;
  const { path } = placeOf(pictures, dataRoot);
  if (!existsSync(path)) return undefined;
  return {
    ...origin,
    ...(judge !== undefined && { scorer: (await readScorerFile(judge === 'own' ? path : judge)).hash }),
    ...(isGuided && { guide: sha256(await readBytes(besides(path, 'f32'))) }),
  };
}

/** Of a guide's weights. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
