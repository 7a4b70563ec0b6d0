/** Simulated faces: a stand-in for CelebA whose attributes have known frequencies and which needs no download. */

import { countText } from '../../base/number-words.ts';
import { labelWidth } from '../dataset.ts';
import { drawn, pixels, seed } from './options.ts';
import { pictureSet } from './set-card.ts';

export const shapes = pictureSet({
  name: 'shapes',
  description: 'simulated faces with attributes of known frequency, --size (64)',
  needs: 'nothing (simulated)',
  typed: '',
  byItself: true,
  options: { size: pixels(16, 256), count: drawn(6000), seed },
  plan: ({ size, count, seed }) => ({
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
  }),
});
