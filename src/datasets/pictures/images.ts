/** Data of pictures: the training part of a prepared set, as squares in [−1, 1]. */
import { UsageError } from '../../base/usage-error.ts';
import { addedLater, count, share } from '../../schema/fields.ts';
import { makeKind, type Section } from '../../schema/kind.ts';
import type { DataCard, PreparedSet } from '../data-kind.ts';
import { imageDataset } from './image-dataset.ts';
import { setName } from './set-name.ts';

/** Pictures beyond this side are taken for a slip. */
const mostPixels = 4_096;

const settings = (data: Section) => data as unknown as PreparedSet; // checked by the schema below

const card: Omit<DataCard, 'kind' | 'description' | 'settings'> = {
  form: 'pictures',
  has: () => ['pictures'],
  readsFiles: false,
  fillIn: (data) => data,
  sizes: (data) => [{ path: 'data.size', size: settings(data).size, most: mostPixels }],
  check(data) {
    const { size } = settings(data);
    // Convolutional networks halve the side at least once.
    if (size < 8 || size % 2 !== 0)
      throw new UsageError(`data.size: expected an even number of pixels, 8 or more, got ${size}`);
  },
  truth: (data) => ({ dim: settings(data).size ** 2, scale: 1 }),
  prepared(data) {
    const { set, size, empty } = settings(data);
    return { set, size, ...(typeof empty === 'number' && { empty }) };
  },
  open: (data, dataRoot) => imageDataset(settings(data), dataRoot),
};

/**
 * A prepared set of pictures (`npm run data`), `size` pixels a side. `empty`, for sets with attributes, is the share of draws that
 * have none of them (the empty road): pictures of both sorts are then drawn as often as it says, whatever the set has.
 */
export const images = makeKind(
  {
    kind: 'images',
    description: 'a prepared set of pictures (npm run data), size pixels a side',
    shape: { set: setName, size: count, empty: addedLater(share.nullable(), null) },
  },
  card,
);
