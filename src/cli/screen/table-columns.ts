/** Columns of the result table, and their order of priority where the terminal is narrow. */
import { columnInfo } from '../../summary/column-info.ts';

export interface MetricColumn {
  readonly metric: string;
  /** Lines of the column's head. */
  readonly head: readonly string[];
  /** `share`: a fraction in the records, per cent on the screen. */
  readonly unit: 'count' | 'share' | 'number';
  readonly digits: number;
  /** Which end of the range is the worst seed. */
  readonly worst: 'min' | 'max';
  /** Narrow tables keep low ranks. */
  readonly rank: number;
}

function column(metric: string, head: readonly string[], rank: number): MetricColumn {
  const { unit, digits, better } = columnInfo(metric);
  return { metric, head, unit, digits, worst: better === 'more' ? 'min' : 'max', rank };
}

/** In the table's order; the first that a table has is its leading measure, whose worst seed is shown. */
export const metricColumns: readonly MetricColumn[] = [
  column('modesCaptured', ['modes'], 0),
  column('curveCovered', ['curve', 'covered %'], 0),
  column('nearCurve', ['near', 'curve %'], 1),
  column('modesWellCaptured', ['well', 'captured'], 3),
  column('highQuality', ['high', 'quality %'], 1),
  column('reverseKL', ['reverse', 'KL'], 2),
  column('modesReconstructed', ['modes', 'recon.'], 5.8),
  column('attributeGap', ['attribute', 'gap %'], 1),
  column('foregroundShare', ['with fore-', 'ground %'], 1.5),
  column('cellsCovered', ['cells', 'covered %'], 1),
  column('occupancyJS', ['occupancy', 'JS'], 2.5),
  column('inceptionScore', ['inception', 'score'], 2),
  column('fid', ['FID'], 1),
  column('kid', ['KID'], 5.2),
  column('precision', ['preci-', 'sion'], 4),
  column('recall', ['recall'], 4),
  column('coverage', ['cover-', 'age'], 3),
  column('ndb', ['NDB/K'], 4.2),
  column('ssim', ['SSIM'], 2.2),
  column('intendedClass', ['intended', 'class %'], 1),
  column('classVariety', ['class', 'variety'], 1),
  column('slicedW2', ['sliced', 'W2'], 5),
  column('raw.modesCaptured', ['raw', 'modes'], 3.5),
  column('raw.curveCovered', ['raw', 'cov. %'], 3.5),
  column('latentKS', ['latent', 'KS'], 5.5),
  column('latentPurity', ['latent', 'purity %'], 6),
];
