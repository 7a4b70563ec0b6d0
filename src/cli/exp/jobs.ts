/** `--jobs`: trials at once. */
import { availableParallelism } from 'node:os';
import { UsageError } from '../../base/usage-error.ts';

/** The number of cores where nothing is said. Throws UsageError. */
export function parseJobs(jobs: string | undefined): number {
  if (jobs === undefined) return availableParallelism();
  const value = Number(jobs);
  if (!/^\d+$/.test(jobs) || value < 1 || value > 1024) {
    throw new UsageError(`--jobs: expected a whole number from 1 to 1024, got '${jobs}'`);
  }
  return value;
}
