/** Which classes, or combinations of classes, a classifier sees in the samples: the metric of stacked MNIST. */

import { type Points, pointAt } from '../base/points.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { EvaluationInputs, ScorerOutput, ScorerOutputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import * as columns from './mode-columns.ts';
import { jensenShannon, kullbackLeibler } from './numerics/divergence.ts';

type Heads = readonly (readonly string[])[];

/** One mode's share of the pictures of each kind, for reports. */
export interface ModeShares {
  /** The values of the heads, with spaces between them; an attribute's name. */
  readonly mode: string;
  readonly real: number;
  readonly generated?: number;
  readonly reconstructed?: number;
}

/** More modes than this are no table. */
export const mostRows = 100;

/**
 * For data labelled with classes. A picture's mode is the combination of the most probable value of every head: one of 10 for
 * MNIST, one of 1,000 for stacked MNIST (VEEGAN and PacGAN count them in 26,000 samples).
 *
 * - `modesCaptured`: modes of at least one sample.
 * - `modesSure50`, `modesSure99`: the same where only samples count in which the classifier is surer of every head than 50 or 99 %.
 *   Whoever counts modes of blurs counts what the classifier makes of them; the three counts show how much of it that is.
 * - `reverseKL`: KL(samples' modes ‖ the data's modes), natural log; NaN where no sample can be read.
 * - `jensenShannon`: the Jensen–Shannon divergence (not its root) of the same two, natural log.
 * - `modesReconstructed`: `modesCaptured` of G(E(x)) instead of G(z); only where there is an encoder.
 * - `modesCapturedReal`, `modesSure50Real`, `modesSure99Real`, `reverseKLReal`: of further real examples, which is what a perfect sampler reaches here.
 *
 * The data's modes are the product of the heads' marginals among real examples, as the same classifier reads them: of 1,000
 * combinations a few thousand examples leave some empty, and the divergence would be infinite. For one head it is the share
 * itself; for several it holds where they are independent, as in a stack. A value that no real example has counts as half
 * an example, for the same reason.
 *
 * A picture with a probability that is not finite has no mode: it counts as a sample, and is in no histogram. Where no picture
 * has a mode, nothing is defined.
 */
export function classCoverageValues({ scored }: EvaluationInputs): Values {
  const heads = headsOf(scored);
  if (scored === undefined || heads === undefined) return {};
  const reference = productOfMarginals(modeCounts(scored.real, heads), heads);
  const secondReal = scored.secondReal && modeCounts(scored.secondReal, heads);
  return {
    ...(scored.generated && {
      ...coverageOf(modeCounts(scored.generated, heads), reference),
      modesSure50: sureModes(scored.generated, heads, 0.5),
      modesSure99: sureModes(scored.generated, heads, 0.99),
    }),
    ...(scored.reconstructed && { modesReconstructed: captured(modeCounts(scored.reconstructed, heads)) }),
    ...(secondReal && {
      modesCapturedReal: captured(secondReal),
      reverseKLReal: kullbackLeibler(histogram(secondReal), reference),
      modesSure50Real: sureModes(scored.secondReal as ScorerOutput, heads, 0.5),
      modesSure99Real: sureModes(scored.secondReal as ScorerOutput, heads, 0.99),
    }),
  };
}

/** A row a mode where there are at most 100, otherwise none; shares are of all pictures, those without a mode included. */
export function classShares({ scored }: EvaluationInputs): ModeShares[] {
  const heads = headsOf(scored);
  if (scored === undefined || heads === undefined || combinations(heads) > mostRows) return [];
  const share = (scorerOutput: ScorerOutput) =>
    Float64Array.from(modeCounts(scorerOutput, heads), (count) => count / (scorerOutput.probabilities?.count ?? 0));
  const real = share(scored.real);
  const generated = scored.generated && share(scored.generated);
  const reconstructed = scored.reconstructed && share(scored.reconstructed);
  return modeNames(heads).map((mode, m) => ({
    mode,
    real: real[m] as number, // a share for each mode, here and below
    ...(generated && { generated: generated[m] as number }),
    ...(reconstructed && { reconstructed: reconstructed[m] as number }),
  }));
}

/**
 * The mode of every picture: its heads' most probable values (the first of equals) as the digits of one number, the first
 * head leading; −1 where a probability is not finite. `probabilities` `[count, values of all heads]`.
 */
