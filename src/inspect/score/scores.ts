/** Computes scores from scorer outputs with the metrics of trials, each on as many examples as it can handle. */

import { firstPoints, noPoints } from '../../base/points.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { Dataset, Labels } from '../../datasets/dataset.ts';
import type { EvaluationInputs, ScorerOutput, Values } from '../../metrics/evaluation-inputs.ts';
import type { Section } from '../../schema/kind.ts';
import { judgedColumns, realOf } from '../../summary/column-info.ts';
import type { CollectedScores } from './collect-scores.ts';
import { minimalInputs } from './minimal-inputs.ts';
import { type Choices, fixed } from './settings.ts';

export interface Score {
  /** A name of a trial's metric: `fid`. */
  readonly metric: string;
  readonly value: number;
  /** Its standard deviation over splits or subsets, for those that have one. */
  readonly spread?: number;
  /** What further real examples score in the generator's place: the ceiling, or the floor. */
  readonly real?: number;
  /** Generated examples that it is of, or reconstructed ones. */
  readonly examples: number;
}

/** In the order of reports; those that the scorer or the source cannot give are left out. */
export function scoresOf(
  gathered: CollectedScores,
  labels: Labels | undefined,
  dataset: Dataset,
  choices: Choices,
): Score[] {
  const metrics: Section[] = [
    { kind: 'class-coverage' },
    { kind: 'attribute-coverage' },
    { kind: 'inception-score', splits: choices.splits },
    { kind: 'frechet' },
    { kind: 'kernel', ...fixed.kernel },
    { kind: 'ndb', bins: fixed.bins },
    { kind: 'prdc', neighbours: fixed.neighbours },
    { kind: 'birthday' },
  ];
  const isPairwise = (metric: Section) => builtIn.metric(metric).pairwise;
  const [whole, paired] = [metrics.filter((metric) => !isPairwise(metric)), metrics.filter(isPairwise)];
  const onWhole = valuesOf(whole, inputsOf(gathered, labels, dataset, choices.seed));
  const few = firstOf(gathered, fixed.mostPaired);
  const onFew = valuesOf(paired, inputsOf(few, labels, dataset, choices.seed));
  const values: Values = { ...onWhole, ...onFew, ...gathered.inverse };
  return judgedColumns(Object.keys(values)).map(({ name: metric }) => {
    const [spread, real] = [values[`${metric}Std`], values[realOf(metric)]];
    return {
      metric,
      value: values[metric] as number, // it is one of these
      ...(spread !== undefined && { spread }),
      ...(real !== undefined && { real }),
      examples: metric in onFew ? few.generated.features.count : gathered.counts.generated,
    };
  });
}

/** Modes that the labels have: combinations of classes, or attributes. */
export const modeCount = (labels: Labels): number =>
  labels.kind === 'classes' ? labels.heads.reduce((product, head) => product * head.length, 1) : labels.names.length;

const valuesOf = (metrics: readonly Section[], inputs: EvaluationInputs): Values =>
  Object.assign({}, ...metrics.map((metric) => builtIn.metric(metric).compute(metric, inputs)));

type Outputs = Pick<CollectedScores, 'generated' | 'real' | 'secondReal' | 'reconstructed'>;

function inputsOf(outputs: Outputs, labels: Labels | undefined, dataset: Dataset, seed: number): EvaluationInputs {
  const { generated, real, secondReal, reconstructed } = outputs;
  return {
    ...minimalInputs(dataset, noPoints(dataset.dim), seed),
    scored: {
      ...(labels && { labels }),
      real,
      generated,
      ...(secondReal && { secondReal }),
      ...(reconstructed && { reconstructed }),
    },
  };
}

/** The first examples of each; they share memory with the whole. */
function firstOf({ generated, real, secondReal }: Outputs, most: number): Outputs {
  const first = ({ features, probabilities }: ScorerOutput): ScorerOutput => ({
    features: firstPoints(features, most),
    ...(probabilities && { probabilities: firstPoints(probabilities, most) }),
  });
  return { generated: first(generated), real: first(real), ...(secondReal && { secondReal: first(secondReal) }) };
}
