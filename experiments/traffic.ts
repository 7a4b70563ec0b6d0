import {
  attributeCoverage,
  defineExperiment,
  foreground,
  frechet,
  images,
  pictureCpu,
  pictureDeviations,
  pictureHour,
  picturePresetsAt,
  pictureRare,
  pictureSetting,
  ssim,
} from 'modebench';

/** What needs no labels. */
const footage = [foreground({ threshold: 0.06, cells: 8 }), ssim()];

/** A fixed camera over an intersection: most frames show the empty road. Does a method keep the vehicles, or only the background? */
export default defineExperiment({
  claim: 'GANs paint the empty road and lose the vehicles; with the pair-wise gradient penalty the rare frames stay.',
  source: 'Sharma & Namboodiri 2018, traffic frames with one heavy mode',
  data: images({ set: 'traffic', size: 64 }),
  ...pictureSetting,
  measures: [attributeCoverage(), frechet(), ...footage],
  presets: {
    ...picturePresetsAt('traffic', { smoke: 16, cpu: 32, paper: 128 }),
    cpu16: { ...pictureRare, data: images({ set: 'traffic', size: 16, empty: 0.7 }) },
    hour: { ...pictureHour, data: images({ set: 'traffic', size: 32, empty: 0.7 }) },
    footage: { measures: footage },
    'footage-cpu': { ...pictureCpu, data: images({ set: 'traffic', size: 32 }), measures: footage },
  },
  deviations: [
    "the authors' footage is not public: without footage of your own (npm run data -- traffic --video …) the frames are of a simulated intersection, and say so",
    'with simulated frames a mode is a kind of vehicle on a lane, found by a classifier; with footage of your own only the foreground is measured: the presets footage and footage-cpu',
    'the preset cpu16 has frames of 16 px, small enough to be learnt in minutes, of which data.empty (0.7) show the empty road; cpu, of 32 px, ends before any method draws a vehicle; hour has 32 px and half the steps of cpu16',
    ...pictureDeviations,
  ],
});
