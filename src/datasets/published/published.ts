/** Every data set that papers report figures on. */
import { isDeepStrictEqual } from 'node:util';
import type { Section } from '../../schema/kind.ts';
import { cifar10 } from './cifar10.ts';
import type { Published } from './figures.ts';
import { grid25 } from './grid25.ts';
import { ring8 } from './ring8.ts';
import { stackedMnist } from './stacked-mnist.ts';

const published: readonly Published[] = [ring8, grid25, stackedMnist, cifar10];

/** The figures on exactly this data; none for any other. */
export const publishedOn = (data: Section): Published | undefined =>
  published.find(({ on }) => Object.entries(on).every(([key, value]) => isDeepStrictEqual(data[key], value)));
