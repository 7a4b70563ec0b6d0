/** A worker whose trials train nothing: what is left of a trial's time is the launch's own. Each leaves a file and a record as others do. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import { serveTasks } from '../../src/launch/local/serve-tasks.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import type { TrialContext } from '../../src/trial/run-trial.ts';

serveTasks(async () => runTrial);

/** The record is made from the spec alone. */
async function runTrial(trial: PlannedTrial, { folder, engine, device }: TrialContext): Promise<TrialRecord> {
  const { id, hash, spec, preset, varied } = trial;
  await writeFile(join(folder, 'history.csv'), `step,value\n1,${Math.sqrt(spec.seed)}\n`);
  return {
    ...{ id, hash, spec, preset, varied, engine, device },
    status: 'done',
    steps: spec.training.steps,
    wallSeconds: 0,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    metrics: { modesCaptured: spec.seed % 26, ratio: 1 / (spec.seed + 3) },
    versions: {},
    commit: '',
    host: '',
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
}
