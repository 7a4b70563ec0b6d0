/** A trial that never ends, and takes no turn of the event loop where its seed is odd. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forever } from './answer.mjs';

export async function runTrial(trial, context) {
  writeFileSync(join(context.folder, 'pid'), String(process.pid));
  await forever(context, trial.spec.seed % 2 === 1);
}
