import {
  defineExperiment,
  gaussianMixture,
  modeBalance,
  toyCooldown,
  toyImbalancePresets,
  toySearch,
  toySetting,
} from 'modebench';

/** grid25 with ten rare modes: its second and fourth columns. */
const places = Array.from({ length: 25 }, (_, mode) => ({ column: Math.floor(mode / 5), row: mode % 5 }));

export default defineExperiment({
  claim:
    'Where ten of 25 modes have a twentieth of the weight of the others, the penalty keeps them; GAN and BiGAN give them up.',
  source: 'Schreurs et al. 2021 (RLS-GAN), their grid; the claim is that of Sharma & Namboodiri 2018',
  data: gaussianMixture({
    modes: places.map(({ column, row }) => ({
      centre: [2 * column - 4, 2 * row - 4],
      weight: column % 2 === 0 ? 1 : 0.05,
    })),
    std: 0.05,
  }),
  ...toyCooldown,
  measures: [...toySetting.measures, modeBalance()],
  evaluation: { samples: 10_000 },
  presets: toyImbalancePresets,
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 25 } } },
  deviations: [
    'the rare modes are two columns: the source is quoted for their number and weight, not for their places',
    'a mode counts from one sample of high quality; there it counts from 50 of 10,000, where a perfect sampler gives a rare one 32: their method rebalances on purpose',
    "budget, nets and losses are those of heavy25's preset quick, the same for every method",
  ],
});
