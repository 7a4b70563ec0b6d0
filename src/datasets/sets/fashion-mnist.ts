/** Fashion-MNIST (Xiao et al. 2017) from its IDX files: Debian's package, or a folder. */
import { existsSync } from 'node:fs';
import { UsageError } from '../../base/usage-error.ts';
import type { Labels } from '../dataset.ts';
import { writeIdxSet } from '../prepare/idx-set.ts';
import { from } from './options.ts';
import { pictureSet } from './set-card.ts';

/** Where Debian's package `dataset-fashion-mnist` puts its files. */
const debian = '/usr/share/datasets/fashion-mnist';

const classes = [
  'T-shirt/top',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
];
const labels: Labels = { kind: 'classes', heads: [classes] };

const needs = 'the four IDX files: apt install dataset-fashion-mnist, or --from <folder with them, plain or .gz>';

export const fashionMnist = pictureSet({
  name: 'fashion-mnist',
  description: 'ten kinds of clothing, 28 px, 70,000 pictures',
  needs,
  typed: '--from <folder with the four IDX files; apt install dataset-fashion-mnist needs no --from>',
  byItself: false,
  options: { from },
  plan: ({ from = debian }) => ({
    choices: { from },
    async make(work) {
      if (from === debian && !existsSync(from)) throw new UsageError(`fashion-mnist needs ${needs}`);
      await writeIdxSet(from, classes.length, work);
      return {
        title: 'pieces of clothing',
        simulated: false,
        source: 'Fashion-MNIST, IDX files; its test part is held out',
        licence: 'MIT, Zalando SE',
        labels,
      };
    },
  }),
});
