/** The entry that experiment authors import from: `import { defineExperiment, … } from 'modebench'`. Loads no tfjs. */
export { z } from 'zod';
export { pointsKind as defineData } from './datasets/data-kind.ts';
export { points } from './datasets/file/points.ts';
export { images } from './datasets/pictures/images.ts';
export { gaussianClusters } from './datasets/toy/gaussian-clusters.ts';
export { gaussianGrid } from './datasets/toy/gaussian-grid.ts';
export { gaussianLine } from './datasets/toy/gaussian-line.ts';
export { gaussianMixture } from './datasets/toy/gaussian-mixture.ts';
export { gaussianRings } from './datasets/toy/gaussian-rings.ts';
export { swissRoll } from './datasets/toy/swiss-roll.ts';
export type { Author, Experiment, MethodChoice, Preset, Sections } from './experiment/define.ts';
export { defineExperiment, extend, scorer } from './experiment/define.ts';
export {
  pictureCpu,
  pictureDeviations,
  pictureHour,
  picturePaper,
  picturePresets,
  picturePresetsAt,
  pictureR3gan,
  pictureRare,
  pictureSetting,
  pictureSmoke,
} from './experiment/pictures.ts';
export {
  toyAuthors,
  toyCooldown,
  toyDeviations,
  toyImbalance,
  toyImbalancePresets,
  toyPresets,
  toyRivalDeviations,
  toySearch,
  toySetting,
  toySmoke,
} from './experiment/toy.ts';
export { defineMethod } from './methods/method.ts';
export { methodSection } from './methods/section.ts';
export { attributeCoverage } from './metrics/attribute-coverage.ts';
export { birthday } from './metrics/birthday.ts';
export { classCoverage } from './metrics/class-coverage.ts';
export { curveCoverage } from './metrics/curve-coverage.ts';
export { foreground } from './metrics/foreground/foreground.ts';
export { frechet } from './metrics/frechet.ts';
export { guidance } from './metrics/guidance.ts';
export { inceptionScore } from './metrics/inception-score.ts';
export { kernel } from './metrics/kernel.ts';
export { latentSeparation } from './metrics/latent-separation.ts';
export { latentUniformity } from './metrics/latent-uniformity.ts';
export { defineMetric } from './metrics/metric-kind.ts';
export { modeBalance } from './metrics/mode-balance.ts';
export { modeCoverage } from './metrics/mode-coverage.ts';
export { ndb } from './metrics/ndb.ts';
export { prdc } from './metrics/prdc.ts';
export { reconstruction } from './metrics/reconstruction.ts';
export { slicedWasserstein } from './metrics/sliced-wasserstein.ts';
export { ssim } from './metrics/ssim.ts';
export { dcgan } from './nets/dcgans.ts';
export { mlps } from './nets/mlps.ts';
export { netsKind as defineNets } from './nets/nets-kind.ts';
export { resnet } from './nets/resnets.ts';
export { optimiserKind as defineOptimiser } from './optimisers/optimiser-kind.ts';
export { adam, rmsprop } from './optimisers/optimiser-kinds.ts';
export { normal } from './priors/normal.ts';
export { split } from './priors/split.ts';
export { uniform } from './priors/uniform.ts';
export { between, choice, logUniform } from './schema/range.ts';
