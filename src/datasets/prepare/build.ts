/** Builds a set of pictures from its recipe's plan in a staging directory and publishes it whole. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { diskError, errorCode } from '../../disk/files.ts';
import { type Labels, labelWidth } from '../dataset.ts';
import { openImageSet, preparedManifest } from '../pictures/image-set.ts';
import { type Manifest, manifestText, setFiles } from '../pictures/manifest.ts';
import { openWriter, type PictureWriter, type Written } from './picture-writer.ts';
import type { Plan, RecipeContext, SetDescription } from './recipe.ts';
import { openStagingDirectory } from './staging-directory.ts';

/** Who is told, and who can stop it. */
export type Listener = Pick<RecipeContext, 'signal' | 'tell' | 'step'>;

export interface Prepared {
  readonly manifest: Manifest;
  /** `false` where it was there already. */
  readonly made: boolean;
}

/** What a disk says that takes no more; anything else may be of a source, and names its file itself. */
const refusals: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS'];

/** Makes a set from a plan, whether it is there or not. */
export async function build(
  dataRoot: string,
  name: string,
  plan: Plan,
  listener: Listener,
  fresh = false,
): Promise<Prepared> {
  try {
    return await buildDraft(dataRoot, name, plan, listener, fresh);
  } catch (error) {
    throw refusals.includes(errorCode(error)) ? diskError(`cannot write ${join(dataRoot, name)}`, error) : error;
  }
}

async function buildDraft(
  dataRoot: string,
  name: string,
  plan: Plan,
  listener: Listener,
  fresh: boolean,
): Promise<Prepared> {
  const { signal } = listener;
  const draft = await openStagingDirectory(dataRoot, name);
  let writer: PictureWriter | undefined;
  try {
    const about = await plan.make({
      openSet: (other) => openImageSet(dataRoot, other),
      scratch: draft.scratch,
      signal,
      tell: (line) => listener.tell(line),
      step: (...progress) => listener.step(...progress),
      async open(shape, width) {
        if (writer) throw new Error(`internal: ${name} was opened twice`);
        writer = await openWriter(draft.folder, shape, width, signal);
        return writer;
      },
    });
    if (writer === undefined) throw new Error(`internal: the recipe of ${name} wrote nothing`);
    const manifest = manifestOf(name, plan, about, await writer.finish());
    writer = undefined;
    if (manifest.heldOut === 0)
      listener.tell('no picture is held out (one of ten is): what asks for held-out pictures takes those trained on');
    await writeFile(join(draft.folder, setFiles.manifest), manifestText(manifest), { flush: true });
    signal.throwIfAborted();
    const isOurs = await draft.publish(fresh);
    return isOurs ? { manifest, made: true } : { manifest: preparedManifest(dataRoot, name), made: false };
  } finally {
    await writer?.abandon();
    await draft.discard();
  }
}

function manifestOf(name: string, { choices }: Plan, about: SetDescription, written: Written): Manifest {
  const { shape, count, heldOutFrom, sha256 } = written;
  const train = heldOutFrom ?? count - Math.floor(count / 10);
  if (train === 0) throw new UsageError(`${name}: expected pictures to train on, its source has none`);
  const { title, simulated, source, licence, labels, skipped = 0, eachChannelIs } = about;
  checkLabels(name, labels, sha256.labels);
  return {
    format: 1,
    name,
    title,
    simulated,
    source,
    ...(licence === undefined ? {} : { licence }),
    shape,
    train,
    heldOut: count - train,
    ...(labels && { labels }),
    ...(eachChannelIs === undefined ? {} : { eachChannelIs }),
    options: choices,
    skipped,
    sha256,
  };
}

function checkLabels(name: string, labels: Labels | undefined, sha256: string | undefined): void {
  const width = labels ? labelWidth(labels) : 0;
  if (width > 0 !== (sha256 !== undefined))
    throw new Error(`internal: ${name} declares labels that it did not write, or the reverse`);
}
