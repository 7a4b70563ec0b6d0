/** How often a classifier sees each attribute in samples that look like the data, against how often it sees it in the data. */

import type { Points } from '../base/points.ts';
import type { ModeShares } from './class-coverage.ts';
import type { EvaluationInputs, ScorerOutput, ScorerOutputs, Values } from './evaluation-inputs.ts';
import { defineMetric } from './metric-kind.ts';
import * as columns from './mode-columns.ts';
import { memo } from './numerics/memo.ts';
import { inBalls, squaredRadii } from './scores/prdc.ts';

/** A picture has an attribute when its probability is above this. */
const presence = 0.5;

/** A picture looks like the data when its features are nearer to a real example's than that one's neighbour of this rank… */
const neighbour = 5;

/** … and no ball is larger than this share of all real examples' balls. */
const usual = 0.9;

/**
 * For data labelled with attributes; each attribute that the classifier sees in the real examples is a mode.
 *
 * - `modesCaptured`: attributes whose share of the samples is at least a quarter of their share of the real examples.
 * - `modesReconstructed`: the same of G(E(x)) instead of G(z); only where there is an encoder.
 * - `modesCapturedReal`: the same of further real examples, which is what a perfect sampler reaches here.
 * - `attributeGap`: mean over all attributes of |share of the samples − share of the real examples|.
 * - `attributeGapReal`: the same of further real examples: what chance alone leaves.
 *
 * A picture counts as having an attribute only where it is of the data: a classifier is sure of nearly everything in pictures of
 * noise, and noise would capture most modes. It is to pictures what high quality is to points. The project's own classifier is
 * trained on corrupted pictures and on those of young generators too, and gives an attribute no higher a probability than it
 * gives the whole picture to be of the data. Of other scorers' pictures the features have to look like the data's (as precision has it, Kynkäänniemi
 * et al. 2019). Balls around outliers reach far into what is not data (which is why the same authors drop the larger half of
 * them where they score single pictures); dropped, rare attributes would be lost with them, so that here they are cut to the
 * size that 90 % of all balls keep.
 *
 * One sample is not enough, as it is for classes. There each picture names one mode and takes it from the others; here each
 * is asked for every attribute, and a classifier that errs once in a hundred times finds hats in 25 of 2,500 samples that
 * have none. Against that stands its own share on the real examples, errors included, never the labels'.
 *
 * A probability that is not finite is no attribute; pictures without an attribute count in every share all the same. Where no
 * picture has a probability, nothing is defined.
 */
export function attributeCoverageValues({ scored }: EvaluationInputs): Values {
  const names = namesOf(scored);
  if (scored === undefined || names === undefined) return {};
  const tally = (scorerOutput: ScorerOutput) => tallyOf(scorerOutput, names.length, scored.real);
  const real = tallyOf(scored.real, names.length);
  const secondReal = scored.secondReal && tally(scored.secondReal);
  const generated = scored.generated && tally(scored.generated);
  const reconstructed = scored.reconstructed && tally(scored.reconstructed);
  return {
    ...(generated && { modesCaptured: captured(generated, real) }),
    ...(reconstructed && { modesReconstructed: captured(reconstructed, real) }),
    ...(generated && { attributeGap: gap(generated, real) }),
    ...(secondReal && { modesCapturedReal: captured(secondReal, real), attributeGapReal: gap(secondReal, real) }),
  };
}

/** A row an attribute: its share of the pictures of each kind. */
export function attributeShares({ scored }: EvaluationInputs): ModeShares[] {
  const names = namesOf(scored);
  if (scored === undefined || names === undefined) return [];
  const tally = (scorerOutput: ScorerOutput) => tallyOf(scorerOutput, names.length, scored.real);
  const real = tallyOf(scored.real, names.length);
  const generated = scored.generated && tally(scored.generated);
  const reconstructed = scored.reconstructed && tally(scored.reconstructed);
  return names.map((mode, a) => ({
    mode,
    real: share(real, a),
    ...(generated && { generated: share(generated, a) }),
    ...(reconstructed && { reconstructed: share(reconstructed, a) }),
  }));
}

/** Radii of real examples, once a trial. */
const radiiOf = memo<Float64Array>();

/** How many of some pictures have each attribute. */
interface Tally {
  readonly pictures: number;
  /** `[attributes]` */
  readonly having: Int32Array;
}

