/**
 * A trial of 40 steps of 25 ms whose outcome depends on all of them. Every ten steps, and when it is told to stop, it leaves
 * a checkpoint from which another sitting goes on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { log, recordOf } from './answer.mjs';

const steps = 40;

export async function runTrial(trial, context) {
  const path = join(context.folder, 'checkpoint');
  const state = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { step: 0, value: trial.spec.seed + 0.5 };
  log(trial, context, `from ${state.step}`);
  while (state.step < steps) {
    if (context.signal.aborted || (state.step > 0 && state.step % 10 === 0)) writeFileSync(path, JSON.stringify(state));
    if (context.signal.aborted) {
      throw Object.assign(new Error('stopped'), { name: 'TrialStopped' });
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
    state.value = 3.9 * state.value - Math.floor(3.9 * state.value) + 1e-3 * state.step;
    state.step += 1;
    context.onProgress({ step: state.step, steps, stepsPerSecond: 40, metrics: {} });
  }
  writeFileSync(join(context.folder, 'history.csv'), `step,value\n${steps},${state.value}\n`);
  const record = recordOf(trial, context);
  return { ...record, steps, metrics: { ...record.metrics, value: state.value } };
}
