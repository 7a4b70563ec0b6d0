/** Resolves `--jobs` and `--stack` on a device: worker processes at once, and trials that train as one program. */
import { availableParallelism } from 'node:os';
import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import { engineNamed, findDevice, type Where } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import { vmapKey } from '../../trial/vmap/group-key.ts';
import type { Capacity } from '../launcher.ts';

/** The group size that `auto` is on a GPU, which a single small net leaves idle. */
const onGpu = 8;
const largestGroup = 64;
const mostJobs = 1024;

/** Throws UsageError. */
export function localCapacity(
  { jobs, stack }: { readonly jobs?: string; readonly stack?: string },
  where: Where,
  trials: readonly Pick<PlannedTrial, 'spec'>[],
): Capacity {
  const { most: groupSize, note } = groupingOf(stack, where, trials);
  const asked = { jobs: Math.min(parseJobs(jobs), trials.length), named: jobs !== undefined };
  return { jobs: jobsFor(groupSize, where, trials.length, asked), groupSize, ...(note !== undefined && { note }) };
}

/** Whether several trials are asked to train as one program. */
export const asksForStack = (stack: string | undefined): boolean =>
  stack !== undefined && stack !== 'auto' && stack !== '1';

/** The number of cores where nothing is given. Throws UsageError. */
export const parseJobs = (jobs: string | undefined): number =>
  wholeNumber('jobs', jobs, availableParallelism(), [1, mostJobs]);

export interface Grouping {
  /** The most trials that train as one program; 1: each by itself. */
  readonly most: number;
  /** One line for the plan; none where every trial trains by itself and nobody asked for anything else. */
  readonly note?: string;
}

/**
 * `auto` is 1 on the CPU: there eight stacked 3 × 64 steps were measured as fast as eight alone, within a tenth (`bench -- stack`),
 * and a trial by itself has the same bytes however it is run.
 */
export function groupingOf(
  word: string | undefined,
  { engine, device }: Where,
  trials: readonly Pick<PlannedTrial, 'spec'>[],
): Grouping {
  if (device === 'auto') throw new Error('internal: a device is to be chosen before its trials are grouped');
  const { vmaps } = engineNamed(engine);
  const isGpu = vmaps && !isProcessor({ engine, device });
  const isAuto = word === undefined || word === 'auto';
  const most = isAuto ? (isGpu ? onGpu : 1) : parseGroupSize(word);
  if (most > 1 && !vmaps) {
    throw new UsageError(
      `--stack: the engine ${engine} trains each trial by itself: expected 1 or auto, got '${word}'`,
    );
  }
  if (most === 1) return { most, ...(isGpu && { note: 'each trial trains by itself (--stack 1)' }) };
  if (trials.some(({ spec }) => vmapKey(spec) !== undefined)) {
    return { most, note: `up to ${most} trials of a method train as one program (--stack 1: each by itself)` };
  }
  if (isAuto) return { most: 1, note: 'each trial of convolutional nets trains by itself' };
  throw new UsageError(`--stack: convolutional nets train by themselves: expected 1 or auto, got '${word}'`);
}

/**
 * Worker processes: on a GPU, where the user named no number, as few as the groups need, since they share the one device.
 *
 * @param jobs what is asked for, or as many as there are cores.
 */
export function jobsFor(
  groupSize: number,
  where: Where,
  trials: number,
  { jobs, named }: { readonly jobs: number; readonly named: boolean },
): number {
  return named || isProcessor(where) || groupSize === 1 ? jobs : Math.min(jobs, Math.ceil(trials / groupSize));
}

const isProcessor = ({ engine, device }: Where): boolean => findDevice(engine, device)?.runsOn === 'processor';

const parseGroupSize = (word: string): number =>
  wholeNumber('stack', word, 1, [1, largestGroup], `auto or a whole number from 1 to ${largestGroup}`);
