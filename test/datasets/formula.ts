/** Data that a test draws from a formula: a spec's data may be pictures too, which lie on a disk. */

import type { Dataset } from '../../src/datasets/dataset.ts';
import type { Section as DataSpec } from '../../src/schema/kind.ts';
import { makeDataset } from '../support/datasets.ts';

export function formulaDataset(data: DataSpec): Dataset {
  if (data.kind === 'images') throw new Error(`the test wants formulas, and ${data.set} is a set of pictures`);
  return makeDataset(data);
}
