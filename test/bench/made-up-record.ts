/** A record of a trial that nobody trained, for benchmarks of what stands around training. */
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import type { TrialRecord } from '../../src/store/record.ts';

/** Made of the spec alone. */
export const madeUpRecord = (
  { id, hash, spec, preset, varied }: PlannedTrial,
  metrics: TrialRecord['metrics'],
  { engine, device }: Pick<TrialRecord, 'engine' | 'device'>,
): TrialRecord => ({
  ...{ id, hash, spec, preset, varied, engine, device, metrics },
  status: 'done',
  steps: spec.training.steps,
  wallSeconds: 0,
  timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
  versions: {},
  commit: '',
  host: '',
  finishedAt: '2026-01-01T00:00:00.000Z',
});
