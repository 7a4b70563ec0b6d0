/** Formats messages about picture sets: their counts, and the commands that prepare them. */
import { join, resolve } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { shellWord } from '../../base/shell-words.ts';
import type { SetCard } from '../sets/set-card.ts';
import { findSet, pictureSets } from '../sets/sets.ts';

/** `9,000 + 1,000 pictures of 28 × 28 × 1`; `6 pictures, none of them held out, of 28 × 28 × 1`. */
export function countsText(set: { train: number; heldOut: number; shape: readonly number[] }): string {
  const count =
    set.heldOut > 0
      ? `${countText(set.train)} + ${countText(set.heldOut)} pictures`
      : `${countText(set.train)} picture${set.train === 1 ? '' : 's'}, none of them held out,`;
  return `${count} of ${set.shape.join(' × ')}`;
}

/** The command that prepares a set, with `--data` where the sets are not in the default folder. */
export function dataCommand(dataRoot: string, name: string, ...options: readonly string[]): string {
  const elsewhere = resolve(dataRoot) === resolve('data') ? [] : [`--data ${shellWord(resolve(dataRoot))}`];
  return ['npm run data --', name, ...elsewhere, ...options].filter((word) => word !== '').join(' ');
}

/** Message for a missing set, with the command that prepares it. */
export function missingText(dataRoot: string, name: string): string {
  const card = cardFor(name);
  return `${join(dataRoot, name)} is not there: ${dataCommand(dataRoot, card.name, ...nameOption(card, name), card.typed)}`;
}

/** The card that a set is made by: a set of the user's own by one that takes a name. */
function cardFor(name: string): SetCard {
  const card = findSet(name) ?? pictureSets.find(({ namedByUser }) => namedByUser);
  if (card === undefined) throw new Error("internal: no card makes sets of the user's own");
  return card;
}

const nameOption = (card: SetCard, name: string): readonly string[] =>
  card.namedByUser ? [`--name ${name === card.name ? '<its name>' : name}`] : [];

/** An option as it is typed. */
export const optionText = (option: string, value: string | number | true): string =>
  value === true ? `--${option}` : `--${option} ${shellWord(String(value))}`;

/** The command that makes a set again, with the options of its manifest, some replaced by `changes`. */
export function againCommand(
  dataRoot: string,
  set: { readonly name: string; readonly options: Readonly<Record<string, string | number | true>> },
  changes: Readonly<Record<string, string | number | true>> = {},
): string {
  const card = cardFor(set.name);
  const choices = Object.entries({ ...set.options, ...changes }).map(([option, value]) => optionText(option, value));
  // The source of a downloaded set, or of one with a damaged manifest, is unknown.
  const source = card.byItself || 'from' in set.options ? [] : [card.typed];
  return dataCommand(dataRoot, card.name, ...nameOption(card, set.name), ...choices, '--fresh', ...source);
}
