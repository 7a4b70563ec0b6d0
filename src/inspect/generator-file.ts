/** Opens a generator, a trial's own or an ONNX file of any program, and reads what `--latent` says of its z. */
import { basename, join } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { statsOf } from '../disk/stats-of.ts';
import type { Prior } from '../priors/prior-kind.ts';
import { openGenerator, openTrainedModel, type TrainedModel } from './trained-model.ts';

/** What `--latent` says: a law, and how many numbers z has. */
export interface Latent {
  readonly typed: string;
  readonly prior: Prior;
}

/** `uniform:2` on [−1, 1), `uniform:2:0:1` on [0, 1), `normal:64`. Throws UsageError for anything else. */
export function parseLatent(typed: string): Latent {
  const [, law, size, low = '-1', high = '1'] =
    /^(uniform|normal):(\d{1,6})(?::(-?[\d.]+):(-?[\d.]+))?$/.exec(typed) ?? [];
  const dim = Number(size);
  const isRange = law === 'normal' ? !typed.includes(':', 'normal:'.length) : Number(low) < Number(high);
  if (law === undefined || !(dim > 0) || !isRange)
    throw new UsageError(`--latent: expected uniform:2, uniform:2:0:1 or normal:64, got '${typed}'`);
  const prior: Prior =
    law === 'normal' ? { kind: 'normal', dim, std: 1 } : { kind: 'uniform', dim, low: Number(low), high: Number(high) };
  return { typed, prior };
}

/**
 * @param path an ONNX file, or a trial's folder.
 * @throws UsageError of one line where there is no generator, or its z is not as `latent` says.
 */
export async function openModel(path: string, latent: Latent | undefined): Promise<TrainedModel> {
  const home = basename(path) === 'generator.onnx' ? join(path, '..') : path;
  if (statsOf(join(home, 'trial.json'))) {
    if (latent) throw new UsageError('--latent: for an ONNX file alone; this trial says what its prior is');
    return openTrainedModel(home);
  }
  return openGenerator(path, (dim) => {
    if (latent === undefined) return { kind: 'normal', dim, std: 1 };
    if (latent.prior.dim === dim) return latent.prior;
    throw new UsageError(`--latent: expected z of ${dim} numbers, as ${basename(path)} takes, got ${latent.typed}`);
  });
}
