/** Draws examples of a toy trial's data as the background of a figure. */

import type { Points } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { makeDataset } from '../../datasets/make-dataset.ts';
import type { TrainedModel } from '../trained-model.ts';

/** Enough to show where the modes are. */
const shown = 600;

/** `undefined` for a generator whose data are not known, and for pictures. */
export function toyData({ record }: TrainedModel): Points | undefined {
  const data = record?.spec.data;
  if (data === undefined || data.kind === 'images') return undefined;
  const { dim, ...dataset } = makeDataset(data);
  return { values: dataset.sample(stream(0, 'data'), shown), count: shown, dim };
}
