/** The claim's trials in the settings that a search found, under a preset's name of their own: `tuned`, `quick-tuned`. */
import { UsageError } from '../../base/usage-error.ts';
import { tunedPreset } from '../../catalogue/preset-names.ts';
import type { Experiment } from '../define.ts';
import { type Overrides, parseSet } from '../overrides.ts';
import { filmNotes, type Plan, type PlanRequest, refuseTooMany, trialsOf, variantOf } from '../plan.ts';
import { parseSeeds } from '../seeds.ts';

export interface Tuned {
  /** Each method's best setting, in the order in which methods are to run. */
  readonly settings: ReadonlyMap<string, Overrides>;
  /** Seeds that any of its searches looked at. */
  readonly searched: readonly number[];
  /** What the plan says of the search. */
  readonly note: string;
}

/** Throws UsageError for seeds that the search looked at, and for whatever else the request gets wrong. */
export function planTuned(experiment: Experiment, request: PlanRequest, tuned: Tuned): Plan {
  const seeds = parseSeeds(request.seeds);
  const seen = seeds.find((seed) => tuned.searched.includes(seed));
  if (seen !== undefined)
    throw new UsageError(
      `--tuned: the settings were chosen on seed ${seen}, which can claim nothing: name others (--seeds 5)`,
    );
  refuseTooMany(seeds.length * tuned.settings.size);
  const preset = request.preset ?? 'default';
  const sets = request.set.map(parseSet);
  const variants = [...tuned.settings].map(([method, best]) =>
    variantOf(experiment, preset, method, [...sets, ...best]),
  );
  const seeded = seeds.flatMap((seed) => variants.map((variant) => ({ variant, seed })));
  const name = tunedPreset(preset);
  const trials = trialsOf(seeded, experiment, { preset: name, film: request.film });
  const varied = [...new Set(variants.flatMap((one) => one.varied))];
  return { experiment, preset: name, varied, trials, notes: [tuned.note, ...filmNotes(trials)] };
}
