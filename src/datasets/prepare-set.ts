/** Prepares a set of pictures where it is not there as asked, with the sets that it is made of. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { preparedManifest } from './pictures/image-set.ts';
import type { Manifest } from './pictures/manifest.ts';
import { againCommand, missingText, optionText } from './pictures/set-messages.ts';
import { build, type Listener, type Prepared } from './prepare/build.ts';
import type { Plan, TypedOptions } from './prepare/recipe.ts';
import { refuseForeign } from './prepare/staging-directory.ts';
import type { SetCard } from './sets/set-card.ts';
import { findSet } from './sets/sets.ts';

export interface PrepareRequest {
  readonly card: SetCard;
  /** The folder's name: the card's, or the one that the user gives. */
  readonly name: string;
  readonly typed: TypedOptions;
  /** Replaces a set that is there. */
  readonly fresh: boolean;
}

/**
 * @throws UsageError where what was typed is wrong, sources are missing or broken, or the set is there but made with other
 * options; whatever `signal` was aborted with. Nothing half-made stays behind.
 */
export async function prepareSet(dataRoot: string, order: PrepareRequest, listener: Listener): Promise<Prepared> {
  const { card, name, typed, fresh } = order;
  const plan = card.plan(typed);
  if (fresh) await refuseForeign(dataRoot, name);
  else if (existsSync(join(dataRoot, name))) {
    const manifest = preparedManifest(dataRoot, name);
    refuseOtherChoices(dataRoot, manifest, plan, typed);
    return { manifest, made: false };
  }
  for (const other of plan.madeOf ?? []) await ensureImages(dataRoot, other, listener.tell, listener.signal);
  return build(dataRoot, name, plan, listener, fresh);
}

/**
 * Nothing where the set is there. Else prepares those that need nothing, with their defaults, after one line to
 * `tell`. Several processes may do so at once: the first one's set stays.
 *
 * @throws UsageError of one line that says what to type, for any other set and for one that is damaged.
 */
export async function ensureImages(
  dataRoot: string,
  set: string,
  tell: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const card = cardToPrepare(dataRoot, set);
  if (card === undefined) return;
  tell(`preparing ${join(dataRoot, set)} (${card.description})`);
  await prepareSet(dataRoot, { card, name: set, typed: {}, fresh: false }, { signal, tell, step() {} });
}

/** The card by which `ensureImages` would prepare the set; `undefined` where it is there. Throws as that does. */
export function cardToPrepare(dataRoot: string, set: string): SetCard | undefined {
  if (existsSync(join(dataRoot, set))) {
    preparedManifest(dataRoot, set);
    return undefined;
  }
  const card = findSet(set);
  if (!card?.byItself) throw new UsageError(missingText(dataRoot, set));
  return card;
}

/** Only what was typed is compared: a set is as it was made, whatever the defaults are. */
function refuseOtherChoices(dataRoot: string, manifest: Manifest, { choices }: Plan, typed: TypedOptions): void {
  const { name, options } = manifest;
  // `download` stands in no manifest: it says how to get the source, not what is made of it.
  const other = Object.keys(typed).find((option) => choices[option] !== options[option]);
  if (other === undefined) return;
  const [made, asked] = [options[other], choices[other]];
  const has = made === undefined ? `without --${other}` : `with ${optionText(other, made)}`;
  const asks = asked === undefined ? `no --${other}` : optionText(other, asked);
  const again = againCommand(dataRoot, { name, options: choices });
  throw new UsageError(`${join(dataRoot, name)} is there, made ${has}; you ask for ${asks}, to replace it: ${again}`);
}
