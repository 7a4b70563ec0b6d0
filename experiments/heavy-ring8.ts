import {
  defineExperiment,
  gaussianMixture,
  modeBalance,
  toyCooldown,
  toyImbalancePresets,
  toySearch,
  toySetting,
} from 'modebench';

/** ring8 with 90 % of the mass in one mode. */
const angles = Array.from({ length: 8 }, (_, mode) => (Math.PI * mode) / 4);
const rounded = (coordinate: number) => Number(coordinate.toFixed(4));

export default defineExperiment({
  claim: 'When one mode of a ring outweighs all others, the penalty still keeps the seven minor ones.',
  source: 'Sharma & Namboodiri 2018, the imbalance of its traffic data, on the ring of VEEGAN (Srivastava et al. 2017)',
  data: gaussianMixture({
    modes: angles.map((angle, mode) => ({
      centre: [rounded(Math.cos(angle)), rounded(Math.sin(angle))],
      weight: mode === 0 ? 63 : 1,
    })),
    std: 0.01,
    scale: 4,
  }),
  ...toyCooldown,
  measures: [...toySetting.measures, modeBalance()],
  evaluation: { samples: 10_000 },
  presets: toyImbalancePresets,
  search: toySearch,
  searchFor: 'modesWellCaptured',
  expects: { 'bigan-pgp': { modesCaptured: { atLeast: 8 } } },
  deviations: [
    'not in the article, whose unbalanced data are images without labels',
    'the heavy mode lies on the ring, at angle 0, and not in the middle as that of heavy25 does',
    "budget, nets and losses are those of heavy25's preset quick, the same for every method",
  ],
});
