/** Writes a set of the drawings of OpenMoji's package, rendered on white, with Unicode's classes. */
import { Resvg } from '@resvg/resvg-js';
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { shuffle, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { parseJson } from '../../disk/parse-json.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { Labels } from '../dataset.ts';
import type { RecipeContext } from './recipe.ts';

const list = z.array(z.object({ hexcode: z.string().regex(/^[0-9A-F-]+$/), group: z.string(), subgroups: z.string() }));

/** Swatches of skin and hair, and what Unicode has no group for. */
const leftOut: readonly string[] = ['component', 'extras-openmoji', 'extras-unicode'];

/**
 * In an order that is always the same, so that the last tenth has all large classes.
 *
 * @param place of a file by its path in the package. Throws a UsageError where its list is another one.
 */
export async function writeEmoji(
  place: (path: string) => string,
  { size, by }: { readonly size: number; readonly by: 'group' | 'subgroup' },
  work: RecipeContext,
): Promise<Labels> {
  const path = place('data/openmoji.json');
  const parsed = list.safeParse(parseJson((await readBytes(path)).toString('utf8')), { reportInput: true });
  if (!parsed.success) throw new UsageError(`${path}: ${issueLine(parsed.error)}`);
  const emoji = parsed.data.filter(({ group }) => !leftOut.includes(group));
  // Groups share no subgroup but one: flags of countries and of their parts.
  const classOf = ({ group, subgroups }: (typeof emoji)[number]) => (by === 'group' ? group : `${group}/${subgroups}`);
  const classes = [...new Set(emoji.map(classOf))].sort();
  shuffle(emoji, stream(0, 'preparation'));
  const sink = await work.open([size, size, 3], 1);
  for (const [done, one] of emoji.entries()) {
    const svg = await readBytes(place(`color/svg/${one.hexcode}.svg`));
    await sink.add(rendered(svg.toString('utf8'), size), Uint8Array.of(classes.indexOf(classOf(one))));
    work.step(done + 1, emoji.length, 'pictures');
  }
  return { kind: 'classes', heads: [classes] };
}

/** `[size, size, 3]` bytes. The drawings have no text, so that no font of this machine is in them. */
function rendered(svg: string, size: number): Uint8Array {
  const options = {
    fitTo: { mode: 'width', value: size },
    background: 'white',
    font: { loadSystemFonts: false },
  } as const;
  const { pixels: rgba } = new Resvg(svg, options).render();
  const rgb = new Uint8Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel++)
    for (let channel = 0; channel < 3; channel++) rgb[3 * pixel + channel] = rgba[4 * pixel + channel] as number;
  return rgb;
}
