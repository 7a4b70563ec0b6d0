/** The entry that experiment authors import from: `import { defineExperiment, … } from 'modebench'`. Loads nothing heavy. */
export type { Author, Experiment, MethodChoice, Preset, Sections } from './experiment/define.ts';
export {
  adam,
  curveCoverage,
  defineExperiment,
  gaussianClusters,
  gaussianGrid,
  gaussianLine,
  gaussianRings,
  latentSeparation,
  latentUniformity,
  mlps,
  modeCoverage,
  normal,
  reconstruction,
  rmsprop,
  slicedWasserstein,
  swissRoll,
  uniform,
} from './experiment/define.ts';
export { toyAuthors, toyDeviations, toySetting, toySmoke } from './experiment/toy.ts';
