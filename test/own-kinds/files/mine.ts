/** An experiment whose data, method and metric are its own: what a user writes without touching the project. */
import {
  adam,
  defineData,
  defineExperiment,
  defineMethod,
  defineMetric,
  methodSection,
  mlps,
  modeCoverage,
  uniform,
  z,
} from 'modebench';
import { tipsOf } from './places.ts';

const star = defineData({
  kind: 'star',
  description: 'Gaussians at the tips of a star',
  settings: { tips: z.int().positive(), std: z.number().positive() },
  has: ['modes'],
  make({ tips, std }) {
    const centres = tipsOf(tips);
    return {
      shape: [2],
      dim: 2,
      scale: 1,
      modes: {
        centres: Float64Array.from(centres.flat()),
        count: tips,
        dim: 2,
        std,
        weights: new Float64Array(tips).fill(1 / tips),
      },
      sample(random, count, into = new Float32Array(2 * count)) {
        for (let i = 0; i < count; i++) {
          const centre = centres[random.below(tips)] ?? [0, 0];
          for (let d = 0; d < 2; d++) into[2 * i + d] = (centre[d] ?? 0) + std * random.normal();
        }
        return into;
      },
    };
  },
});

const hinge = defineMethod({
  name: 'hinge',
  description: 'GAN with hinge losses and a pull of D towards 0',
  source: 'Lim & Ye 2017',
  networks: ['generator'],
  packing: () => 2, // D looks at two examples side by side
  settings: { pull: methodSection({ weight: z.number().nonnegative() }, { weight: 0.1 }) },
  load: async () => {
    const { tf, ganLosses } = await import('modebench/losses');
    return {
      ...ganLosses,
      discriminatorLoss: ({ logits: { real, fake }, settings }) =>
        tf.add(
          tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
          tf.mul(settings.pull.weight, tf.mean(tf.square(real))),
        ),
      generatorLoss: ({ logits: { fake } }) => tf.neg(tf.mean(fake)),
    };
  },
});

const radius = defineMetric({
  kind: 'radius',
  description: 'mean distance of samples from the origin',
  settings: { tips: z.int().positive() },
  columns: [
    { name: 'meanRadius', title: 'mean radius', unit: 'number', digits: 2, better: 'more' },
    { name: 'sectorsReached', title: 'sectors reached', unit: 'share', digits: 0, better: 'more', role: 'coverage' },
  ],
  conditions: ({ tips }) => `${tips} sectors`,
  compute: ({ generated }, { tips }) => {
    if (!generated) return {};
    let sum = 0;
    for (let i = 0; i < generated.count; i++)
      sum += Math.hypot(generated.values[2 * i] ?? 0, generated.values[2 * i + 1] ?? 0);
    const { values } = generated;
    const sectors = new Set(
      Array.from({ length: generated.count }, (_, i) =>
        Math.floor(((Math.atan2(values[2 * i + 1] ?? 0, values[2 * i] ?? 0) / Math.PI + 1) / 2) * tips),
      ),
    );
    return { meanRadius: sum / generated.count, sectorsReached: Math.min(1, sectors.size / tips) };
  },
});

export default defineExperiment({
  claim: 'own kinds run',
  source: 'mine',
  data: star({ tips: 5, std: 0.05 }),
  latent: uniform({ dim: 2, low: -1, high: 1 }),
  nets: mlps({ hidden: [16], activation: 'relu', initialiser: 'xavier-uniform' }),
  training: { steps: 40, batch: 16, optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.99 }) },
  evaluation: { samples: 200 },
  methods: ['gan', hinge, 'bigan'],
  measures: [modeCoverage(), radius({ tips: 5 })],
  presets: { narrow: { data: star({ tips: 3, std: 0.05 }) } },
});
