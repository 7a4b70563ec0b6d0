/** Parses `--jobs`: trials at once. */
import { availableParallelism } from 'node:os';
import { wholeNumber } from '../../base/whole-number.ts';

/** The number of cores where nothing is said. Throws UsageError. */
export const parseJobs = (jobs: string | undefined): number =>
  wholeNumber('jobs', jobs, availableParallelism(), [1, 1024]);
