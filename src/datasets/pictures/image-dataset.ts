/**
 * Opens a prepared set of pictures as a data set; samples come from its training part. It runs in every training step, so
 * it allocates nothing per picture.
 */
import { countText } from '../../base/number-words.ts';
import type { Random } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { collection, weighted } from '../collection.ts';
import type { PreparedSet } from '../data-kind.ts';
import { type Dataset, type Labelled, labelWidth } from '../dataset.ts';
import { findSet } from '../sets/sets.ts';
import { averager } from './average.ts';
import { toFloats } from './bytes-to-floats.ts';
import { type ImageSet, openImageSet, preparedManifest } from './image-set.ts';
import { againCommand } from './set-messages.ts';
import { memoryLimit } from './stored-bytes.ts';

/**
 * Pictures of `size × size` in [−1, 1], shape `[size, size, channels]`; stored pictures that are larger by a whole factor
 * are averaged down.
 *
 * @throws UsageError where the set is missing or damaged, its pictures cannot be averaged down to `size`, or `empty` asks for
 * what it has not.
 */
export function imageDataset(spec: PreparedSet, dataRoot: string): Dataset {
  const set = openSized(spec, dataRoot);
  const { size, empty } = spec;
  const [, , channels] = set.shape;
  const dim = size * size * channels;
  const put = reader(set, size);
  return {
    shape: [size, size, channels],
    dim,
    scale: 1,
    ...(typeof empty === 'number' ? weighted(sortsOf(set, empty), empty, dim, put) : collection(set.train, dim, put)),
    origin: preparedOrigin(set, size),
    ...(set.labels && { labelled: labelledBy(set, dim, put) }),
  };
}

/** The set, whose pictures can be had at `size`, and `empty` ones. Throws as `imageDataset` does; reads no picture. */
export function openSized({ set: name, size, empty }: PreparedSet, dataRoot: string): ImageSet {
  const set = openImageSet(dataRoot, name);
  const [height, width] = set.shape;
  if (height !== width || height % size !== 0) throw new UsageError(sizeText(set, size, dataRoot));
  if (typeof empty === 'number') sortsOf(set, empty);
  return set;
}

/** `simulated intersection, 3,600 pictures of 64 px, used at 32 px (1a2b3c4d)`, and the hash. */
export function preparedOrigin(
  { title, train, shape, simulated, sha256 }: Pick<ImageSet, 'title' | 'train' | 'shape' | 'simulated' | 'sha256'>,
  size: number,
): NonNullable<Dataset['origin']> {
  const used = shape[0] === size ? '' : `, used at ${size} px`;
  const says = `${title}, ${countText(train)} pictures of ${shape[0]} px${used} (${sha256.slice(0, 8)})`;
  return { says, simulated, data: sha256 };
}

/** Pictures of the training part without any attribute and those with one, by index. Throws where `empty` asks for what is not there. */
function sortsOf(set: ImageSet, empty: number): readonly [without: number[], having: number[]] {
  if (set.labels?.kind !== 'attributes')
    throw new UsageError(`data.empty: expected a set with attributes (traffic, shapes, celeba), ${set.name} has none`);
  const without: number[] = [];
  const having: number[] = [];
  for (let index = 0; index < set.train; index++)
    (set.labelsOf(index).some((label) => label === 1) ? having : without).push(index);
  if (having.length === 0 || (empty > 0 && without.length === 0)) {
    const which = having.length === 0 ? 'no picture' : 'every picture';
    throw new UsageError(`data.empty: expected a set of both sorts, in ${set.name} ${which} has an attribute`);
  }
  return [without, having];
}

function labelledBy(set: ImageSet, dim: number, put: ImageSet['readFloats']): Labelled {
  const { labels } = set;
  if (labels === undefined) throw new Error(`internal: ${set.name} has no labels`);
  const width = labelWidth(labels);
  return {
    labels,
    draw(random: Random, count, part) {
      const isHeldOut = part === 'held-out' && set.heldOut > 0;
      const [first, length] = isHeldOut ? [set.train, set.heldOut] : [0, set.train];
      const drawn = { examples: new Float32Array(count * dim), labels: new Uint8Array(count * width) };
      for (let i = 0; i < count; i++) {
        const index = first + random.below(length);
        put(index, drawn.examples, i * dim);
        drawn.labels.set(set.labelsOf(index), i * width);
      }
      return drawn;
    },
  };
}

/** Reads pictures of the asked size: as stored, averaged once and kept where all of them fit, or averaged at every read. */
function reader(set: ImageSet, size: number): ImageSet['readFloats'] {
  const [side, , channels] = set.shape;
  if (side === size) return set.readFloats;
  const average = averager(side, size, channels);
  const stored = new Uint8Array(side * side * channels);
  const dim = size * size * channels;
  const count = set.train + set.heldOut;
  const one = new Uint8Array(dim);
  const averaged = (index: number) => {
    set.read(index, stored);
    average(stored, one);
    return one;
  };
  if (count * dim > memoryLimit) return (index, into, at) => toFloats(averaged(index), 0, dim, into, at);
  const all = new Uint8Array(count * dim);
  for (let index = 0; index < count; index++) all.set(averaged(index), index * dim);
  return (index, into, at) => toFloats(all, index * dim, dim, into, at);
}

function sizeText(set: ImageSet, size: number, dataRoot: string): string {
  const [height, width] = set.shape;
  const has = `${set.name} holds pictures of ${height} × ${width}`;
  const divisors = Array.from({ length: height }, (_, i) => height - i).filter((one) => height % one === 0 && one >= 4);
  const sizes = height === width ? `expected one of ${divisors.join(', ')}` : 'expected squares';
  const card = findSet(set.name);
  const other =
    card === undefined || 'size' in card.options
      ? `; another size: ${againCommand(dataRoot, preparedManifest(dataRoot, set.name), { size })}`
      : '';
  return `data.size: ${sizes}, got ${size}: ${has}${other}`;
}
