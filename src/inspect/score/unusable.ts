/** Counts what a scorer made nothing of: pictures whose features or probabilities are not finite, or are no probabilities. */
import { countText } from '../../base/number-words.ts';
import { type Points, pointAt } from '../../base/points.ts';
import type { ScorerOutput } from '../../metrics/evaluation-inputs.ts';
import type { CollectedScores } from './collect-scores.ts';

export interface Unusable {
  /** Pictures with any of the following. */
  readonly pictures: number;
  /** With a feature that is not finite. */
  readonly features: number;
  /** With a probability that is not finite, or none: negative, or not adding up to 1. */
  readonly probabilities: number;
}

export interface UnusableOutputs {
  readonly generated: Unusable;
  readonly real: Unusable;
  readonly realAgainstReal: Unusable;
}

type Outputs = Pick<CollectedScores, 'generated' | 'real' | 'secondReal'>;

export const unusableOutputs = ({ generated, real, secondReal }: Outputs): UnusableOutputs => ({
  generated: unusable(generated),
  real: unusable(real),
  realAgainstReal: secondReal ? unusable(secondReal) : { pictures: 0, features: 0, probabilities: 0 },
});

function unusable({ features, probabilities }: ScorerOutput): Unusable {
  const count = { pictures: 0, features: 0, probabilities: 0 };
  for (let picture = 0; picture < features.count; picture++) {
    const [unread, unsure] = [
      isBroken(features, picture),
      probabilities !== undefined && isBroken(probabilities, picture),
    ];
    count.features += Number(unread);
    count.probabilities += Number(unsure);
    count.pictures += Number(unread || unsure);
  }
  return count;
}

const isBroken = (points: Points, picture: number): boolean => !pointAt(points, picture).every(Number.isFinite);

const sides = { generated: 'samples', real: 'real pictures', realAgainstReal: 'further real pictures' } as const;

/** A line for each side that has some, and what it means for the scores. */
export function unusableNotes(found: UnusableOutputs, outputs: Outputs): string[] {
  const impossible = [outputs.generated, outputs.real, outputs.secondReal].flatMap(
    (output) => output?.impossible ?? [],
  );
  const lines = (['generated', 'real', 'realAgainstReal'] as const).flatMap((side) => {
    const { features, probabilities } = found[side];
    const whole = { generated: outputs.generated, real: outputs.real, realAgainstReal: outputs.secondReal }[side];
    const of = (count: number) => `of ${countText(count)} of ${countText(whole?.features.count ?? 0)} ${sides[side]}`;
    return [
      ...(features > 0
        ? [`the scorer's features ${of(features)} are not finite: scores of features are not defined`]
        : []),
      ...(probabilities > 0
        ? [
            `the scorer's probabilities ${of(probabilities)} are not finite or none: scores of classes are not defined, or of the rest`,
          ]
        : []),
    ];
  });
  const [how] = impossible;
  return how === undefined ? lines : [...lines, how.says];
}
