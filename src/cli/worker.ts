/** `worker` runs trials from a Redis queue until it is told to stop. */

import { resolve } from 'node:path';
import { plural } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { findDevice } from '../engine/engines.ts';
import type { Experiment } from '../experiment/define.ts';
import { loadExperiment } from '../experiment/load.ts';
import { parseJobs } from '../launch/local/capacity.ts';
import { addressOf } from '../launch/redis/address.ts';
import { exitSoon, openConnection } from '../launch/redis/connection.ts';
import { ownVersion, versionText } from '../launch/redis/version.ts';
import { serve } from '../launch/redis/worker.ts';
import { checkEngine, chooseDevice } from './doctor/choose-device.ts';
import { ExitCode } from './exit.ts';
import { catchInterrupt } from './interrupt.ts';
import { withoutPasswords } from './passwords.ts';
import { callersFolder, checkStore, folderOf } from './paths.ts';
import { print } from './print.ts';
import type { WorkerArguments } from './worker-options.ts';

/** Returns the exit code. `root` is the project's folder. */
export async function runWorker(given: WorkerArguments, root: string): Promise<number> {
  withoutPasswords([]);
  if (given.queue === undefined)
    throw new UsageError('expected a queue: npm run worker -- --queue redis://[:password@]host:6379');
  const address = addressOf(given.queue);
  const from = callersFolder();
  const asked = checkEngine(given);
  const { engine, device, instead, note } = await chooseDevice(asked);
  // One process for an accelerator, however many cores there are.
  const jobs = parseJobs(given.jobs ?? (findDevice(engine, device)?.runsOn === 'processor' ? undefined : '1'));
  const shared = given.shared === undefined ? undefined : checkStore(resolve(from, given.shared), false, '--shared');
  const code = await ownKindsIn((given.experiment ?? []).map((path) => resolve(from, path)));
  const version = ownVersion();
  const tell = (line: string) => print(line);
  const { signal } = catchInterrupt();
  signal.addEventListener('abort', () => tell('Stopping: trials at work are given back (once more to end at once)'));
  if (note !== undefined) tell(`Took ${note}`);
  const connection = await openConnection(address);
  try {
    connection.watch((state) => tell(`Redis at ${address.shown} is ${state === 'away' ? 'away; waiting' : 'back'}`));
    tell(
      `Worker at ${address.shown}: ${plural(jobs, 'trial')} at once, ${engine} on ${device}, ${versionText(version)}`,
    );
    await serve({
      ...{ connection, version, asked: asked.engine, engine, device, jobs, signal, tell },
      ...(instead && { instead }),
      data: folderOf(given.data, root, 'data'),
      ...(shared !== undefined && { shared }),
      ...(given.scorer !== undefined && { scorer: resolve(from, given.scorer) }),
      ...(code.size > 0 && { code }),
    });
  } finally {
    connection.close();
    exitSoon();
  }
  return ExitCode.done;
}

/** Experiments with kinds of their own by their hashes. Throws UsageError for a file that has none. */
async function ownKindsIn(paths: readonly string[]): Promise<Map<string, Experiment>> {
  const found = new Map<string, Experiment>();
  for (const path of paths) {
    const experiment = await loadExperiment(path);
    if (experiment.code === undefined)
      throw new UsageError(`--experiment ${path}: it has no kinds of its own to bring`);
    found.set(experiment.code.sha256, experiment);
  }
  return found;
}
