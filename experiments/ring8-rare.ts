import {
  defineExperiment,
  gaussianMixture,
  modeBalance,
  toyCooldown,
  toyImbalancePresets,
  toySearch,
  toySetting,
} from 'modebench';

/** Eight Gaussians on a ring, every other one rare. */
const angles = Array.from({ length: 8 }, (_, mode) => (Math.PI * mode) / 4);
const rounded = (coordinate: number) => Number(coordinate.toFixed(4));

export default defineExperiment({
  claim:
    'Where half of the modes have a twentieth of the weight of the others, the penalty keeps them; GAN and BiGAN give them up.',
  source: 'Schreurs et al. 2021 (RLS-GAN), their ring; the claim is that of Sharma & Namboodiri 2018',
  data: gaussianMixture({
    modes: angles.map((angle, mode) => ({
      centre: [rounded(2.5 * Math.cos(angle)), rounded(2.5 * Math.sin(angle))],
      weight: mode % 2 === 0 ? 1 : 0.05,
    })),
    std: 0.05,
    scale: 1.6,
  }),
  ...toyCooldown,
  measures: [...toySetting.measures, modeBalance()],
  evaluation: { samples: 10_000 },
  presets: toyImbalancePresets,
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 8 } } },
  deviations: [
    'every other mode is the rare one: the source is quoted for their number and weight, not for their places',
    'networks see coordinates × 1.6, which have the spread of grid25',
    'a mode counts from one sample of high quality; there it counts from 50 of 10,000, more than a perfect sampler gives on their grid: their method rebalances on purpose',
    "budget, nets and losses are those of heavy25's preset quick, the same for every method",
  ],
});
