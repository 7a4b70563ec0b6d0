/** The kinds of data that experiments choose from, in the order in which they are listed. */

import { points } from './file/points.ts';
import { images } from './pictures/images.ts';
import { gaussianClusters } from './toy/gaussian-clusters.ts';
import { gaussianGrid } from './toy/gaussian-grid.ts';
import { gaussianLine } from './toy/gaussian-line.ts';
import { gaussianMixture } from './toy/gaussian-mixture.ts';
import { gaussianRings } from './toy/gaussian-rings.ts';
import { swissRoll } from './toy/swiss-roll.ts';

export const dataKinds = [
  gaussianGrid,
  gaussianRings,
  gaussianLine,
  gaussianClusters,
  gaussianMixture,
  swissRoll,
  points,
  images,
] as const;
