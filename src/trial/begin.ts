/**
 * Decides on which engine a trial runs, and sets it up there: on the one that began it, so that no trial is made of the
 * rounding of two; else on the first that covers its programs.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { faultOf } from '../base/one-line.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { originHash } from '../catalogue/origin.ts';
import { isMissing } from '../disk/files.ts';
import { readBytes } from '../disk/read-file.ts';
import { NotCovered } from '../engine/engine.ts';
import type { Where } from '../engine/engines.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import { type Checkpoint, decodeCheckpoint } from '../store/checkpoint.ts';
import type { Clock } from './clock.ts';
import { setUpTrial, type TrialSetup } from './setup.ts';
import type { GroupMember } from './vmap/barrier.ts';

/** The part of a trial's context that its beginning depends on. */
export interface Ground extends Where {
  /** Where it runs if it was begun there, or if the engine does not cover it. Absent where the user named the engine. */
  readonly instead?: Where;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  readonly folder: string;
  /** Its place in the vmap group: the trials of this process that train as one program with it. */
  readonly member?: GroupMember;
}

export interface Begun {
  readonly setup: TrialSetup;
  /** Sound, of this trial and of this engine. */
  readonly checkpoint: Checkpoint | undefined;
  /** Why the trial does not run on the engine of the run: one line. */
  readonly reason?: string;
}

/** Throws NotCovered where the engine lacks something and there is no other. */
export async function begin(trial: PlannedTrial, ground: Ground, catalogue: Catalogue, clock: Clock): Promise<Begun> {
  const { engine, device, data, folder, member } = ground;
  // The trials of a group train as one program, on one engine.
  const instead = member ? undefined : ground.instead;
  const checkpoint = await loadCheckpoint(trial, folder);
  const { origin } = trial;
  const options = { catalogue, data, ...(origin && { origin }), ...(member && { member }) };
  const on = (where: Where) => setUpTrial(trial.spec, { ...where, ...options }, clock);
  if (instead && checkpoint && engineOf(checkpoint) === instead.engine)
    return { setup: await on(instead), checkpoint, reason: `it was begun on ${instead.engine}` };
  try {
    const setup = await on({ engine, device });
    return { setup, checkpoint: await ofEngine(engine, checkpoint, folder) };
  } catch (error) {
    if (!(error instanceof NotCovered) || !instead) throw error;
    const setup = await on(instead);
    return { setup, checkpoint: await ofEngine(instead.engine, checkpoint, folder), reason: error.reason };
  }
}

/** Earlier versions did not say on which engine: nearly all of their trials ran on this one. */
const engineOf = ({ engine = 'onnx' }: Checkpoint): string => engine;

/** What another engine began is begun again: engines differ by rounding, which training magnifies. */
async function ofEngine(
  engine: string,
  checkpoint: Checkpoint | undefined,
  folder: string,
): Promise<Checkpoint | undefined> {
  if (checkpoint?.engine === undefined || checkpoint.engine === engine) return checkpoint;
  await dropCheckpoint(folder, `it was begun on ${checkpoint.engine}`);
  return undefined;
}

/** What a checkpoint is of: the spec, and what the trial reads beside it. */
export const checkpointKey = ({ hash, origin }: PlannedTrial): string =>
  [hash, originHash(origin) ?? ''].join(' ').trimEnd();

/** A checkpoint that is damaged or of another trial costs this trial its head start, and nothing else. */
async function loadCheckpoint(trial: PlannedTrial, folder: string): Promise<Checkpoint | undefined> {
  try {
    const checkpoint = decodeCheckpoint(await readBytes(pathIn(folder)));
    if (checkpoint.hash !== checkpointKey(trial))
      throw new Error('the checkpoint is of another trial, or of other data');
    return checkpoint;
  } catch (error) {
    if (!isMissing(error)) await dropCheckpoint(folder, error);
    return undefined;
  }
}

/** Removes a checkpoint that is of no use, and says why. */
export async function dropCheckpoint(folder: string, fault: unknown): Promise<void> {
  process.emitWarning(`${faultOf(pathIn(folder), fault)}; the trial starts again`);
  await rm(pathIn(folder), { force: true });
}

const pathIn = (folder: string): string => join(folder, 'checkpoint');
