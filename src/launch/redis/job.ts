/**
 * Encodes a trial as a job of the queue: validated data, never code, paths or module names. The worker recomputes its identity,
 * so that nothing can be passed off as another trial.
 */
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { specHash, trialId } from '../../catalogue/identity.ts';
import { originHash, originSchema } from '../../catalogue/origin.ts';
import { storedSchema } from '../../catalogue/spec.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import { bringsScorer, type Inputs, inputsSchema } from './inputs.ts';

export interface Job {
  readonly trial: PlannedTrial;
  /** Of the code that planned it. */
  readonly commit: string;
  readonly inputs: Inputs;
}

const schema = z.strictObject({
  commit: z.string().max(64),
  spec: storedSchema(),
  film: z.strictObject({ frames: z.int().positive().max(10_000) }).exactOptional(),
  /** What the run counts on: a worker that reads something else does not run the trial. */
  origin: originSchema.exactOptional(),
  inputs: inputsSchema,
});
export type JobData = z.infer<typeof schema>;

/**
 * The trial's hash, and its origin's where it has one: who wants the same trial on the same data shares one job. A film is more
 * than the trial, and a job of its own.
 */
export function jobId({ hash, origin, film }: Pick<PlannedTrial, 'hash' | 'origin' | 'film'>): string {
  return [hash, originHash(origin), film && 'film'].filter((part) => part !== undefined).join('-');
}

/** What goes to Redis. Preset and varied paths stay with who planned: they change nothing of what is computed. */
export function jobData({ spec, film, origin }: PlannedTrial, inputs: Inputs, commit: string): JobData {
  return {
    ...{ commit, spec: schema.shape.spec.parse(spec), inputs },
    ...(film && { film: { ...film } }),
    ...(origin && { origin }),
  };
}

/** The job that lies under `id`. Throws an Error of one line that says what is wrong with it. */
export function readJob(id: string, data: unknown): Job {
  const parsed = schema.safeParse(data, { reportInput: true });
  if (!parsed.success) throw new Error(issueLine(parsed.error));
  const { commit, spec, film, origin, inputs } = parsed.data;
  const hash = specHash(spec);
  const trial = {
    ...{ id: trialId(spec, hash, origin), hash, spec, preset: 'default', varied: [] },
    ...(film && { film }),
    ...(origin && { origin }),
  };
  if (jobId(trial) !== id) throw new Error(`its id is not the hash of its spec (${hash.slice(0, 8)})`);
  if (bringsScorer(spec) !== (inputs.scorer !== undefined))
    throw new Error('inputs.scorer: expected one where the spec names one');
  if (spec.code !== inputs.code?.sha256) throw new Error('inputs.code: expected the file that the spec names');
  return { trial, commit, inputs };
}
