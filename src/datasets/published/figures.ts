/** What papers report on one data set, each figure with where it was read: to stand beside a report's own figures. Types alone. */
import type { Section } from '../../schema/kind.ts';

export interface Published {
  /** The data: the figures are of every spec with these values, in whatever scale networks see it. */
  readonly on: Section;
  /** The metrics of its columns, under our names. */
  readonly metrics: readonly string[];
  /** How to read all of it. */
  readonly caveat: string;
  readonly tables: readonly PublishedTable[];
}

interface PublishedTable {
  readonly source: string;
  /** What is not as here, so that figures are read with care. */
  readonly differs: string;
  readonly rows: readonly PublishedRow[];
}

/** The method, then a cell for each metric as printed (shares in per cent), with its error; '' where the paper says nothing. */
export type PublishedRow = readonly [method: string, ...cells: string[]];

export const budget = 'nets, latent and training budget are that paper’s and differ from those here';
