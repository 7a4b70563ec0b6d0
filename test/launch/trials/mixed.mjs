/** A trial that behaves as its seed says: 6 takes its time, 7 dies once, 8 dies always, 9 throws, 10 throws a UsageError, others answer. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordOf } from './answer.mjs';

export async function runTrial(trial, context) {
  const { seed, training } = trial.spec;
  console.log('chatter on stdout, as libraries do');
  context.onProgress({ step: 5, steps: training.steps, stepsPerSecond: 10, metrics: {} });
  if (seed === 6) await new Promise((resolve) => setTimeout(resolve, 600));
  const mark = join(context.folder, 'died');
  if (seed === 8 || (seed === 7 && !existsSync(mark))) {
    writeFileSync(mark, '');
    // Progress leaves through the event loop: a process killed at once would take it along.
    await new Promise((resolve) => setTimeout(resolve, 250));
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
  if (seed === 9) throw new Error('no room\nin two lines');
  if (seed === 10) {
    const { UsageError } = await import(pathToFileURL(join(process.argv[2], 'src/base/usage-error.js')).href);
    throw new UsageError('data.side: expected an odd number, got 4');
  }
  return recordOf(trial, context);
}
