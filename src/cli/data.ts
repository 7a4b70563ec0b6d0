/** `data` prepares a set of pictures, or lists the sets and what each needs. Results on stdout, progress on stderr. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { countText } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { openImageSet, preparedManifest, verifyImageSet } from '../datasets/pictures/image-set.ts';
import { type Manifest, readManifest, setFiles } from '../datasets/pictures/manifest.ts';
import { countsText } from '../datasets/pictures/set-messages.ts';
import { isSetName } from '../datasets/pictures/set-name.ts';
import type { TypedOptions } from '../datasets/prepare/recipe.ts';
import type { SetCard } from '../datasets/sets/set-card.ts';
import { findSet, pictureSets } from '../datasets/sets/sets.ts';
import { namesIn, writeWhole } from '../disk/files.ts';
import { statsOf } from '../disk/stats-of.ts';
import { type DataArguments, namedByUser, setOptionNames } from './data-options.ts';
import { ExitCode } from './exit.ts';
import { catchInterrupt } from './interrupt.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';
import { decimal } from './screen/format.ts';

/** Milliseconds between two lines of progress. */
const progressEvery = 1000;

export async function runData(given: DataArguments, root: string): Promise<number> {
  const from = callersFolder();
  const dataRoot = folderOf(given.data, root, 'data');
  if (given.list) {
    print((await listLines(checkStore(dataRoot, true, '--data'))).join('\n'));
    return ExitCode.done;
  }
  const { dataset: set, scorer } = given;
  if (set === 'scorer') return prepareScorer(given, checkStore(dataRoot, false, '--data'), from);
  if (scorer !== undefined) throw new UsageError(`unexpected argument '${scorer}' after '${set}'`);
  if (set === undefined)
    throw new UsageError('expected a data set: npm run data -- <name> (npm run data -- --list shows them)');
  const card = findSet(set);
  const name = chosenName(given, set, card, dataRoot);
  const typed = typedOptions(given, set, card, from);
  if (given.verify) {
    print(`${thereText(dataRoot, await verifyImageSet(dataRoot, name))}; every byte is as it was prepared`);
    return ExitCode.done;
  }
  if (given.show) return showSet(dataRoot, name);
  if (card === undefined) {
    print(thereText(dataRoot, preparedManifest(dataRoot, name)));
    return ExitCode.done;
  }
  return prepare({ card, name, typed, fresh: given.fresh ?? false }, checkStore(dataRoot, false, '--data'));
}

/** A scorer that is made of what others publish: it takes a file, and no other option of sets. */
async function prepareScorer(given: DataArguments, dataRoot: string, folder: string): Promise<number> {
  const foreign = [...setOptionNames, 'name'].find((option) => option !== 'from' && given[option] !== undefined);
  if (foreign !== undefined) throw new UsageError(`--${foreign}: is an option of sets, a scorer does not take it`);
  const { makeScorer } = await import('../scorers/named-scorer.ts');
  const { path, says } = await makeScorer(
    given.scorer,
    typeof given.from === 'string' ? resolve(folder, given.from) : undefined,
    dataRoot,
  );
  print(`${fromHere(path)}: ${says}; --scorer ${given.scorer} takes it`);
  return ExitCode.done;
}

async function showSet(dataRoot: string, name: string): Promise<number> {
  const manifest = preparedManifest(dataRoot, name);
  // What draws loads slowly.
  const { setSheet } = await import('../inspect/set-sheet.ts');
  const path = join(dataRoot, `${name}.png`);
  await writeWhole(path, await setSheet(openImageSet(dataRoot, name)));
  print(`${fromHere(path)}: ${countsText(manifest)}${manifest.simulated ? ', simulated' : ''} (${manifest.title})`);
  return ExitCode.done;
}

async function prepare(
  order: { card: SetCard; name: string; typed: TypedOptions; fresh: boolean },
  dataRoot: string,
): Promise<number> {
  const { signal } = catchInterrupt();
  // Libraries that decode pictures load slowly: mistakes are reported without them.
  const { prepareSet } = await import('../datasets/prepare-set.ts');
  try {
    const { manifest, made } = await prepareSet(dataRoot, order, {
      signal,
      tell: (line) => remark(`${order.name}: ${line}`),
      step: progress(order.name, remark, () => performance.now()),
    });
    print(made ? madeText(dataRoot, manifest) : thereText(dataRoot, manifest));
    return ExitCode.done;
  } catch (error) {
    if (!signal.aborted) throw error;
    remark(`Interrupted; nothing of ${fromHere(join(dataRoot, order.name))} was written`);
    return ExitCode.interrupted;
  }
}

