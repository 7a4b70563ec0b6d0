/** Trains one short trial as machine code and says whether its bytes are those of the reference, which every processor owes. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChecksums } from '../../disk/checksums.ts';
import { readTextSync } from '../../disk/read-file.ts';
import { loadExperiment } from '../../experiment/load.ts';
import { planTrials } from '../../experiment/plan.ts';
import { referenceSums, sumsFile } from '../../store/reference-sums.ts';
import type { Finding } from './findings.ts';

/** Both networks, a penalty of second order and a film of G and D in 50 steps. */
const short = {
  experiment: 'ring8',
  seeds: '1',
  methods: 'bigan-pgp',
  preset: 'smoke',
  film: true,
  set: [],
  sweep: [],
};

/** Trains it and gives its place in a store and the SHA-256 of the list of its files' checksums. */
export async function shortTrial(): Promise<{ readonly place: string; readonly sum: string }> {
  const [trial] = planTrials(await loadExperiment(short.experiment), short).trials;
  if (!trial) throw new Error('internal: the short trial is no trial');
  const folder = await mkdtemp(join(tmpdir(), 'modebench-doctor-'));
  try {
    const { runTrial } = await import('../../trial/run-trial.ts');
    await runTrial(trial, { engine: 'native', device: 'cpu', data: folder, folder, onProgress: () => {} });
    await writeChecksums(folder);
    const sum = createHash('sha256')
      .update(readTextSync(join(folder, sumsFile)))
      .digest('hex');
    return { place: `${short.experiment}/trials/${trial.id}/${sumsFile}`, sum };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param reference the store with the list of known bytes. @param fault why machine code does not run here. */
export async function bytesFinding(reference: string, fault: string | undefined): Promise<Finding> {
  const what = 'bytes';
  const name = `a short trial of ${short.methods}`;
  if (fault !== undefined)
    return {
      what,
      state: 'ok',
      says: `not compared: machine code does not run here (${fault}), and onnxruntime's rounding is the processor's own`,
    };
  try {
    const { place, sum } = await shortTrial();
    const known = referenceSums(reference).get(place);
    if (known === undefined)
      return { what, state: 'ok', says: `not compared: ${join(reference, sumsFile)} does not have ${place}` };
    if (known === sum) return { what, state: 'ok', says: `${name} has those of the reference` };
    return {
      what,
      state: 'broken',
      says: `${name} has others than the reference: results would not be those of other machines`,
    };
  } catch (error) {
    return { what, state: 'broken', says: `${name} ended: ${(error as Error).message}` };
  }
}
