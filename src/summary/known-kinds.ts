/** Gives summaries the columns and the truth of data of the project's kinds, or of an experiment's own as well. */
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { Section } from '../schema/kind.ts';
import { type Columns, columnsOf } from './column-info.ts';

export interface KnownKinds {
  readonly columns: Columns;
  readonly truthOf: (data: Section) => Truth;
}

export const knownKinds = ({ cards }: Catalogue = builtIn): KnownKinds => ({
  columns: columnsOf(cards.metrics),
  truthOf: (data) => cards.data.find(({ kind }) => kind === data.kind)?.truth(data) ?? nothingKnown,
});

/** Of data whose code is not here and which no store describes: figures of points and modes leave it out. */
const nothingKnown: Truth = { dim: 0, scale: 1 };
