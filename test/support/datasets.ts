/** Data sets of the project's own kinds, as trials open them. */
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import type { Section } from '../../src/schema/kind.ts';

/** @param dataRoot where prepared sets of pictures lie; points need none. */
export const makeDataset = (data: Section, dataRoot = 'nowhere'): Dataset => builtIn.data(data).open(data, dataRoot);
