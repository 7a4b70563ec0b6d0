/** A worker whose trials train nothing: what is left of a trial's time is the launch's own. Each leaves a file and a record as others do. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import { serveTasks } from '../../src/launch/local/serve-tasks.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import type { TrialContext } from '../../src/trial/run-trial.ts';
import { madeUpRecord } from './made-up-record.ts';

serveTasks(async () => runTrial);

async function runTrial(trial: PlannedTrial, { folder, engine, device }: TrialContext): Promise<TrialRecord> {
  const { seed } = trial.spec;
  await writeFile(join(folder, 'history.csv'), `step,value\n1,${Math.sqrt(seed)}\n`);
  return madeUpRecord(trial, { modesCaptured: seed % 26, ratio: 1 / (seed + 3) }, { engine, device });
}
