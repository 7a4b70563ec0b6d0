/** Checks the size of simulated pictures. */
import { UsageError } from '../../base/usage-error.ts';

const least = 16;
const most = 256;

export function checkPictureSize(size: number): void {
  if (!Number.isInteger(size) || size < least || size > most)
    throw new UsageError(`size: expected a whole number of pixels from ${least} to ${most}, got ${size}`);
}
