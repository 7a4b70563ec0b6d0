/** Stacked MNIST (Metz et al. 2017): three random digits as the channels of one picture, so 1,000 modes of nearly equal mass. */

import { countText } from '../../base/number-words.ts';
import { stream } from '../../base/random.ts';
import type { Labels } from '../dataset.ts';
import { digits, mnistLicence } from './mnist.ts';
import { drawn, seed } from './options.ts';
import { pictureSet } from './set-card.ts';

const labels: Labels = { kind: 'classes', heads: [digits, digits, digits] };
const pixels = 28 * 28;

/** Training pictures are stacked of MNIST's training digits, held-out ones (a tenth) of its held-out digits. */
export const stackedMnist = pictureSet({
  name: 'stacked-mnist',
  description: 'three digits as the channels of one picture, 28 px: 1,000 modes, 50,000 pictures',
  needs: 'nothing (made of mnist, which is prepared first)',
  typed: '',
  byItself: true,
  options: { count: drawn(50_000), seed },
  plan: ({ count, seed }) => ({
    choices: { count, seed },
    madeOf: ['mnist'],
    async make(work) {
      const mnist = work.openSet('mnist');
      const random = stream(seed, 'preparation');
      const sink = await work.open([28, 28, 3], 3);
      const digit = new Uint8Array(pixels);
      const stack = new Uint8Array(3 * pixels);
      const values = new Uint8Array(3);
      const train = count - Math.floor(count / 10);
      for (let done = 0; done < count; done++) {
        if (done === train) sink.startHeldOut();
        for (let channel = 0; channel < 3; channel++) {
          const index = done < train ? random.below(mnist.train) : mnist.train + random.below(mnist.heldOut);
          mnist.read(index, digit);
          for (let i = 0; i < pixels; i++) stack[3 * i + channel] = digit[i] as number;
          values[channel] = mnist.labelsOf(index)[0] as number;
        }
        await sink.add(stack, values);
        work.step(done + 1, count, 'pictures');
      }
      return {
        title: 'three stacked digits',
        simulated: false,
        source: `three of the ${countText(mnist.train + mnist.heldOut)} digits of mnist (${mnist.sha256.slice(0, 12)}) as channels; stacks of its held-out digits are held out`,
        licence: mnistLicence,
        labels,
        eachChannelIs: 'mnist',
      };
    },
  }),
});
