/** How each column of a result is called, printed and judged: the words that tables, figures and verdicts share. Data. */

import type { ColumnInfo } from '../schema/column-info.ts';

/** Columns that a store describes, by name: they go before those that are built in. */
export type Columns = ReadonlyMap<string, ColumnInfo>;

const info = (
  name: string,
  title: string,
  unit: ColumnInfo['unit'],
  digits: number,
  better: ColumnInfo['better'],
): ColumnInfo => ({ name, title, unit, digits, better });

/** What judges a result, in the order of the tables; the first that a report has is its leading metric. */
const judged: readonly ColumnInfo[] = [
  { ...info('modesCaptured', 'modes captured', 'count', 1, 'more'), outOf: 'modes' },
  info('curveCovered', 'curve covered', 'share', 1, 'more'),
  info('nearCurve', 'near the curve', 'share', 1, 'more'),
  info('modesWellCaptured', 'modes well captured', 'count', 1, 'more'),
  info('highQuality', 'high quality', 'share', 1, 'more'),
  info('reverseKL', 'reverse KL', 'number', 2, 'less'),
  info('jensenShannon', 'Jensen–Shannon', 'number', 3, 'less'),
  info('slicedW2', 'sliced W2', 'number', 2, 'less'),
  { ...info('modesReconstructed', 'modes reconstructed', 'count', 1, 'more'), outOf: 'modes' },
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

/** Columns that say nothing of quality on their own: losses, norms, ratios, deviations. */
const neutral: readonly ColumnInfo[] = [
  info('inceptionScoreStd', 'inception score, σ of splits', 'number', 2, 'neither'),
  info('kidStd', 'KID, σ of subsets', 'number', 4, 'neither'),
  info('sigmaRatio', 'σ ratio', 'number', 2, 'neither'),
  info('lossD', 'loss of D', 'number', 3, 'neither'),
  info('lossG', 'loss of G', 'number', 3, 'neither'),
  info('scoreReal', 'D on real', 'number', 3, 'neither'),
  info('scoreFake', 'D on generated', 'number', 3, 'neither'),
  info('gradientD', 'gradient norm of D', 'number', 3, 'neither'),
  info('gradientG', 'gradient norm of G', 'number', 3, 'neither'),
];

const builtIn: Columns = new Map([...judged, ...neutral].map((column) => [column.name, column]));

/**
 * How a column is called, printed and judged. `raw.` marks the weights themselves, `…Real` what real data score. A column that
 * nobody describes bears its own name and judges nothing.
 */
export function columnInfo(name: string, declared: Columns = builtIn): ColumnInfo {
  const found = declared.get(name) ?? builtIn.get(name);
  if (found !== undefined) return found;
  if (name.startsWith('raw.')) {
    const averaged = columnInfo(name.slice('raw.'.length), declared);
    return { ...averaged, name, title: `${averaged.title}, raw weights` };
  }
  if (name.endsWith('Real')) {
    const ofSamples = columnInfo(name.slice(0, -'Real'.length), declared);
    if (ofSamples.better !== 'neither') return { ...ofSamples, name, title: `${ofSamples.title}, real data` };
  }
  return info(name, name, 'number', 3, 'neither');
}

/**
 * Those of `names` that say how good a result is, in the tables' order, then such as only the store describes. What real data
 * score and what the raw weights reach is not among them.
 */
export function judgedColumns(names: Iterable<string>, declared: Columns = builtIn): ColumnInfo[] {
  const present = new Set(names);
  const own = [...declared.values()].filter(({ name, better }) => better !== 'neither' && !builtIn.has(name));
  return [...judged, ...own].filter(({ name }) => present.has(name)).map(({ name }) => columnInfo(name, declared));
}

/** What further real examples score in the generator's place: a metric's ceiling, or its floor. */
export const realOf = (name: string): string => `${name.replace(/^raw\./, '')}Real`;
