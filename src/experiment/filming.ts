/** Which trials are filmed, and in how many frames: asked for on the command line, or declared by the experiment. */

import { UsageError } from '../base/usage-error.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { filmKindOf } from '../methods/film-kind.ts';
import type { Experiment } from './define.ts';

export interface FilmRequest {
  /** At most so many; a short training has fewer. */
  readonly frames: number;
}

const defaultFrames = 48;

/**
 * `undefined` where this trial is not filmed. @param asked by `--film`, for every method.
 *
 * @throws UsageError where a film is wanted of what no picture can show.
 */
export function filmingOf(experiment: Experiment, spec: ResolvedSpec, asked: boolean): FilmRequest | undefined {
  const { film } = experiment;
  const declared = film !== undefined && (film.methods?.some((name) => name === spec.method) ?? true);
  if (!asked && !declared) return undefined;
  const { catalogue } = experiment;
  const { dim } = catalogue.data(spec.data).truth(spec.data);
  if (filmKindOf(catalogue.method(spec.method), dim, spec.latent.dim) === undefined) {
    const what = dim > 2 ? `its data has ${dim}` : `its latent has ${spec.latent.dim}`;
    throw new UsageError(`film: ${spec.method} cannot be filmed: expected 1 or 2 dimensions to draw, and ${what}`);
  }
  return { frames: film?.frames ?? defaultFrames };
}