/** The attributes, where the scorer judges attributes at all. */
export function namesOf(scored: ScorerOutputs | undefined): readonly string[] | undefined {
  if (scored?.labels?.kind !== 'attributes' || scored.real.probabilities === undefined) return undefined;
  return scored.labels.names;
}

/** @param real what pictures have to look like; absent for the real examples themselves. */
function tallyOf(output: ScorerOutput, attributes: number, real?: ScorerOutput): Tally {
  const having = new Int32Array(attributes);
  countedAttributes(output, attributes, real, (_, attribute) => (having[attribute] as number)++);
  const { values, count } = output.probabilities as Points; // counted above
  // A share of nothing is NaN, which all that is made of it becomes.
  return { pictures: values.some(Number.isFinite) ? count : 0, having };
}

/** Calls `visit` with every picture's attributes, as they count, and their probabilities. */
export function countedAttributes(
  { probabilities, features, refuses }: ScorerOutput,
  attributes: number,
  real: ScorerOutput | undefined,
  visit: (picture: number, attribute: number, probability: number) => void,
): void {
  if (probabilities === undefined) throw new Error('internal: a scorer that names attributes gave no probabilities');
  const { values, count, dim } = probabilities;
  if (dim !== attributes) throw new Error(`internal: expected ${attributes} probabilities a picture, got ${dim}`);
  const looksReal = real === undefined || refuses ? undefined : inBalls(real.features, realRadii(real), features);
  for (let i = 0; i < count; i++) {
    if (looksReal?.[i] === 0) continue;
    for (let a = 0; a < attributes; a++) {
      const probability = values[i * attributes + a] as number;
      if (probability > presence && Number.isFinite(probability)) visit(i, a, probability);
    }
  }
}

/** Squared radii of the balls around real examples, the largest cut to what is usual. `[real.count]` */
const realRadii = (real: ScorerOutput): Float64Array =>
  radiiOf(real, `${neighbour}, ${usual}`, () => {
    const radii = squaredRadii(real.features, neighbour);
    const limit = radii.toSorted()[Math.ceil(usual * radii.length) - 1] ?? Number.NaN;
    return radii.map((radius) => Math.min(radius, limit));
  });

const share = ({ having, pictures }: Tally, attribute: number): number => (having[attribute] as number) / pictures;

function captured(ours: Tally, real: Tally): number {
  if (ours.pictures === 0 || real.pictures === 0) return Number.NaN;
  return real.having.reduce((modes, theirs, a) => {
    const share = { having: ours.having[a] as number, pictures: ours.pictures };
    return modes + (isCaptured(share, { having: theirs, pictures: real.pictures }) ? 1 : 0);
  }, 0);
}

interface Share {
  readonly having: number;
  readonly pictures: number;
}

/** Whether an attribute's share of samples is at least a quarter of that of real examples, some of which have it. */
export const isCaptured = (ours: Share, theirs: Share): boolean =>
  // ours/pictures ≥ ¼ theirs/pictures in whole numbers, so that the bound itself counts whatever the rounding
  theirs.having > 0 && 4 * ours.having * theirs.pictures >= theirs.having * ours.pictures;

function gap(ours: Tally, real: Tally): number {
  const attributes = real.having.length;
  let sum = 0;
  for (let a = 0; a < attributes; a++) sum += Math.abs(share(ours, a) - share(real, a));
  return sum / attributes;
}

/** Attributes that the scorer finds among samples as often as in the data, nearly. */
export const attributeCoverage = defineMetric({
  kind: 'attribute-coverage',
  description: 'attributes that samples have at least a quarter as often as the data, by a classifier',
  source: 'this project; what looks like data as in Kynkäänniemi et al. 2019',
  columns: [
    { ...columns.modesCaptured, outOf: 'shown-modes', real: true },
    { ...columns.modesReconstructed, outOf: 'shown-modes' },
    {
      name: 'attributeGap',
      title: 'attribute gap',
      unit: 'share',
      digits: 1,
      better: 'less',
      role: 'balance',
      place: 100,
      terminal: { head: ['attribute', 'gap %'], rank: 1 },
      real: true,
    },
  ],
  needs: ['scorer'],
  compute: attributeCoverageValues,
});
