import { expect, it } from 'vitest';
import * as publicEntry from '../../src/modebench.ts';
import { adam, defineExperiment, gaussianGrid, mlps, modeCoverage, uniform } from '../../src/modebench.ts';

const fields = {
  claim: 'c',
  source: 's',
  data: gaussianGrid({ side: 5, spacing: 2, std: 0.05 }),
  latent: uniform({ dim: 2, low: -1, high: 1 }),
  nets: mlps({ hidden: [8], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 10, batch: 4, optimiser: adam({ rate: 1, beta1: 0, beta2: 0 }) },
  methods: ['gan', { name: 'wgan-gp', penalty: { weight: 0.1 } }],
  measures: [modeCoverage()],
  presets: { smoke: { training: { steps: 2 } }, other: { data: { scale: 2 }, methods: ['gan'] } },
} as const;

it('defineExperiment gives back what it is given', () => {
  expect(defineExperiment(fields)).toBe(fields);
});

it('its types refuse what an author may get wrong (checked by the compiler, not at run time)', () => {
  // @ts-expect-error there is no such method
  defineExperiment({ ...fields, methods: ['gna'] });
  // @ts-expect-error a method's own settings are sections of the spec
  defineExperiment({ ...fields, methods: [{ name: 'gan', trainings: {} }] });
  // @ts-expect-error a kind stands with all that belongs to it
  defineExperiment({ ...fields, presets: { smoke: { training: { optimiser: { kind: 'adam', rate: 1 } } } } });
  // @ts-expect-error expectations are by method
  defineExperiment({ ...fields, expects: { gna: { modesCaptured: 1 } } });
  // @ts-expect-error a grid has sides
  expect(gaussianGrid({ spacing: 2, std: 1 })).toBeDefined();
});

it('authors get the factories, the shared settings of toys and pictures, and nothing else', () => {
  expect(Object.keys(publicEntry).sort()).toEqual(
    [
      'adam',
      'attributeCoverage',
      'between',
      'birthday',
      'choice',
      'classCoverage',
      'curveCoverage',
      'dcgan',
      'defineData',
      'defineExperiment',
      'defineMethod',
      'defineMetric',
      'defineNets',
      'defineOptimiser',
      'extend',
      'foreground',
      'frechet',
      'gaussianClusters',
      'gaussianGrid',
      'gaussianLine',
      'gaussianMixture',
      'gaussianRings',
      'guidance',
      'images',
      'inceptionScore',
      'kernel',
      'latentSeparation',
      'latentUniformity',
      'logUniform',
      'methodSection',
      'mlps',
      'modeBalance',
      'modeCoverage',
      'ndb',
      'normal',
      'pictureCpu',
      'pictureDeviations',
      'pictureHour',
      'picturePaper',
      'picturePresets',
      'picturePresetsAt',
      'pictureR3gan',
      'pictureRare',
      'pictureSetting',
      'pictureSmoke',
      'points',
      'prdc',
      'reconstruction',
      'resnet',
      'rmsprop',
      'scorer',
      'slicedWasserstein',
      'split',
      'ssim',
      'swissRoll',
      'toyAuthors',
      'toyCooldown',
      'toyDeviations',
      'toyImbalance',
      'toyImbalancePresets',
      'toyPresets',
      'toyRivalDeviations',
      'toySearch',
      'toySetting',
      'toySmoke',
      'uniform',
      'z',
    ].sort(),
  );
});
