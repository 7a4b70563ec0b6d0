/** The sets of pictures that `npm run data` prepares, in the order in which they are listed. */
import { celeba } from './celeba.ts';
import { cifar10 } from './cifar10.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { images } from './images.ts';
import { mnist } from './mnist.ts';
import { openmoji } from './openmoji.ts';
import type { SetCard } from './set-card.ts';
import { shapes } from './shapes.ts';
import { stackedMnist } from './stacked-mnist.ts';
import { traffic } from './traffic.ts';

export const pictureSets: readonly SetCard[] = [
  mnist,
  fashionMnist,
  stackedMnist,
  cifar10,
  celeba,
  traffic,
  shapes,
  openmoji,
  images,
];

/** The card of a name; `undefined` for a set of the user's own. */
export const findSet = (name: string): SetCard | undefined => pictureSets.find((card) => card.name === name);
