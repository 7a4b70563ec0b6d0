/** Writes the files that a trial leaves in its folder besides its record. */
import { join } from 'node:path';
import { writeWhole } from '../../disk/files.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';
import { encodeCheckpoint } from '../../store/checkpoint.ts';
import { encodeHistory, type HistoryRow } from '../../store/history.ts';
import type { Callbacks } from '../callbacks.ts';
import { evaluatedWeights } from '../probe.ts';
import type { TrialSetup } from '../setup.ts';
import { exportNetworks } from './export.ts';
import { landscapeCsv } from './landscape-csv.ts';
import { linesCsv } from './lines-csv.ts';
import { pictureFiles } from './pictures.ts';
import { samplesCsv } from './samples-csv.ts';

/** An evaluation of the averaged weights. */
export interface Evaluation {
  /** After so many training steps. */
  readonly step: number;
  readonly inputs: EvaluationInputs;
}

/** What a trial gathered while it trained. */
interface Learned {
  readonly step: number;
  readonly history: readonly HistoryRow[];
  readonly callbacks: Callbacks;
  /** The last one; another is made where it is of an earlier step. */
  readonly evaluation?: Evaluation | undefined;
}

/**
 * history.csv, losses.csv and the networks, as ONNX and as the numbers that they are made of; samples.csv or the sheets and
 * tables of pictures; landscape.csv and lines.csv where data and method have them; film.json where the trial was filmed. All but the film show the weights that are evaluated.
 */
export async function writeArtefacts(
  { step, evaluator, probe, kind, axes, model, sizes }: TrialSetup,
  { spec, hash }: Pick<PlannedTrial, 'spec' | 'hash'>,
  { step: steps, history, callbacks, evaluation }: Learned,
  folder: string,
): Promise<void> {
  const weights = evaluatedWeights(step.state());
  const inputs = evaluation?.step === steps ? evaluation.inputs : await evaluator.inputs(weights.players);
  const files: Record<string, Uint8Array | string | undefined> = {
    'history.csv': encodeHistory(history),
    'losses.csv': callbacks.losses.csv(),
    'samples.csv': inputs.dataset.shape.length === 1 ? samplesCsv(inputs) : undefined,
    ...(await pictureFiles(inputs, spec)),
    'landscape.csv': kind && probe && (await landscapeCsv(probe, weights, kind, axes)),
    'lines.csv': kind && probe && (await linesCsv(probe, weights, inputs)),
    'film.json': callbacks.film?.json(),
    ...exportNetworks(model, weights, sizes),
    networks: encodeCheckpoint({ hash, step: steps, elapsed: 0, history: [], arrays: { ...weights } }),
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== undefined) await writeWhole(join(folder, name), content);
  }
}
