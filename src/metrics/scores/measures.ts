/** The scores of pictures as measures: what they take from the evidence, and the columns that they give. */
import type { Labels } from '../../datasets/dataset.ts';
import type { Evidence, Judgement, Values } from '../measure.ts';
import { gaussianOf } from '../numerics/gaussian-statistics.ts';
import { onceFor } from '../numerics/memo.ts';
import { birthdaySupport, sameWithin } from './birthday.ts';
import { distanceOfGaussians, type FactoredGaussian, factored } from './frechet-distance.ts';
import { inceptionScore } from './inception-score.ts';
import { kernelDistance } from './kernel-distance.ts';
import { againstBins, type Bins, binsOf } from './ndb.ts';
import { type Prdc, prdc, squaredRadii } from './prdc.ts';
import { ssim } from './ssim.ts';

// Every score but SSIM is {} without a scorer, and stands beside what real data scores (`…Real`): further real examples in
// the generator's place. That is the same at every evaluation of a trial and is made once.

const realInception = onceFor<number>();
const realGaussian = onceFor<FactoredGaussian>();
const realFrechet = onceFor<number>();
const realKernel = onceFor<number>();
const realRadii = onceFor<Float64Array>();
const realPrdc = onceFor<Prdc>();
const realBins = onceFor<Bins>();
const realNdb = onceFor<number>();
const realThreshold = onceFor<number>();
const realSupport = onceFor<number>();

/** `inceptionScore`, its deviation over splits, and that of the real examples. Only where classes exclude each other. */
export function inceptionScores({ judged }: Evidence, splits: number): Values {
  const real = judged?.real.probabilities;
  if (judged === undefined || real === undefined || judged.labels?.kind === 'attributes') return {};
  const heads = headsOf(judged.labels);
  const generated = judged.generated?.probabilities;
  const score = generated && inceptionScore(generated, splits, heads);
  return {
    ...(score && { inceptionScore: score.mean, inceptionScoreStd: score.std }),
    inceptionScoreReal: realInception(judged.real, `${splits}`, () => inceptionScore(real, splits, heads).mean),
  };
}

/** Values in each head; undefined for a scorer whose classes are one head of its own. */
function headsOf(labels: Exclude<Labels, { kind: 'attributes' }> | undefined): readonly number[] | undefined {
  return labels?.heads.map((values) => values.length);
}

/** `fid`: real against generated. */
export function frechetScores({ judged }: Evidence): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const gaussian = realGaussian(real, '', () => factored(gaussianOf(real.features)));
  const distanceTo = ({ features }: Judgement) => distanceOfGaussians(gaussian, gaussianOf(features));
  return {
    ...(generated && { fid: distanceTo(generated) }),
    ...(others && { fidReal: realFrechet(real, '', () => distanceTo(others)) }),
  };
}

/** `kid` and its deviation over subsets: real against generated. */
export function kernelScores(
  { judged, random }: Evidence,
  options: { readonly subsets: number; readonly size: number },
): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const setting = `${options.subsets} of ${options.size}`;
  const distanceTo = ({ features }: Judgement) => kernelDistance(real.features, features, options, random());
  const score = generated && distanceTo(generated);
  return {
    ...(score && { kid: score.mean, kidStd: score.std }),
    ...(others && { kidReal: realKernel(real, setting, () => distanceTo(others).mean) }),
  };
}

/** `precision`, `recall`, `density` and `coverage` with `k` neighbours. */
export function prdcScores({ judged }: Evidence, k: number): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const radii = realRadii(real, `${k}`, () => squaredRadii(real.features, k));
  const scoreOf = ({ features }: Judgement) => prdc(real.features, features, k, radii);
  const ceiling = others && realPrdc(real, `${k}`, () => scoreOf(others));
  return {
    ...(generated && scoreOf(generated)),
    ...(ceiling && {
      precisionReal: ceiling.precision,
      recallReal: ceiling.recall,
      densityReal: ceiling.density,
      coverageReal: ceiling.coverage,
    }),
  };
}

/** `ndb`: share of the real examples' bins that the generator fills differently. */
export function ndbScores({ judged, random }: Evidence, bins: number): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const fitted = realBins(real, `${bins}`, () => binsOf(real.features, bins, random()));
  const shareOf = ({ features }: Judgement) => againstBins(fitted, features).share;
  return {
    ...(generated && { ndb: shareOf(generated) }),
    ...(others && { ndbReal: realNdb(real, `${bins}`, () => shareOf(others)) }),
  };
}

/** `birthdaySupport`: how many different examples the generator has, in effect; see `sameWithin` for what that means. */
export function birthdayScores({ judged }: Evidence): Values {
  if (judged === undefined) return {};
  const { real, others, generated } = judged;
  const threshold = realThreshold(real, '', () => sameWithin(real.features));
  const supportOf = ({ features }: Judgement) => birthdaySupport(features, threshold);
  return {
    ...(generated && { birthdaySupport: supportOf(generated) }),
    ...(others && { birthdaySupportReal: realSupport(real, '', () => supportOf(others)) }),
  };
}

/** `ssim`: G(E(x)) against x, of pictures; needs no scorer. */
export function ssimScores({ dataset: { shape }, real, reconstructed }: Evidence): Values {
  const [height, width, channels] = shape;
  if (reconstructed === undefined || height === undefined || width === undefined || channels === undefined) return {};
  return { ssim: ssim(real, reconstructed, [height, width, channels]) };
}
