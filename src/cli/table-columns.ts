/** Which measures the table of results shows, in which words, and which go first where the terminal is narrow. Data. */

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

const column = (
  metric: string,
  head: readonly string[],
  unit: MetricColumn['unit'],
  digits: number,
  worst: MetricColumn['worst'],
  rank: number,
): MetricColumn => ({ metric, head, unit, digits, worst, rank });

/** In the table's order; the first that a table has is its leading measure, whose worst seed is shown. */
export const metricColumns: readonly MetricColumn[] = [
  column('modesCaptured', ['modes'], 'count', 1, 'min', 0),
  column('curveCovered', ['curve', 'covered %'], 'share', 1, 'min', 0),
  column('nearCurve', ['near', 'curve %'], 'share', 1, 'min', 1),
  column('modesWellCaptured', ['well', 'captured'], 'count', 1, 'min', 3),
  column('highQuality', ['high', 'quality %'], 'share', 1, 'min', 1),
  column('reverseKL', ['reverse', 'KL'], 'number', 2, 'max', 2),
  column('slicedW2', ['sliced', 'W2'], 'number', 2, 'max', 5),
  column('raw.modesCaptured', ['raw', 'modes'], 'count', 1, 'min', 3.5),
  column('raw.curveCovered', ['raw', 'cov. %'], 'share', 1, 'min', 3.5),
  column('latentKS', ['latent', 'KS'], 'number', 3, 'max', 5.5),
  column('latentPurity', ['latent', 'purity %'], 'share', 1, 'min', 6),
];
