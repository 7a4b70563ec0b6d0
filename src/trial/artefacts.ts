/** What a trial leaves in its folder besides its record. */
import { join } from 'node:path';
import { writeWhole } from '../results/files.ts';
import { encodeHistory, type HistoryRow } from '../results/history.ts';
import { exportNetworks } from './export.ts';
import { landscapeCsv } from './landscape-csv.ts';
import { linesCsv } from './lines-csv.ts';
import { evaluatedWeights } from './probe.ts';
import type { Recorders } from './recorders.ts';
import { samplesCsv } from './samples-csv.ts';
import type { Workshop } from './workshop.ts';

/**
 * history.csv, losses.csv, samples.csv and the networks; landscape.csv and lines.csv where data and method have them;
 * film.json where the trial was filmed. All but the film show the weights that are evaluated.
 */
export async function writeArtefacts(
  { step, observer, probe, kind, axes, model, sizes }: Workshop,
  { history, recorders }: { readonly history: readonly HistoryRow[]; readonly recorders: Recorders },
  folder: string,
): Promise<void> {
  const weights = evaluatedWeights(step.state());
  const evidence = await observer.evidence(weights.players);
  const files: Record<string, Uint8Array | string | undefined> = {
    'history.csv': encodeHistory(history),
    'losses.csv': recorders.losses.csv(),
    'samples.csv': samplesCsv(evidence),
    'landscape.csv': kind && (await landscapeCsv(probe, weights, kind, axes)),
    'lines.csv': kind && (await linesCsv(probe, weights, evidence)),
    'film.json': recorders.film?.json(),
    ...exportNetworks(model, weights, sizes),
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined) await writeWhole(join(folder, name), content);
  }
}
