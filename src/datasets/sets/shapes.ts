/** Simulated faces: a stand-in for CelebA whose attributes have known frequencies and which needs no download. */

import { countText } from '../../base/number-words.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import { labelWidth } from '../dataset.ts';
import { pictureSize } from '../prepare/options.ts';
import type { Recipe } from '../prepare/recipe.ts';

export const shapes: Recipe = (typed) => {
  const size = pictureSize(typed.size, [16, 256]);
  const count = wholeNumber('count', typed.count, 6000, [10, 10_000_000]);
  const seed = wholeNumber('seed', typed.seed, 0, [0, 2 ** 32 - 1]);
  return {
    choices: { size, count, seed },
    async make(work) {
      const { shapesFaces, shapesLabels } = await import('../simulated/shapes.ts');
      const sink = await work.open([size, size, 3], labelWidth(shapesLabels));
      let done = 0;
      for (const { pixels, labels } of shapesFaces({ size, count, seed })) {
        await sink.add(pixels, labels);
        work.step(++done, count, 'pictures');
      }
      const source = `simulated faces, ${countText(count)} of them, seed ${seed}; the last tenth is held out`;
      return { title: 'simulated faces', simulated: true, source, labels: shapesLabels };
    },
  };
};
