/** Stores for tests of reports: real specs, records and files as trials write them, made-up figures. Nothing here is trained. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stream } from '../../src/base/random.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { writeCsv } from '../../src/disk/csv.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { loadReport as load } from '../../src/report/load.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { encodeHistory } from '../../src/store/history.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { recordOf, specOf } from '../cli/records.ts';
import { formulaDataset } from '../datasets/formula.ts';

export { recordOf, specOf };

/** A folder that goes with the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Two methods on three seeds each; bigan-pgp captures everything. */
export function sampleRecords(): TrialRecord[] {
  const modes: Partial<Record<MethodName, number[]>> = { bigan: [12, 14, 13], 'bigan-pgp': [25, 25, 25] };
  return Object.entries(modes).flatMap(
    ([method, counts]) => counts.map((count, seed) => trialOf(specOf(method as MethodName, seed), count)), // keys of the record above
  );
}

/** A record of that many modes, its other figures a function of them. */
export function trialOf(spec: ResolvedSpec, modes: number, change: Partial<TrialRecord> = {}): TrialRecord {
  const metrics = {
    modesCaptured: modes,
    highQuality: 0.5 + modes / 100,
    reverseKL: (25 - modes) / 50,
    slicedW2: 0.1,
    'raw.modesCaptured': modes - 1,
  };
  return recordOf(spec, metrics, change);
}

/** Writes records into a store, with a history and samples beside those that are done. Gives the store's root. */
export async function storeOf(records: readonly TrialRecord[], root: string = scratch()): Promise<string> {
  for (const record of records) {
    const store = openStore(root, record.spec.experiment);
    await store.keep(record);
    if (record.status !== 'done') continue;
    const { steps } = record;
    const history = [0.25, 0.5, 1].map((share) => ({
      step: steps * share,
      values: { lossD: 1, lossG: 1, scoreReal: 0.1, scoreFake: -0.1, gradientD: 1, gradientG: 1, ...record.metrics },
    }));
    writeFileSync(join(store.folder(record.id), 'history.csv'), encodeHistory(history));
    writeFileSync(join(store.folder(record.id), 'samples.csv'), samplesOf(record.spec));
  }
  return root;
}

function samplesOf(spec: ResolvedSpec): string {
  const dataset = formulaDataset(spec.data);
  const rows = (['generated', 'real'] as const).flatMap((set, index) => {
    const x = dataset.sample(stream(spec.seed, 'evaluation', index), 60);
    const z = Array.from({ length: 60 }, (_, row) => [row / 30 - 1, 1 - row / 30]);
    return z.map(([z0, z1], row) => ({ set, x0: x[row * 2], x1: x[row * 2 + 1], z0, z1, mode: row % 25 }));
  });
  return writeCsv(['set', 'x0', 'x1', 'z0', 'z1', 'mode'], rows);
}

/** A report's data as the command loads them: the project fills in what a store does not say. */
export const loadReport = (root: string, experiment: string): Promise<ReportData> =>
  load(root, experiment, findBuiltIn);

/** The report's data of records, through a store on disk. */
export async function dataOf(records: readonly TrialRecord[]): Promise<ReportData> {
  const root = await storeOf(records);
  return loadReport(root, records[0]?.spec.experiment ?? 'grid25');
}
