/** A trial that is done at once, from seed 20 on after a second; 8 kills its process every time, 9 throws, 10 throws a UsageError. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { leaveFiles, log, recordOf } from './answer.mjs';

export async function runTrial(trial, context) {
  const { seed, training, scorer } = trial.spec;
  log(trial, context, scorer ? `began with ${scorer.model}` : 'began');
  context.onProgress({ step: 1, steps: training.steps, stepsPerSecond: 10, metrics: { lossD: Number.NaN } });
  if (seed === 8) {
    process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  }
  if (seed === 9) throw new Error('no room\nin two lines');
  if (seed === 10) {
    const { UsageError } = await import(pathToFileURL(join(process.argv[2], 'src/base/usage-error.js')).href);
    throw new UsageError('data.side: expected an odd number, got 4');
  }
  if (seed >= 20) await new Promise((resolve) => setTimeout(resolve, 1000));
  leaveFiles(trial, context);
  return recordOf(trial, context);
}
