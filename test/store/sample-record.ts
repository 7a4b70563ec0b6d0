/** Records as trials would leave them, for tests of what is done with records. */
import { type PlannedTrial, planTrials } from '../../src/experiment/plan.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { sampleExperiment } from '../experiment/sample.ts';

export function sampleTrials(seeds: string, sweep: readonly string[] = []): readonly PlannedTrial[] {
  return planTrials(sampleExperiment, { seeds, methods: 'gan,bigan-pgp', set: [], sweep }).trials;
}

export function recordOf(trial: PlannedTrial, changes: Partial<TrialRecord> = {}): TrialRecord {
  return {
    ...trial,
    status: 'done',
    steps: trial.spec.training.steps,
    wallSeconds: 1.5,
    timings: { capture: 0.1, compile: 0.2, train: 1, evaluate: 0.1, write: 0.1 },
    engine: 'onnx',
    device: 'cpu',
    metrics: { modesCaptured: trial.spec.seed, highQuality: 0.1 + 0.2, stdRatio: Number.NaN },
    versions: { node: process.version },
    commit: '',
    host: 'test',
    finishedAt: '2018-02-02T00:00:00.000Z',
    ...changes,
  };
}
