/** Makes the data set of a spec. */
import type { DataSpec } from '../schema/spec.ts';
import type { Dataset } from './dataset.ts';
import { imageDataset } from './pictures/image-dataset.ts';
import { gaussianClusters } from './toy/gaussian-clusters.ts';
import { gaussianGrid } from './toy/gaussian-grid.ts';
import { gaussianLine } from './toy/gaussian-line.ts';
import { gaussianRings } from './toy/gaussian-rings.ts';
import { swissRoll } from './toy/swiss-roll.ts';

/** Data that is drawn from a formula. */
type FormulaSpec = Exclude<DataSpec, { kind: 'images' }>;

/** What is known of data without looking at any: its dimensions, its modes or its curve. */
export type Truth = Pick<Dataset, 'dim' | 'scale' | 'modes' | 'curve'>;

/**
 * @param dataRoot where prepared sets of pictures lie.
 * @throws UsageError where values that are each valid do not go together (a heavy central mode on an even grid), and where
 * a set of pictures is not there or not sound.
 */
export function openDataset(spec: DataSpec, dataRoot: string): Dataset {
  return spec.kind === 'images' ? imageDataset(spec, dataRoot) : makeDataset(spec);
}

/** For reports and checks, which read no data: pictures have their pixels as dimensions, and nothing else is known. */
export function truthOf(spec: DataSpec): Truth {
  return spec.kind === 'images' ? { dim: spec.size ** 2, scale: 1 } : makeDataset(spec);
}

/** @throws UsageError as `openDataset`. */
export function makeDataset(spec: FormulaSpec): Dataset {
  switch (spec.kind) {
    case 'gaussian-grid':
      return gaussianGrid(spec);
    case 'gaussian-rings':
      return gaussianRings(spec);
    case 'gaussian-line':
      return gaussianLine(spec);
    case 'gaussian-clusters':
      return gaussianClusters(spec);
    case 'swiss-roll':
      return swissRoll(spec);
    default:
      return spec satisfies never;
  }
}
