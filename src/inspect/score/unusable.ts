/** Says of how many pictures a scorer made nothing, and what that means for the scores. */
import { countText } from '../../base/number-words.ts';
import { judgedSideNames, judgedSides, type Unusable, unusable } from '../../metrics/unusable.ts';
import type { CollectedScores } from './collect-scores.ts';

export interface UnusableOutputs {
  readonly generated: Unusable;
  readonly real: Unusable;
  readonly realAgainstReal: Unusable;
}

type Outputs = Pick<CollectedScores, 'generated' | 'real' | 'secondReal'>;

export const unusableOutputs = ({ generated, real, secondReal }: Outputs): UnusableOutputs => ({
  generated: unusable(generated),
  real: unusable(real),
  realAgainstReal: unusable(secondReal),
});

/** A line for each side that has some, and what it means for the scores. */
export function unusableNotes(found: UnusableOutputs, outputs: Outputs): string[] {
  const impossible = [outputs.generated, outputs.real, outputs.secondReal].flatMap(
    (output) => output?.impossible ?? [],
  );
  const lines = judgedSideNames.flatMap((side) => {
    const { features, probabilities } = found[side];
    const whole = { generated: outputs.generated, real: outputs.real, realAgainstReal: outputs.secondReal }[side];
    const of = (count: number) =>
      `of ${countText(count)} of ${countText(whole?.features.count ?? 0)} ${judgedSides[side]}`;
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
