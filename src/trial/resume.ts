/**
 * Says why a checkpoint is not one that this trial leaves: its checksum proves that its bytes are as they were written, not that
 * this version of the code wrote them, or that nobody else did.
 */
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Arrays } from '../engine/engine.ts';
import type { Values } from '../metrics/evaluation-inputs.ts';
import type { Checkpoint } from '../store/checkpoint.ts';
import type { HistoryRow } from '../store/history.ts';
import { isRecorded } from './callbacks.ts';
import type { TrialSetup } from './setup.ts';

/** A few words, or `undefined` where step, learning curve and state are as the trial has them. What callbacks record is theirs to check. */
export function whyUnfit(
  { step, history, arrays }: Checkpoint,
  { training, evaluation }: Pick<ResolvedSpec, 'training' | 'evaluation'>,
  { stepsPerRun, initialState }: Pick<TrialSetup, 'stepsPerRun' | 'initialState'>,
): string | undefined {
  if (step >= training.steps || step % stepsPerRun !== 0)
    return `expected a step below ${training.steps}, a multiple of ${stepsPerRun}, got ${step}`;
  const due = multiples(evaluation.every, step).filter((at) => at % stepsPerRun === 0);
  if (due.length !== history.length || due.some((at, row) => history[row]?.step !== at))
    return `expected a row for each of ${due.length} evaluations up to step ${step}, got others (${history.length})`;
  const odd = Object.keys(arrays).find((name) => !isRecorded(name) && !Object.hasOwn(initialState, name));
  if (odd !== undefined) return 'it holds an array that the trial does not have';
  return wrongSize(arrays, initialState);
}

/** Whether the rows of a checkpoint lack a value that the trial's evaluations have, or have one that they do not. */
export function hasOtherColumns(history: readonly HistoryRow[], values: Values): boolean {
  const expected = Object.keys(values).sort().join();
  return history.some((row) => Object.keys(row.values).sort().join() !== expected);
}

/** Multiples of `every` from the first one to `last`, ascending. */
export const multiples = (every: number, last: number): number[] =>
  Array.from({ length: Math.floor(last / every) }, (_, index) => (index + 1) * every);

function wrongSize(arrays: Arrays, expected: Arrays): string | undefined {
  for (const [name, { length }] of Object.entries(expected)) {
    const got = arrays[name]?.length;
    if (got !== length) return `${name}: expected ${length} numbers, got ${got ?? 'none'}`;
  }
  return undefined;
}
