/** Finds pictures of the rarest modes that samples capture: real ones, and the samples that were counted as such. */
import { pointAt } from '../base/points.ts';
import { countedAttributes, isCaptured, namesOf } from './attribute-coverage.ts';
import { classModes, combinations, headsOf, modeNames, mostRows, surenessOf } from './class-coverage.ts';
import type { EvaluationInputs, ScorerOutput, ScorerOutputs } from './evaluation-inputs.ts';

/** A captured mode, with the indices of pictures that count as it, those first of which the scorer is surest. */
export interface CapturedMode {
  readonly mode: string;
  readonly real: readonly number[];
  readonly generated: readonly number[];
}

/** Of each mode the pictures that count as it, and how sure the scorer is. */
type Found = readonly { readonly picture: number; readonly sureness: number }[][];

/**
 * The captured modes (`attribute-coverage`, `class-coverage`), the rarest among real examples first; `most` of them at most.
 * None where there are no samples, no labels, or more modes than a table has rows.
 */
export function rarestCaptured({ scored }: EvaluationInputs, most: number): CapturedMode[] {
  if (scored?.generated === undefined) return [];
  const looked = lookedAt(scored, scored.generated);
  if (looked === undefined) return [];
  const { names, real, generated, captured } = looked;
  return names
    .map((mode, m) => ({ mode, real: surest(real[m] ?? []), generated: surest(generated[m] ?? []) }))
    .filter((mode) => mode.real.length > 0 && captured(mode.generated.length, mode.real.length))
    .sort((a, b) => a.real.length - b.real.length)
    .slice(0, most);
}

interface Looked {
  readonly names: readonly string[];
  readonly real: Found;
  readonly generated: Found;
  captured(samples: number, examples: number): boolean;
}

function lookedAt(scored: ScorerOutputs, generated: ScorerOutput): Looked | undefined {
  const attributes = namesOf(scored);
  if (attributes !== undefined) {
    const pictures = [generated, scored.real].map(({ probabilities }) => probabilities?.count ?? 0);
    return {
      names: attributes,
      real: byAttribute(scored.real, attributes.length),
      generated: byAttribute(generated, attributes.length, scored.real),
      captured: (samples, examples) =>
        isCaptured(
          { having: samples, pictures: pictures[0] as number },
          { having: examples, pictures: pictures[1] as number },
        ),
    };
  }
  const heads = headsOf(scored);
  if (heads === undefined || combinations(heads) > mostRows) return undefined;
  return {
    names: modeNames(heads),
    real: byClass(scored.real, heads),
    generated: byClass(generated, heads),
    captured: (samples) => samples > 0,
  };
}

function byAttribute(output: ScorerOutput, attributes: number, real?: ScorerOutput): Found {
  const found: { picture: number; sureness: number }[][] = Array.from({ length: attributes }, () => []);
  countedAttributes(output, attributes, real, (picture, a, sureness) => found[a]?.push({ picture, sureness }));
  return found;
}

function byClass({ probabilities }: ScorerOutput, heads: readonly (readonly string[])[]): Found {
  const found: { picture: number; sureness: number }[][] = Array.from({ length: combinations(heads) }, () => []);
  if (probabilities === undefined) return found;
  for (const [picture, mode] of classModes(probabilities, heads).entries())
    if (mode >= 0) found[mode]?.push({ picture, sureness: surenessOf(pointAt(probabilities, picture), heads) });
  return found;
}

const surest = (found: Found[number]): number[] =>
  found.toSorted((a, b) => b.sureness - a.sureness).map(({ picture }) => picture);
