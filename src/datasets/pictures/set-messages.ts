/** Formats messages about picture sets: their counts, and the commands that prepare them. */
import { join, resolve } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { shellWord } from '../../base/shell-words.ts';
import { catalogueEntry } from './catalogue.ts';

/** `9,000 + 1,000 pictures of 28 × 28 × 1`. */
export function countsText(set: { train: number; heldOut: number; shape: readonly number[] }): string {
  return `${countText(set.train)} + ${countText(set.heldOut)} pictures of ${set.shape.join(' × ')}`;
}

/** The command that prepares a set; `--data` is named where sets do not lie where commands look by default. */
export function dataCommand(dataRoot: string, name: string, ...options: readonly string[]): string {
  const elsewhere = resolve(dataRoot) === resolve('data') ? [] : [`--data ${shellWord(resolve(dataRoot))}`];
  return ['npm run data --', name, ...elsewhere, ...options].filter((word) => word !== '').join(' ');
}

/** What to type for a set that is not there. */
export function missingText(dataRoot: string, name: string): string {
  const place = join(dataRoot, name);
  const entry = catalogueEntry(name);
  return entry === undefined
    ? `${place} is not there: ${dataCommand(dataRoot, 'images', `--name ${name}`, '--from <folder of pictures>')}`
    : `${place} is not there: ${dataCommand(dataRoot, name, entry.typed)}`;
}

/** What to type for a set whose recipe needs more than it was given. */
export const needsText = (name: string): string => `${name} needs ${catalogueEntry(name)?.needs ?? '--from <folder>'}`;

/** The command that makes a set once more, with the options that its manifest holds, `changes` replacing some. */
export function againCommand(
  dataRoot: string,
  set: { readonly name: string; readonly options: Readonly<Record<string, string | number>> },
  changes: Readonly<Record<string, string | number>> = {},
): string {
  const entry = catalogueEntry(set.name);
  const isOwn = entry === undefined;
  const choices = Object.entries({ ...set.options, ...changes }).map(
    ([option, value]) => `--${option} ${shellWord(String(value))}`,
  );
  // A set that was downloaded does not know from where it could be had now, nor one whose manifest is broken.
  const source = entry?.byItself || 'from' in set.options ? [] : [entry?.typed ?? '--from <folder of pictures>'];
  const name = isOwn ? [`--name ${set.name}`] : [];
  return dataCommand(dataRoot, isOwn ? 'images' : set.name, ...name, ...choices, '--fresh', ...source);
}
