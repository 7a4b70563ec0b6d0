/** How each metric is called, printed and judged: the words that tables, figures and verdicts share. Data. */

export interface MetricInfo {
  readonly metric: string;
  /** For heads of columns and axes: `modes captured`. */
  readonly title: string;
  /** `share`: a fraction in files, per cent on screens and pages. */
  readonly unit: 'count' | 'share' | 'number';
  /** Decimals on screens and pages, of the per cent for shares. */
  readonly digits: number;
  /** Which way is better; the worst seed is the other end of the range. */
  readonly better: 'more' | 'less';
}

const info = (
  metric: string,
  title: string,
  unit: MetricInfo['unit'],
  digits: number,
  better: MetricInfo['better'],
): MetricInfo => ({ metric, title, unit, digits, better });

/** In the order of the tables; the first that a report has is its leading measure. */
const known: readonly MetricInfo[] = [
  info('modesCaptured', 'modes captured', 'count', 1, 'more'),
  info('curveCovered', 'curve covered', 'share', 1, 'more'),
  info('nearCurve', 'near the curve', 'share', 1, 'more'),
  info('modesWellCaptured', 'modes well captured', 'count', 1, 'more'),
  info('highQuality', 'high quality', 'share', 1, 'more'),
  info('reverseKL', 'reverse KL', 'number', 2, 'less'),
  info('jensenShannon', 'Jensen–Shannon', 'number', 3, 'less'),
  info('slicedW2', 'sliced W2', 'number', 2, 'less'),
  info('modesReconstructed', 'modes reconstructed', 'count', 1, 'more'),
  info('attributeGap', 'attribute gap', 'share', 1, 'less'),
  // More than the data's own share would be too much; it stands in the data's row below.
  info('foregroundShare', 'with foreground', 'share', 1, 'more'),
  info('cellsCovered', 'cells covered', 'share', 1, 'more'),
  info('occupancyJS', 'occupancy JS', 'number', 3, 'less'),
  info('blobsJS', 'blobs JS', 'number', 3, 'less'),
  info('foregroundReconstructed', 'foreground kept', 'share', 1, 'more'),
  info('inceptionScore', 'inception score', 'number', 2, 'more'),
  info('fid', 'FID', 'number', 2, 'less'),
  info('kid', 'KID', 'number', 4, 'less'),
  info('precision', 'precision', 'number', 3, 'more'),
  info('recall', 'recall', 'number', 3, 'more'),
  info('density', 'density', 'number', 3, 'more'),
  info('coverage', 'coverage', 'number', 3, 'more'),
  info('ndb', 'NDB/K', 'number', 3, 'less'),
  info('birthdaySupport', 'birthday support', 'count', 0, 'more'),
  info('ssim', 'SSIM', 'number', 3, 'more'),
  info('intendedClass', 'intended class', 'share', 1, 'more'),
  info('classVariety', 'variety in a class', 'number', 2, 'more'),
  info('reconstructionX', '‖x − G(E(x))‖', 'number', 3, 'less'),
  info('reconstructionZ', '‖z − E(G(z))‖', 'number', 3, 'less'),
  info('latentKS', 'latent KS', 'number', 3, 'less'),
  info('latentKSMean', 'latent KS, mean', 'number', 3, 'less'),
  info('latentPurity', 'latent purity', 'share', 1, 'more'),
];

const byName = new Map(known.map((entry) => [entry.metric, entry]));

/** Measures where neither more nor less is better, or that say nothing of quality on their own: losses, norms, ratios. */
const unjudged = new Map([
  ['inceptionScoreStd', info('inceptionScoreStd', 'inception score, σ of splits', 'number', 2, 'less')],
  ['kidStd', info('kidStd', 'KID, σ of subsets', 'number', 4, 'less')],
  ['sigmaRatio', info('sigmaRatio', 'σ ratio', 'number', 2, 'more')],
  ['lossD', info('lossD', 'loss of D', 'number', 3, 'less')],
  ['lossG', info('lossG', 'loss of G', 'number', 3, 'less')],
  ['scoreReal', info('scoreReal', 'D on real', 'number', 3, 'more')],
  ['scoreFake', info('scoreFake', 'D on generated', 'number', 3, 'more')],
  ['gradientD', info('gradientD', 'gradient norm of D', 'number', 3, 'less')],
  ['gradientG', info('gradientG', 'gradient norm of G', 'number', 3, 'less')],
]);

/** Words for any metric; one that is not known is called by its own name. `raw.` marks the weights themselves. */
export function metricInfo(metric: string): MetricInfo {
  const found = byName.get(metric) ?? unjudged.get(metric) ?? ofRealData(metric);
  if (found !== undefined) return found;
  if (!metric.startsWith('raw.')) return info(metric, metric, 'number', 3, 'more');
  const averaged = metricInfo(metric.slice('raw.'.length));
  return { ...averaged, metric, title: `${averaged.title}, raw weights` };
}

/** Those of `metrics` that say how good a result is, in the tables' order; raw weights' measures are not among them. */
export function judgedMetrics(metrics: Iterable<string>): MetricInfo[] {
  const present = new Set(metrics);
  return known.filter(({ metric }) => present.has(metric));
}

/** What further real examples score in the generator's place: a measure's ceiling, or its floor. */
export const realOf = (metric: string): string => `${metric.replace(/^raw\./, '')}Real`;

function ofRealData(metric: string): MetricInfo | undefined {
  const judged = metric.endsWith('Real') ? byName.get(metric.slice(0, -'Real'.length)) : undefined;
  return judged && { ...judged, metric, title: `${judged.title}, real data` };
}
