/** What is known of the data of a spec without reading any, for those who read specs from a store: reports, summaries, tables. */
import type { PreparedSet, Truth } from '../datasets/data-kind.ts';
import type { Section } from '../schema/kind.ts';
import { builtIn } from './catalogue.ts';

/** Pictures have their pixels as dimensions, and nothing else is known of them. */
export const truthOf = (data: Section): Truth => builtIn.data(data).truth(data);

/** Whether data are pictures of a prepared set. */
export const isPictures = (data: Section): boolean => preparedSetOf(data) !== undefined;

/** The prepared set that data are read from; `undefined` for points. */
export const preparedSetOf = (data: Section): PreparedSet | undefined =>
  builtIn.cards.data.find(({ kind }) => kind === data.kind)?.prepared(data);
