/** A trial that leaves 2 MB that do not compress. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordOf } from './answer.mjs';

export async function runTrial(trial, context) {
  let state = trial.spec.seed + 1;
  const bytes = Uint8Array.from({ length: 2e6 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  writeFileSync(join(context.folder, 'networks'), bytes);
  return recordOf(trial, context);
}