export function classModes({ values, count, dim }: Points, heads: Heads): Int32Array {
  const width = heads.reduce((sum, head) => sum + head.length, 0);
  if (dim !== width) throw new Error(`internal: classModes expects ${width} probabilities a picture, got ${dim}`);
  const modes = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let at = i * dim;
    let mode = 0;
    for (const { length } of heads) {
      let best = 0;
      for (let v = 0; v < length; v++) {
        if (!Number.isFinite(values[at + v])) mode = Number.NaN;
        if ((values[at + v] as number) > (values[at + best] as number)) best = v;
      }
      mode = mode * length + best;
      at += length;
    }
    modes[i] = Number.isNaN(mode) ? -1 : mode;
  }
  return modes;
}

/** The heads, where the scorer judges classes at all. */
export function headsOf(scored: ScorerOutputs | undefined): Heads | undefined {
  if (scored?.labels?.kind !== 'classes' || scored.real.probabilities === undefined) return undefined;
  return scored.labels.heads;
}

export const combinations = (heads: Heads): number => heads.reduce((product, head) => product * head.length, 1);

/** Pictures of each mode. `[combinations]` */
function modeCounts({ probabilities }: ScorerOutput, heads: Heads): Int32Array {
  if (probabilities === undefined) throw new Error('internal: a scorer that names classes gave no probabilities');
  const counts = new Int32Array(combinations(heads));
  for (const mode of classModes(probabilities, heads)) if (mode >= 0) (counts[mode] as number)++;
  return counts;
}

/** Shares of the pictures that have a mode; NaN where none has. */
function histogram(counts: Int32Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(counts, (count) => count / total);
}

function productOfMarginals(counts: Int32Array, heads: Heads): Float64Array {
  let product = Float64Array.of(1);
  let stride = counts.length;
  for (const { length } of heads) {
    stride /= length;
    const tally = new Float64Array(length);
    for (const [mode, count] of counts.entries()) (tally[Math.floor(mode / stride) % length] as number) += count;
    const floored = tally.map((count) => Math.max(count, 0.5));
    const total = floored.reduce((sum, count) => sum + count, 0);
    const leading = product;
    product = Float64Array.from(
      { length: leading.length * length },
      (_, at) => ((leading[Math.floor(at / length)] as number) * (floored[at % length] as number)) / total,
    );
  }
  return product;
}

function coverageOf(counts: Int32Array, reference: Float64Array): Values {
  const shares = histogram(counts);
  return {
    modesCaptured: captured(counts),
    reverseKL: kullbackLeibler(shares, reference),
    jensenShannon: jensenShannon(shares, reference),
  };
}

/** Modes of at least one picture in whose every head the classifier is surer than `confidence`; NaN where no picture can be read. */
function sureModes({ probabilities }: ScorerOutput, heads: Heads, confidence: number): number {
  if (probabilities === undefined) return Number.NaN;
  const found = classModes(probabilities, heads);
  if (!found.some((mode) => mode >= 0)) return Number.NaN;
  const sure = new Set<number>();
  for (const [picture, mode] of found.entries())
    if (mode >= 0 && surenessOf(pointAt(probabilities, picture), heads) > confidence) sure.add(mode);
  return sure.size;
}

/** The least, over the heads, of the probability of a head's most probable value. */
export function surenessOf(probabilities: Float32Array, heads: Heads): number {
  let at = 0;
  let least = 1;
  for (const { length } of heads) {
    least = Math.min(least, Math.max(...probabilities.subarray(at, at + length)));
    at += length;
  }
  return least;
}

function captured(counts: Int32Array): number {
  const modes = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return modes === 0 ? Number.NaN : modes;
}

/** Names of the modes in the order of their numbers. */
export const modeNames = (heads: Heads): string[] =>
  heads
    .reduce<string[][]>((paths, head) => paths.flatMap((path) => head.map((value) => [...path, value])), [[]])
    .map((path) => path.join(' '));

function sureColumn(percent: 50 | 99): ColumnInfo {
  return {
    name: `modesSure${percent}`,
    title: `modes at ${percent} % confidence`,
    unit: 'count',
    digits: 1,
    better: 'more',
    outOf: 'modes',
    place: percent === 50 ? 12 : 14,
    terminal: { head: ['modes', `at ${percent} %`], rank: 1.5 },
    real: true,
  };
}

/** Modes (classes, or combinations of them) that the scorer finds among samples. */
export const classCoverage = defineMetric({
  kind: 'class-coverage',
  description: 'modes that a classifier finds among samples, and how unevenly',
  source: 'Srivastava et al. 2017 (VEEGAN) and Lin et al. 2018 (PacGAN), stacked MNIST',
  columns: [
    { ...columns.modesCaptured, real: true },
    { ...columns.reverseKL, real: true },
    columns.jensenShannon,
    sureColumn(50),
    sureColumn(99),
    columns.modesReconstructed,
  ],
  needs: ['scorer'],
  compute: classCoverageValues,
});
