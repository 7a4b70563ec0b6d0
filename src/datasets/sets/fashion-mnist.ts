/** Fashion-MNIST (Xiao et al. 2017) from its IDX files: Debian's package, or a folder. */
import { existsSync } from 'node:fs';
import { UsageError } from '../../base/usage-error.ts';
import type { Labels } from '../dataset.ts';
import { debianFashion } from '../pictures/catalogue.ts';
import { needsText } from '../pictures/set-messages.ts';
import { writeIdxSet } from '../prepare/idx-set.ts';
import type { Recipe } from '../prepare/recipe.ts';

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

export const fashionMnist: Recipe = ({ from = debianFashion }) => ({
  choices: { from },
  async make(work) {
    if (from === debianFashion && !existsSync(from)) throw new UsageError(needsText('fashion-mnist'));
    await writeIdxSet(from, classes.length, work);
    return {
      title: 'pieces of clothing',
      simulated: false,
      source: 'Fashion-MNIST, IDX files; its test part is held out',
      labels,
    };
  },
});
