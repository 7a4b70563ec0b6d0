/** The report of `bench -- stack`. Pure. */
import type { StepResult } from './step.ts';
import { sizeText } from './step-text.ts';

export function stackText(results: readonly StepResult[], device: string): string {
  return [
    `One BiGAN+PGP training step of one trial on ${device}, one thread, eight in a row: by itself, and stacked with those of other trials.`,
    'Medians over rounds [lowest–highest]. "times" is against the first row, round by round: above 1 is slower than it.',
    ...results.map(sizeText),
  ].join('\n\n');
}
