/** CelebA (Liu et al. 2015), aligned and cropped: faces with 40 attributes. */
import { UsageError } from '../../base/usage-error.ts';
import { from, pixels } from './options.ts';
import { pictureSet } from './set-card.ts';

const needs =
  '--from <folder with img_align_celeba.zip (or its folder), list_attr_celeba, list_eval_partition (.txt; .csv as on Kaggle)>';

export const celeba = pictureSet({
  name: 'celeba',
  description: 'faces with 40 attributes, 202,599 pictures, cropped and resized to --size (64)',
  needs,
  typed: needs,
  byItself: false,
  options: { from, size: pixels() },
  plan: ({ from, size }) => ({
    choices: from === undefined ? { size } : { from, size },
    async make(work) {
      if (from === undefined) throw new UsageError(`celeba needs ${needs}`);
      const { writeCeleba } = await import('../prepare/celeba-set.ts');
      return writeCeleba(from, size, work);
    },
  }),
});
