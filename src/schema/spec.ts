/**
 * Schema of a trial's resolved spec, which states every setting. It is what is hashed, stored and run. What an author
 * writes (without defaults), and how it is resolved, is in `src/experiment`.
 */
import { z } from 'zod';

const count = z.int().positive();
const positive = z.number().positive();
const share = z.number().min(0).lt(1);
/** The name of a folder: letters, digits, dashes. */
const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected a data set's name: small letters, digits and dashes");

/** Factor from data units to what networks see; the same for all methods, undone for measures. */
const scale = positive.default(1);

export const dataSchema = z.discriminatedUnion('kind', [
  /** side × side modes, centred on the origin; `heavy` is the share of the mass in the central mode (0: all alike). */
  z.strictObject({
    kind: z.literal('gaussian-grid'),
    side: count,
    spacing: positive,
    std: positive,
    heavy: share.default(0),
    scale,
  }),
  /** Rings about the origin, `modes` on each, the first at angle 0 (no end point doubled). */
  z.strictObject({
    kind: z.literal('gaussian-rings'),
    modes: count,
    radii: z.array(positive).min(1),
    std: positive,
    scale,
  }),
  /** One-dimensional modes at the given places. */
  z.strictObject({ kind: z.literal('gaussian-line'), centres: z.array(z.number()).min(1), std: positive, scale }),
  /** Two-dimensional modes at the given places, `[x, y]` each. */
  z.strictObject({
    kind: z.literal('gaussian-clusters'),
    centres: z.array(z.array(z.number()).length(2)).min(1),
    std: positive,
    scale,
  }),
  /** Archimedean spiral of `turns` turns from radius `inner` to `outer`, with Gaussian noise about it. */
  z.strictObject({
    kind: z.literal('swiss-roll'),
    turns: positive,
    inner: z.number().nonnegative(),
    outer: positive,
    std: positive,
    scale,
  }),
  /** A prepared set of pictures (`npm run data`), its training part, as squares of `size` pixels in [−1, 1]. */
  z.strictObject({ kind: z.literal('images'), set: slug, size: count }),
]);
export type DataSpec = z.infer<typeof dataSchema>;

export const latentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uniform'), dim: count, low: z.number(), high: z.number() }),
  z.strictObject({ kind: z.literal('normal'), dim: count, std: positive }),
  /** A block of dim / classes numbers for each class; one class, drawn uniformly, has its block uniform on [low, high), the others hold 0. */
  z.strictObject({ kind: z.literal('split'), classes: count, dim: count, low: z.number(), high: z.number() }),
]);
export type LatentSpec = z.infer<typeof latentSchema>;

export const netsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mlp'),
    hidden: z.array(count).min(1),
    activation: z.enum(['relu', 'leaky-relu']),
    /** Slope of leaky-relu for negative inputs; unused by relu. */
    slope: share.default(0.2),
    initialiser: z.enum(['xavier-uniform', 'he-normal']),
  }),
  /** Convolutions 4 × 4, stride 2, between pictures and 4 × 4 (7 × 7 for 28 px); batch norm in G and E. */
  z.strictObject({
    kind: z.literal('dcgan'),
    /** Channels at half the picture's size; they double with every halving, up to eightfold. */
    width: count,
  }),
]);
export type NetsSpec = z.infer<typeof netsSchema>;

export const optimiserSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('adam'),
    rate: positive,
    beta1: share,
    beta2: share,
    epsilon: positive.default(1e-8),
  }),
  z.strictObject({ kind: z.literal('rmsprop'), rate: positive, decay: share, epsilon: positive.default(1e-8) }),
]);
export type OptimiserSpec = z.infer<typeof optimiserSchema>;

export const measureSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mode-coverage') }),
  z.strictObject({ kind: z.literal('sliced-wasserstein'), projections: count }),
  z.strictObject({ kind: z.literal('reconstruction') }),
  z.strictObject({ kind: z.literal('latent-uniformity') }),
  z.strictObject({ kind: z.literal('latent-separation') }),
  z.strictObject({ kind: z.literal('curve-coverage'), bins: count }),
  z.strictObject({ kind: z.literal('class-coverage') }),
  z.strictObject({ kind: z.literal('attribute-coverage') }),
  z.strictObject({ kind: z.literal('guidance') }),
  z.strictObject({
    kind: z.literal('foreground'),
    /** Difference from the background, as a share of the range of a channel, from which a pixel is foreground. */
    threshold: positive.lt(1),
    /** Cells along each side of the occupancy grid. */
    cells: count,
  }),
  z.strictObject({ kind: z.literal('ssim') }),
  z.strictObject({ kind: z.literal('inception-score'), splits: count }),
  z.strictObject({ kind: z.literal('frechet') }),
  z.strictObject({ kind: z.literal('kernel'), subsets: count, size: count }),
  z.strictObject({ kind: z.literal('prdc'), neighbours: count }),
  z.strictObject({ kind: z.literal('ndb'), bins: count }),
  z.strictObject({ kind: z.literal('birthday') }),
]);
export type MeasureSpec = z.infer<typeof measureSchema>;

export const lossSchema = z.enum(['logistic', 'linear', 'least-squares', 'wasserstein']);
export type LossName = z.infer<typeof lossSchema>;

export const methodNames = [
  'gan',
  'wgan',
  'wgan-gp',
  'bigan',
  'bigan-l2',
  'bigan-pgp',
  'encoder-only',
  'guided',
] as const;
export type MethodName = (typeof methodNames)[number];

export const resolvedSchema = z.strictObject({
  /** Also the name of a folder in the store and among the reports. */
  experiment: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, "expected an experiment's name of letters, digits, dots and dashes"),
  method: z.enum(methodNames),
  seed: z.int().nonnegative(),
  data: dataSchema,
  latent: latentSchema,
  nets: netsSchema,
  loss: lossSchema,
  critic: z.strictObject({
    /** D steps to one step of G (and E). */
    steps: count,
    /** WGAN's bound on every weight of D; 0 for none. */
    clip: z.number().nonnegative(),
  }),
  /** Present for the methods that have one. */
  penalty: z.strictObject({ weight: z.number().nonnegative(), form: z.enum(['squared', 'norm']) }).optional(),
  reconstruction: z.strictObject({ weight: z.number().nonnegative() }).optional(),
  guidance: z
    .strictObject({
      /** Weight of the cross-entropy of the intended class. */
      classification: z.number().nonnegative(),
      /** Weight of the distance between generated and real variety within a class. */
      variety: z.number().nonnegative(),
    })
    .optional(),
  training: z.strictObject({
    /** Steps of G (and E). */
    steps: count,
    batch: count,
    optimiser: optimiserSchema,
    /** Decay of the exponential moving average of G and E that is evaluated; 0 evaluates the raw weights alone. */
    average: share,
  }),
  evaluation: z.strictObject({
    /** Steps between evaluations; the last step is always evaluated. */
    every: count,
    /** Generated (and real) examples at an evaluation. */
    samples: count,
  }),
  measures: z.array(measureSchema).min(1),
  /** What judges pictures: `own`, a classifier trained on the data set, or the path of an ONNX file with its JSON. */
  scorer: z.strictObject({ model: z.string().min(1) }).optional(),
});
/** Everything that decides what a trial computes; its hash is the trial's identity. */
export type ResolvedSpec = z.infer<typeof resolvedSchema>;
