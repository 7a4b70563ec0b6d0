/** What `--stack` means on a device, and what is said of it before a run. */

import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import { type EngineName, engineNamed, findDevice } from '../../engine/engines.ts';
import type { Plan, PlannedTrial } from '../../experiment/plan.ts';
import { vmapKey } from '../../trial/vmap/group-key.ts';

/** What `auto` is on a GPU, which a single small net leaves idle. */
const onGpu = 8;
const largest = 64;

export interface Stacking {
  /** The most trials that train as one program; 1: each by itself. */
  readonly most: number;
  /** One line for the plan; none where every trial trains by itself and nobody asked for anything else. */
  readonly note?: string;
}

interface Where {
  readonly engine: EngineName;
  /** A device's name, never `auto`. */
  readonly device: string;
}

/**
 * `auto` is 1 on the CPU: there eight stacked 3 × 64 steps were measured as fast as eight alone, within a tenth (`bench -- stack`),
 * and a trial by itself has the same bytes however it is run.
 */
export function stackingOf(
  word: string | undefined,
  { engine, device }: Where,
  trials: readonly Pick<PlannedTrial, 'spec'>[],
): Stacking {
  if (device === 'auto') throw new Error('internal: a device is to be chosen before its trials are stacked');
  const { vmaps } = engineNamed(engine);
  const isGpu = vmaps && !isProcessor({ engine, device });
  const most = word === undefined || word === 'auto' ? (isGpu ? onGpu : 1) : parse(word);
  if (most > 1 && !vmaps) {
    throw new UsageError(
      `--stack: the engine ${engine} trains each trial by itself: expected 1 or auto, got '${word}'`,
    );
  }
  if (most === 1) return { most, ...(isGpu && { note: 'each trial trains by itself (--stack 1)' }) };
  const stacked = trials.filter(({ spec }) => vmapKey(spec) !== undefined).length;
  if (stacked > 0) {
    return { most, note: `up to ${most} trials of a method train as one program (--stack 1: each by itself)` };
  }
  if (word === undefined || word === 'auto')
    return { most: 1, note: 'each trial of convolutional nets trains by itself' };
  throw new UsageError(`--stack: convolutional nets train by themselves: expected 1 or auto, got '${word}'`);
}

/** The plan with a note on how its trials are stacked, and how many at most. Trials of a queue are handed out one by one. */
export function stackPlan(
  { stack, queue }: { readonly stack?: string; readonly queue?: string },
  where: Where,
  plan: Plan,
): { readonly plan: Plan; readonly stack: number } {
  if (queue !== undefined) return { plan, stack: 1 };
  const { most, note } = stackingOf(stack, where, plan.trials);
  return { plan: note === undefined ? plan : { ...plan, notes: [...plan.notes, note] }, stack: most };
}

/**
 * Worker processes: on a GPU, where the user named no number, as few as the stacks need, since they share the one device.
 *
 * @param jobs what is asked for, or as many as there are cores.
 */
export function jobsFor(
  stack: number,
  where: Where,
  trials: number,
  { jobs, named }: { readonly jobs: number; readonly named: boolean },
): number {
  return named || isProcessor(where) || stack === 1 ? jobs : Math.min(jobs, Math.ceil(trials / stack));
}

const isProcessor = ({ engine, device }: Where): boolean => findDevice(engine, device)?.runsOn === 'processor';

const parse = (word: string): number =>
  wholeNumber('stack', word, 1, [1, largest], `auto or a whole number from 1 to ${largest}`);
