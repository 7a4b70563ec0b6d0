/** Says in words whether samples keep every mode, by what a perfect sampler of as many points gets; and what may be wrong with them. */
import { countText, plural } from '../../base/number-words.ts';
import type { Points } from '../../base/points.ts';
import type { Dataset, Modes } from '../../datasets/dataset.ts';
import { highQualityCounts, nearestModes } from '../../metrics/numerics/nearest-modes.ts';
import type { PointScores } from './evaluate.ts';

export interface PointVerdict {
  /**
   * - `collapsed`: modes are never seen, and those that are amount to less than half of all.
   * - `modes missing`: modes are never seen that a perfect sampler sees.
   * - `uneven`: every mode is seen, some far less or far more often than in the data.
   * - `off the data`: every mode is seen, but fewer samples lie at modes than a perfect sampler's.
   * - `every mode kept`: nothing of these.
   * - `no modes known`: the data say of none.
   */
  readonly kind: 'collapsed' | 'modes missing' | 'uneven' | 'off the data' | 'every mode kept' | 'no modes known';
  /** A sentence with the figures. */
  readonly says: string;
  /** Modes that the samples amount to: K e^(−reverse KL), which of equal weights is e^entropy; absent without modes. */
  readonly effectiveModes?: number;
}

/** A share of high-quality samples that is so far below a perfect sampler's is no chance. */
const missedQuality = 0.02;
/** A reverse KL so far above a perfect sampler's is no chance: a tenth of the modes is lost by it. */
const unevenBalance = 0.1;

export function verdictOn({ values, perfect, modes }: PointScores): PointVerdict {
  const { modesCaptured, modesWellCaptured, highQuality, reverseKL } = values;
  if (modes.length === 0 || modesCaptured === undefined)
    return { kind: 'no modes known', says: 'No modes are known of the data, so none are counted.' };
  const count = modes.length;
  const lowest = (name: string) => perfect[name]?.low ?? 0;
  const effective = reverseKL === undefined || Number.isNaN(reverseKL) ? 0 : count * Math.exp(-reverseKL);
  const never = count - modesCaptured;
  const amounts = `effectively ${effective.toFixed(1)} of ${plural(count, 'mode')}`;
  const few = lowest('modesCaptured') < count ? ` (so few points: a perfect sampler may miss some too)` : '';
  const perCent = (share: number | undefined) => `${(100 * (share ?? Number.NaN)).toFixed(1)} %`;
  const quality = `${perCent(highQuality)} of samples within 3σ of a mode, a perfect sampler's ${perCent(perfect.highQuality?.mean)}`;
  const isPoor = (highQuality ?? 0) < lowest('highQuality') - missedQuality;
  const found = { effectiveModes: effective };
  if (modesCaptured < lowest('modesCaptured')) {
    const kind = effective < count / 2 ? 'collapsed' : 'modes missing';
    const poor = isPoor ? `; ${quality}` : '';
    return { ...found, kind, says: `${capital(kind)}: ${amounts}; ${countText(never)} never seen${few}${poor}.` };
  }
  const seen = never === 0 ? `all ${countText(count)} seen` : `${countText(never)} not seen`;
  const rare = count - (modesWellCaptured ?? count);
  const isLopsided = (reverseKL ?? 0) > (perfect.reverseKL?.high ?? 0) + unevenBalance;
  if ((modesWellCaptured ?? count) < lowest('modesWellCaptured') || isLopsided) {
    const most = Math.max(...modes.map(({ share, weight }) => share / weight));
    const how =
      rare > 0
        ? `${countText(rare)} with less than a quarter of their share`
        : `one with ${most.toFixed(1)} times its share`;
    return { ...found, kind: 'uneven', says: `Uneven: ${amounts}; ${seen}, ${how}${few}.` };
  }
  if (isPoor) return { ...found, kind: 'off the data', says: `Off the data: ${quality}; ${amounts}, ${seen}${few}.` };
  return { ...found, kind: 'every mode kept', says: `Every mode kept: ${amounts}, ${seen}; ${quality}${few}.` };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A share of samples at modes that shows that a factor was forgotten, where without it there is less than half of that. */
const enough = 0.5;

/** A line where the samples lie at the modes once they are multiplied by one number: they were normalised, as a rule. */
export function scaleHint(points: Points, { modes, scale }: Dataset): string | undefined {
  if (modes === undefined) return undefined;
  const before = qualityAt(points, modes, 1);
  const [best] = [1 / scale, scale, spreadOf(modes) / rootMeanSquare(points)]
    .filter((factor) => Number.isFinite(factor) && factor > 0)
    .map((factor) => ({ factor, share: qualityAt(points, modes, factor) }))
    .sort((a, b) => b.share - a.share);
  if (best === undefined || best.share < enough || best.share < 2 * before) return undefined;
  return `multiplied by ${Number(best.factor.toPrecision(3))}, ${Math.round(100 * best.share)} % of the samples would lie within 3σ of a mode, and as they are ${Math.round(100 * before)} %: were they scaled for training?`;
}

function qualityAt({ values, count, dim }: Points, modes: Modes, factor: number): number {
  const scaled = { values: factor === 1 ? values : values.map((value) => value * factor), count, dim };
  const good = highQualityCounts(nearestModes(scaled, modes), modes).reduce((sum, found) => sum + found, 0);
  return good / count;
}

/** Root mean square of a coordinate, about the origin: a factor leaves the origin where it is. */
function rootMeanSquare({ values }: Points): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value * value;
    count++;
  }
  return Math.sqrt(sum / count);
}

/** The same of the data's mixture. */
function spreadOf({ centres, weights, count, dim, std }: Modes): number {
  let sum = std * std;
  for (let mode = 0; mode < count; mode++)
    for (let d = 0; d < dim; d++) sum += ((weights[mode] as number) * (centres[mode * dim + d] as number) ** 2) / dim;
  return Math.sqrt(sum);
}
