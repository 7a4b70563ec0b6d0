/** Prepares a set once: nothing where it is there as asked, else from a recipe through a draft into its place. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { diskError, errorCode } from '../../disk/files.ts';
import { type Labels, labelWidth } from '../dataset.ts';
import type { SetKind } from '../pictures/catalogue.ts';
import { preparedManifest } from '../pictures/image-set.ts';
import { type Manifest, manifestText, setFiles } from '../pictures/manifest.ts';
import { againCommand } from '../pictures/words.ts';
import { openWriter, type PictureWriter, type Written } from './picture-writer.ts';
import type { About, Plan, Typed, Work } from './recipe.ts';
import { loadRecipe } from './recipes.ts';
import { openDraft, refuseForeign } from './staging-directory.ts';

export interface Order {
  readonly kind: SetKind;
  /** The folder's name: the kind's, but for `images`. */
  readonly name: string;
  readonly typed: Typed;
  /** Replaces a set that is there. */
  readonly fresh: boolean;
}

/** Who is told, and who can stop it. */
export type Listener = Pick<Work, 'signal' | 'tell' | 'step'>;

export interface Prepared {
  readonly manifest: Manifest;
  /** `false` where it was there already. */
  readonly made: boolean;
}

/**
 * @throws UsageError where what was typed is wrong, sources are missing or broken, or the set is there but made with other
 * options; whatever `signal` was aborted with. Nothing half-made stays behind.
 */
export async function prepareSet(dataRoot: string, order: Order, listener: Listener): Promise<Prepared> {
  const { kind, name, typed, fresh } = order;
  const plan = (await loadRecipe(kind))(typed);
  if (fresh) await refuseForeign(dataRoot, name);
  else if (existsSync(join(dataRoot, name))) {
    const manifest = preparedManifest(dataRoot, name);
    refuseOtherChoices(dataRoot, manifest, plan, typed);
    return { manifest, made: false };
  }
  return build(dataRoot, name, plan, listener, fresh);
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
  const draft = await openDraft(dataRoot, name);
  let writer: PictureWriter | undefined;
  try {
    const about = await plan.make({
      dataRoot,
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
    await writeFile(join(draft.folder, setFiles.manifest), manifestText(manifest), { flush: true });
    signal.throwIfAborted();
    const isOurs = await draft.publish(fresh);
    return isOurs ? { manifest, made: true } : { manifest: preparedManifest(dataRoot, name), made: false };
  } finally {
    await writer?.abandon();
    await draft.discard();
  }
}

function manifestOf(name: string, { choices }: Plan, about: About, written: Written): Manifest {
  const { shape, count, heldOutFrom, sha256 } = written;
  const train = heldOutFrom ?? count - Math.floor(count / 10);
  if (train === 0) throw new UsageError(`${name}: expected pictures to train on, its source has none`);
  const { title, simulated, source, labels, skipped = 0, eachChannelIs } = about;
  checkLabels(name, labels, sha256.labels);
  return {
    format: 1,
    name,
    title,
    simulated,
    source,
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

/** Only what was typed is compared: a set is as it was made, whatever the defaults are. */
function refuseOtherChoices(dataRoot: string, manifest: Manifest, { choices }: Plan, typed: Typed): void {
  const { name, options } = manifest;
  // `download` stands in no manifest: it says how to get the source, not what is made of it.
  const other = Object.keys(typed).find((option) => choices[option] !== options[option]);
  if (other === undefined) return;
  const has = options[other] === undefined ? `without --${other}` : `with --${other} ${options[other]}`;
  const again = againCommand(dataRoot, { name, options: choices });
  throw new UsageError(
    `${join(dataRoot, name)} is there, made ${has}; you ask for --${other} ${choices[other]}, to replace it: ${again}`,
  );
}
