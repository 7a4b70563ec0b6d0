/** Draws examples of a toy trial's data as the background of a figure. */

import type { Points } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { TrainedModel } from '../trained-model.ts';

/** Enough to show where the modes are. */
const shown = 600;

/** `undefined` for a generator whose data are not known, and for pictures. */
export function toyData({ record }: TrainedModel): Points | undefined {
  const data = record?.spec.data;
  const card = data && builtIn.cards.data.find(({ kind }) => kind === data.kind);
  if (data === undefined || card?.form !== 'points') return undefined;
  const { dim, ...dataset } = card.open(data, '');
  return { values: dataset.sample(stream(0, 'data'), shown), count: shown, dim };
}
