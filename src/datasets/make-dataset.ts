/** From a spec to its data set: the one place that knows every family. */
import type { DataSpec } from '../spec/spec.ts';
import type { Dataset } from './dataset.ts';
import { gaussianClusters } from './gaussian-clusters.ts';
import { gaussianGrid } from './gaussian-grid.ts';
import { gaussianLine } from './gaussian-line.ts';
import { gaussianRings } from './gaussian-rings.ts';
import { swissRoll } from './swiss-roll.ts';

/** @throws UsageError where values that are each valid do not go together (a heavy central mode on an even grid). */
export function makeDataset(spec: DataSpec): Dataset {
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