/** A function that writes at most a line a second, the first one after a second. */
export function progress(
  name: string,
  write: (line: string) => void,
  now: () => number,
): (done: number, of: number | undefined, unit: string) => void {
  let last = now();
  return (done, of, unit) => {
    const time = now();
    if (time - last < progressEvery) return;
    last = time;
    const all = of === undefined ? '' : ` of ${countText(Math.round(of))}`;
    write(`${name}: ${countText(Math.round(done))}${all} ${unit}`);
  };
}

/** The folder that is meant: the set's own name, or the one that is given where the card takes one. */
function chosenName({ name }: DataArguments, set: string, card: SetCard | undefined, dataRoot: string): string {
  if (!card?.namedByUser) {
    if (name !== undefined)
      throw new UsageError(`--name: is an option of ${namedByUser().join(', ')}, ${set} has its own`);
    const isOwn = isSetName(set) && existsSync(join(dataRoot, set, setFiles.manifest));
    if (card !== undefined || isOwn) return set;
    const names = pictureSets.map((one) => one.name);
    const known = `expected one of ${names.join(', ')}, or a set of your own in ${fromHere(dataRoot)}`;
    throw new UsageError(`unknown data set '${set}'${didYouMean(set, names)} (${known})`);
  }
  if (name === undefined) throw new UsageError(`${set}: expected --name <its name>, got none`);
  if (!isSetName(name)) throw new UsageError(`--name: expected small letters, digits and dashes, got '${name}'`);
  if (findSet(name)) throw new UsageError(`--name: expected a name of your own, ${name} is one of ours`);
  return name;
}

/** Refuses options that the set does not take; makes paths absolute. */
function typedOptions(given: DataArguments, set: string, card: SetCard | undefined, folder: string): TypedOptions {
  const named = setOptionNames.filter((option) => given[option] !== undefined && given[option] !== false);
  const options = card?.options ?? {};
  const foreign = named.find((option) => options[option] === undefined);
  if (foreign !== undefined) {
    if (card === undefined)
      throw new UsageError(
        `--${foreign}: ${set} is a set of your own: npm run data -- ${namedByUser()[0]} --name ${set} …`,
      );
    const others = pictureSets.filter((one) => one.options[foreign] !== undefined).map((one) => one.name);
    throw new UsageError(
      `--${foreign}: ${set} does not take it (${others.join(', ')} ${others.length === 1 ? 'does' : 'do'})`,
    );
  }
  return Object.fromEntries(
    named.map((option) => {
      const typed = given[option];
      const isPath = options[option]?.form === 'path' && typeof typed === 'string';
      return [option, isPath ? resolve(folder, typed) : typed];
    }),
  );
}

const megabytes = ({ shape, train, heldOut }: Manifest): string =>
  `${decimal((shape.reduce((product, side) => product * side, 1) * (train + heldOut)) / 1e6, 1)} MB`;

function madeText(dataRoot: string, manifest: Manifest): string {
  return `${fromHere(join(dataRoot, manifest.name))}: ${countsText(manifest)}, ${megabytes(manifest)} (${manifest.source})`;
}

function thereText(dataRoot: string, manifest: Manifest): string {
  return `${fromHere(join(dataRoot, manifest.name))} is there: ${countsText(manifest)} (${manifest.source})`;
}

/** Two lines a set: what it is; what it holds, or what it needs. The user's own sets follow. */
async function listLines(dataRoot: string): Promise<string[]> {
  const own = (await namesIn(dataRoot))
    .filter((name) => isSetName(name) && !findSet(name) && existsSync(join(dataRoot, name, setFiles.manifest)))
    .sort();
  const entries: readonly Pick<SetCard, 'name' | 'description' | 'needs'>[] = [
    ...pictureSets,
    ...own.map((name) => ({ name, description: 'a set of your own', needs: '' })),
  ];
  const widest = Math.max(...entries.map(({ name }) => name.length));
  return [
    `Picture sets (npm run data -- <name>), in ${fromHere(dataRoot)}`,
    ...entries.flatMap(({ name, description, needs }) => [
      `  ${name.padEnd(widest)}  ${description}`,
      `  ${' '.repeat(widest)}  ${stateText(dataRoot, name) ?? `needs ${needs}`}`,
    ]),
  ];
}

/** What is there, or what is wrong with it; `undefined` where nothing is. */
function stateText(dataRoot: string, name: string): string | undefined {
  const folder = join(dataRoot, name);
  if (findSet(name)?.namedByUser || statsOf(folder) === undefined) return undefined;
  try {
    const manifest = readManifest(folder);
    return manifest === undefined
      ? `${fromHere(folder)} is there, but is no prepared set`
      : `is there: ${countsText(preparedManifest(dataRoot, name))}`;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}
