/**
 * Checks what an experiment's file exports: the author's fields by their schema, their values by resolving every method in
 * every preset.
 */
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { expectationBounds, expectationSchema } from '../schema/expectation.ts';
import { methodNames } from '../schema/spec.ts';
import type { Experiment } from './define.ts';
import { nameOf, resolveTrial } from './resolve.ts';

/** Values of sections are checked when they are whole: a preset's are parts. */
const part = z.unknown().optional();
const sections = {
  data: part,
  latent: part,
  nets: part,
  training: part,
  evaluation: part,
  measures: part,
  loss: part,
  critic: part,
  penalty: part,
  reconstruction: part,
  guidance: part,
  scorer: part,
};
const methodName = z.enum(methodNames);
const methodChoice = z.union([methodName, z.strictObject({ name: methodName, ...sections })]);
const methods = z.array(methodChoice).min(1);
const preset = z.strictObject({ ...sections, methods: methods.optional() });

const authorSchema = z.strictObject({
  claim: z.string().trim().min(1),
  source: z.string().trim().min(1),
  ...sections,
  methods,
  presets: z.record(z.string().min(1), preset).refine((presets) => Object.hasOwn(presets, 'smoke'), {
    error: "expected a preset 'smoke' that takes seconds",
  }),
  expects: z.partialRecord(methodName, z.record(z.string(), expectationSchema)).optional(),
  film: z.strictObject({ frames: z.int().min(2).max(500), methods: z.array(methodName).min(1).optional() }).optional(),
  deviations: z.array(z.string().min(1)).optional(),
});

/**
 * `exported` as an experiment called `name`. Throws UsageError, one line that starts with `file`, for the first thing that
 * is wrong: path, what was expected, what came.
 */
export function checkAuthor(exported: unknown, name: string, file: string): Experiment {
  if (exported === undefined)
    throw new UsageError(`${file}: expected a default export made by defineExperiment({ … })`);
  const parsed = authorSchema.safeParse(exported, { reportInput: true });
  if (!parsed.success) throw new UsageError(`${file}: ${issueLine(parsed.error, keysAt)}`);
  // The schema checks the frame, and what it has not seen goes no further; sections are checked below, by resolving them.
  const experiment = { name, ...(parsed.data as object) } as Experiment;
  refuseTwice(experiment, file);
  refuseUndeclared(experiment, file);
  for (const presetName of ['default', ...Object.keys(experiment.presets)]) {
    const where = presetName === 'default' ? '' : `presets.${presetName}: `;
    const added = experiment.presets[presetName]?.methods ?? [];
    for (const choice of [...experiment.methods, ...added]) {
      try {
        resolveTrial(experiment, { method: nameOf(choice), seed: 0, preset: presetName });
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        throw new UsageError(`${file}: ${where}${error.message}`);
      }
    }
  }
  return experiment;
}

function refuseTwice(experiment: Experiment, file: string): void {
  const names = experiment.methods.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`${file}: methods: ${twice} stands there twice`);
}

function refuseUndeclared({ film, methods }: Experiment, file: string): void {
  const declared = methods.map(nameOf);
  const stranger = film?.methods?.find((name) => !declared.includes(name));
  if (stranger !== undefined)
    throw new UsageError(`${file}: film.methods: expected ${declared.join(', ')}, got ${stranger}`);
}

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(authorSchema.shape);
  if (path[0] === 'expects') return expectationBounds;
  return path[0] === 'presets' || path[0] === 'methods' ? Object.keys(preset.shape) : [];
}
