/** What a schema cannot say about a resolved spec: that its parts fit together. */

import { UsageError } from '../base/usage-error.ts';
import { makeDataset } from '../datasets/make-dataset.ts';
import { needsScorer } from '../metrics/measures.ts';
import { sidesOf } from '../nets/sides.ts';
import type { DataSpec, MeasureSpec, ResolvedSpec } from '../schema/spec.ts';

/** Modes are laid out to see whether they can be. */
const mostModes = 100_000;

/** What no machine's memory holds, well above what anybody trains: such a slip is better heard of than run. */
const mostBatch = 1_000_000;
const mostSamples = 10_000_000;
const mostUnits = 100_000;
const mostPixels = 4_096;

/** Throws UsageError (`path: expected …, got …`) for the first part that does not fit the others. */
export function checkSense(spec: ResolvedSpec): void {
  const { data, latent, method, nets, penalty } = spec;
  for (const [path, size, most] of sizesOf(spec)) {
    if (size > most) throw new UsageError(`${path}: expected at most ${most}, got ${size}`);
  }
  if (latent.kind !== 'normal' && latent.low >= latent.high) {
    throw new UsageError(`latent.low: expected less than latent.high (${latent.high}), got ${latent.low}`);
  }
  if (latent.kind === 'split' && latent.dim % latent.classes !== 0) {
    const nearest = Math.max(1, Math.round(latent.dim / latent.classes)) * latent.classes;
    throw new UsageError(
      `latent.dim: expected a multiple of latent.classes (${latent.classes}), got ${latent.dim}, nearest is ${nearest}`,
    );
  }
  if (method === 'guided' && latent.kind !== 'split') {
    throw new UsageError(`latent: guided needs { kind: 'split', … }, a block of numbers a class; got ${latent.kind}`);
  }
  if ((data.kind === 'images') !== (nets.kind === 'dcgan')) {
    const wanted = data.kind === 'images' ? 'dcgan' : 'mlp';
    throw new UsageError(`nets: data of kind ${data.kind} needs nets of kind ${wanted}, got ${nets.kind}`);
  }
  if (data.kind === 'images' && (data.size < 8 || sidesOf(data.size).at(-1) === data.size)) {
    throw new UsageError(`data.size: expected an even number of pixels, 8 or more, got ${data.size}`);
  }
  if (data.kind === 'swiss-roll' && data.inner >= data.outer) {
    throw new UsageError(`data.inner: expected less than data.outer (${data.outer}), got ${data.inner}`);
  }
  const modes = modesOf(data);
  if (modes > mostModes) throw new UsageError(`data: expected at most ${mostModes} modes, got ${modes}`);
  if (data.kind === 'gaussian-grid' && data.heavy > 0 && data.side % 2 === 0) {
    throw new UsageError(`data.side: expected an odd number, for a heavy mode in the centre, got ${data.side}`);
  }
  if (data.kind !== 'images') makeDataset(data); // refuses what would else be refused by every trial
  if (method === 'wgan-gp' && penalty?.form === 'norm') {
    throw new UsageError(
      "penalty.form: wgan-gp's penalty is squared, 'norm' is a form of bigan-pgp's (leave wgan-gp out with --methods)",
    );
  }
  spec.measures.forEach((measure, index) => {
    if (spec.measures.findIndex(({ kind }) => kind === measure.kind) < index) {
      throw new UsageError(`measures: ${measure.kind} stands there twice`);
    }
    if (measure.kind === 'foreground' && data.kind === 'images' && measure.cells > data.size) {
      throw new UsageError(
        `measures.${index}.cells: expected at most ${data.size} (the picture's side), got ${measure.cells}`,
      );
    }
    const needed = whatIsMissing(measure, data);
    if (needed !== undefined)
      throw new UsageError(`measures: ${measure.kind} needs ${needed}, and ${data.kind} has none`);
    if (needsScorer([measure], data) && spec.scorer === undefined) {
      throw new UsageError(
        `measures: ${measure.kind} needs a scorer: scorer: { model: 'own' } or the path of an ONNX file`,
      );
    }
  });
}

type Bounded = readonly [path: string, size: number, most: number];

/** Sizes that memory grows with. */
function sizesOf({ data, training, evaluation, latent, nets }: ResolvedSpec): Bounded[] {
  const layers = nets.kind === 'mlp' ? nets.hidden : [];
  return [
    ['training.batch', training.batch, mostBatch],
    ['evaluation.samples', evaluation.samples, mostSamples],
    ['latent.dim', latent.dim, mostUnits],
    ...layers.map((units, at): Bounded => [`nets.hidden.${at}`, units, mostUnits]),
    ...(nets.kind === 'dcgan' ? [['nets.width', nets.width, mostUnits] as const] : []),
    ...(data.kind === 'images' ? [['data.size', data.size, mostPixels] as const] : []),
  ];
}

/** Modes that are counted, not named one by one. */
function modesOf(data: DataSpec): number {
  if (data.kind === 'gaussian-grid') return data.side ** 2;
  return data.kind === 'gaussian-rings' ? data.modes * data.radii.length : 0;
}

function whatIsMissing(measure: MeasureSpec, data: DataSpec): string | undefined {
  const alongCurve = data.kind === 'swiss-roll';
  const pictures = data.kind === 'images';
  if ((measure.kind === 'mode-coverage' || measure.kind === 'latent-separation') && (alongCurve || pictures))
    return 'data with modes';
  if (measure.kind === 'curve-coverage' && !alongCurve) return 'data along a curve';
  if ((needsScorer([measure], data) || measure.kind === 'foreground' || measure.kind === 'ssim') && !pictures)
    return 'pictures';
  return undefined;
}
