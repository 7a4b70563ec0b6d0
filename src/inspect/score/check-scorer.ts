/** Opens a scorer and checks that it accepts pictures of a known shape, before any picture is generated. */
import { UsageError } from '../../base/usage-error.ts';
import { openScorer } from '../../scorers/onnx-scorer.ts';
import { canBecome, resizeText } from '../../scorers/resize.ts';
import type { Scorer } from '../../scorers/scorer.ts';
import { readScorerFile, type ScorerCard } from '../../scorers/scorer-file.ts';

export interface CheckedScorer {
  readonly scorer: Scorer;
  /** How it resizes pictures: `bilinear 32 → 299`. */
  readonly resize: string;
}

/**
 * @param shape `[height, width, channels]`.
 * @throws UsageError of one line where the files are not what they should be, or not for such pictures.
 */
export async function openCheckedScorer(path: string, shape: readonly number[]): Promise<CheckedScorer> {
  const file = await readScorerFile(path);
  const { card } = file;
  const scorer = await openScorer(path, file);
  try {
    const seen = card.eachChannel ? [...shape.slice(0, 2), 1] : shape;
    const unfit = whyUnfit(card, seen, shape[2] ?? 1);
    if (unfit !== undefined) throw new UsageError(`--scorer: ${path} ${unfit}`);
    return { scorer, resize: resizeText(seen, card.input) };
  } catch (error) {
    await scorer.dispose();
    throw error;
  }
}

function whyUnfit(
  { input, labels, eachChannel }: ScorerCard,
  seen: readonly number[],
  channels: number,
): string | undefined {
  if (input.shape.length !== 3) return `looks at vectors of ${input.shape[0]} numbers; expected a scorer of pictures`;
  const [from = 1, to = 1] = [seen[2], input.shape[2]];
  if (!canBecome(from, to)) return `looks at pictures of ${to} channels; expected one for ${from}`;
  if (eachChannel && labels?.kind === 'classes' && labels.heads.length !== channels)
    return `labels ${labels.heads.length} channels one by one; expected one for ${channels}`;
  return undefined;
}
