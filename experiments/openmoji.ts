import {
  classCoverage,
  defineExperiment,
  frechet,
  images,
  pictureDeviations,
  picturePresetsAt,
  pictureSetting,
  prdc,
  ssim,
} from 'modebench';

/** Drawings of emoji in colour: six of ten show people, the rarest of nine groups has one in fifty. Which groups does a method draw? */
export default defineExperiment({
  claim: 'Where most pictures show people, GANs draw people; with the pair-wise gradient penalty the rare groups stay.',
  source: "OpenMoji's drawings by Unicode's groups, whose imbalance nobody chose; an experiment of this project",
  data: images({ set: 'openmoji', size: 64 }),
  ...pictureSetting,
  measures: [classCoverage(), frechet(), prdc({ neighbours: 5 }), ssim()],
  presets: picturePresetsAt('openmoji', { smoke: 16, cpu: 32, paper: 64 }),
  deviations: [
    'the paper has no such data: these are 3,944 drawings, not photographs, and a group is what Unicode calls one',
    ...pictureDeviations,
  ],
});
