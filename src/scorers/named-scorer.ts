/** Scorers that are made once from what others publish and then go by a name: where they lie, and what `--scorer` means. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/usage-error.ts';
import { writeWhole } from '../disk/files.ts';
import { mobilenet } from './mobilenet/mobilenet.ts';
import { besides } from './own-place.ts';

const named = [mobilenet] as const;

/** The ONNX file of a name, its card beside it. */
const placeOf = (name: string, dataRoot: string): string => join(dataRoot, 'scorers', `${name}.onnx`);

/**
 * What was typed after `--scorer` as the spec has it: `own`, or the path of an ONNX file.
 *
 * @param folder that a path is relative to. Throws UsageError for a name whose files are not there.
 */
export function scorerModel(typed: string, folder: string, dataRoot: string): string {
  if (typed === 'own') return typed;
  const card = named.find(({ name }) => name === typed);
  if (card === undefined) return resolve(folder, typed);
  const path = placeOf(typed, dataRoot);
  if (existsSync(path)) return path;
  throw new UsageError(`--scorer: ${path} is not there: npm run data -- scorer ${card.name} ${card.needs}`);
}

/** Writes the files of a named scorer; returns their place and the scorer's name. Throws UsageError of one line. */
export async function makeScorer(
  name: string | undefined,
  from: string | undefined,
  dataRoot: string,
): Promise<{ readonly path: string; readonly says: string }> {
  const names = named.map((one) => one.name);
  const one = named.find((card) => card.name === name);
  if (one === undefined)
    throw new UsageError(
      `scorer: expected the name of one (${names.join(', ')}), got ${name === undefined ? 'none' : `'${name}'${didYouMean(name, names)}`}`,
    );
  if (from === undefined) throw new UsageError(`scorer ${one.name}: expected ${one.needs}`);
  const { card, model } = await one.make(from);
  const path = placeOf(one.name, dataRoot);
  await mkdir(dirname(path), { recursive: true });
  await writeWhole(besides(path, 'json'), `${JSON.stringify(card, undefined, 2)}\n`);
  await writeWhole(path, model); // the file whose presence counts comes last
  return { path, says: card.name };
}
