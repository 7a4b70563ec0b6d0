/**
 * Checks what an experiment's file exports: the kinds of its own join the catalogue, the author's fields are checked by their
 * schema, their values by resolving every method in every preset.
 */
import { dirname } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import { isTuned } from '../catalogue/preset-names.ts';
import { commonSections, ownSectionNames } from '../catalogue/spec.ts';
import { expectationBounds, expectationSchema } from '../schema/expectation.ts';
import { rangeSchema } from '../schema/range.ts';
import { checkColumns } from './check-columns.ts';
import type { Code, Experiment } from './define.ts';
import { takeOwnKinds } from './own-kinds.ts';
import { nameOf, resolveTrial } from './resolve.ts';
import { checkSpace } from './search/space.ts';

/** What an author may say: the frame. Values of sections are checked when they are whole, since a preset's are parts. */
function authorSchema(catalogue: Catalogue) {
  const names = [...commonSections, ...ownSectionNames(catalogue)];
  const sections = Object.fromEntries(names.map((name) => [name, z.unknown().optional()]));
  const methodName = z.enum(catalogue.cards.methods.map(({ name }) => name));
  const methods = z.array(z.union([methodName, z.strictObject({ name: methodName, ...sections })])).min(1);
  const preset = z.strictObject({ ...sections, methods: methods.optional() });
  const author = z.strictObject({
    claim: z.string().trim().min(1),
    source: z.string().trim().min(1),
    ...sections,
    methods,
    presets: z.record(z.string().min(1), preset).default({}),
    expects: z.partialRecord(methodName, z.record(z.string(), expectationSchema)).optional(),
    film: z
      .strictObject({ frames: z.int().min(2).max(500), methods: z.array(methodName).min(1).optional() })
      .optional(),
    search: z.record(z.string().min(1), rangeSchema).optional(),
    searchFor: z.string().min(1).optional(),
    deviations: z.array(z.string().min(1)).optional(),
  });
  return { author, preset };
}

/**
 * `exported` as an experiment called `name`. Throws UsageError, one line that starts with `file`, for the first thing that
 * is wrong: path, what was expected, what came.
 *
 * @param code the file, by path and hash: data files lie beside it, and a trial that needs a kind of its own is known by it.
 */
export function checkExperiment(exported: unknown, name: string, file: string, code?: Code): Experiment {
  if (exported === undefined)
    throw new UsageError(`${file}: expected a default export made by defineExperiment({ … })`);
  const { plain, own } = named(file, () => takeOwnKinds(exported));
  const catalogue = own === undefined ? builtIn : named(file, () => builtIn.with(own));
  named(file, () => own?.metrics?.forEach(checkColumns));
  const { author, preset } = authorSchema(catalogue);
  const parsed = author.safeParse(plain, { reportInput: true });
  const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
    if (path.length === 0) return Object.keys(author.shape);
    if (path[0] === 'expects') return expectationBounds;
    return path[0] === 'presets' || path[0] === 'methods' ? Object.keys(preset.shape) : [];
  };
  if (!parsed.success) throw new UsageError(`${file}: ${issueLine(parsed.error, keysAt)}`);
  const experiment = {
    name,
    // The schema checks the frame, and what it has not seen goes no further; sections are checked below, by resolving them.
    ...(parsed.data as object),
    catalogue,
    ...(code !== undefined && { folder: dirname(code.file) }),
    ...(own !== undefined && code !== undefined && { code }),
  } as Experiment;
  refuseTwice(experiment, file);
  refuseUndeclared(experiment, file);
  refuseTunedName(experiment, file);
  for (const presetName of ['default', ...Object.keys(experiment.presets)]) {
    const where = presetName === 'default' ? file : `${file}: presets.${presetName}`;
    const added = experiment.presets[presetName]?.methods ?? [];
    for (const choice of [...experiment.methods, ...added])
      named(where, () => resolveTrial(experiment, { method: nameOf(choice), seed: 0, preset: presetName }));
  }
  named(`${file}: search`, () => checkSpace(experiment));
  return experiment;
}

/** What `check` throws at the user, with the place in front. */
function named<T>(where: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${where}: ${error.message}`);
  }
}

function refuseTwice(experiment: Experiment, file: string): void {
  const names = experiment.methods.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageError(`${file}: methods: ${twice} stands there twice`);
}

function refuseTunedName({ presets }: Experiment, file: string): void {
  const taken = Object.keys(presets).find(isTuned);
  if (taken !== undefined)
    throw new UsageError(`${file}: presets.${taken}: records of --tuned are called so; give the preset another name`);
}

function refuseUndeclared({ film, methods }: Experiment, file: string): void {
  const declared = methods.map(nameOf);
  const stranger = film?.methods?.find((name) => !declared.includes(name));
  if (stranger !== undefined)
    throw new UsageError(`${file}: film.methods: expected ${declared.join(', ')}, got ${stranger}`);
}
