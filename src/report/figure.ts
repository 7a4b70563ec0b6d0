/**
 * Defines what a figure is: the contract between those who draw figures and those who lay out the page. A figure is data: a
 * Vega-Lite spec with its values inside; other files compile, print and show it.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { ReportData } from './report-data.ts';

/** Sections of the page that hold figures, in its order. */
export const figureSections = ['modes', 'samples', 'discriminator', 'learning', 'ablation', 'films'] as const;
export type SectionName = (typeof figureSections)[number];

export interface Figure {
  /** File name without ending, unique in a report: letters, digits, dashes. */
  readonly name: string;
  readonly section: SectionName;
  /** Plain text, one line, shown above the picture by the page (so not repeated inside the spec). */
  readonly title: string;
  /** What the picture shows and says, for those who cannot see it: one or two sentences. */
  readonly alt: string;
  /** How to read it, or what was left out; plain text below the picture. */
  readonly note?: string;
  /**
   * Valid Vega-Lite 6, values inside, transparent background. Params with `bind` (a select, a slider) become controls of
   * the page. Colours are those of palette.ts: in dark mode the page replaces every one that `darkOf` lists.
   */
  readonly spec: TopLevelSpec;
}

/**
 * How much room there is: the whole picture (axes, legends, all facets) should be about `width` pixels wide. A figure is
 * made once for `wide`, which is also what the files hold, and once for `narrow`, for phones: fewer columns of small
 * multiples, legends below. Same data in both: the page holds equal lists of values once.
 */
export interface Layout {
  readonly width: number;
}
export const wide: Layout = { width: 880 };
export const narrow: Layout = { width: 330 };

/** A figure of the data; `undefined` where the trials hold nothing that it could show. Pure. */
export type FigureMaker = (data: ReportData, layout: Layout) => Figure | undefined;

/** A file that stands beside the page: a film as GIF. */
export interface Asset {
  /** File name with its ending. */
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly bytes: Uint8Array;
}

/** Files beside the page; none where the trials hold nothing for them. The same data gives the same bytes. */
export type AssetMaker = (data: ReportData) => Promise<readonly Asset[]>;
