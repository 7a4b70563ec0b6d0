/**
 * From a command line's request to the list of trials that it means: seeds × methods × sweep, each trial once, refused in
 * one line where a part makes no sense. Reads no disk: which of them are done already is the store's to say.
 */

import { inLine } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { specHash, trialId } from '../catalogue/identity.ts';
import type { Origin } from '../catalogue/origin.ts';
import { type ResolvedSpec, specSchema } from '../catalogue/spec.ts';
import { leavesOf } from '../schema/paths.ts';
import { chosenMethods, undeclaredNote } from './chosen-methods.ts';
import type { Code, Experiment } from './define.ts';
import { type FilmRequest, filmingOf } from './filming.ts';
import {
  applicable,
  type Override,
  type Overrides,
  parseSet,
  parseSweep,
  type Sweep,
  sweepOver,
  unknownPath,
} from './overrides.ts';
import { nameOf, resolveTrial } from './resolve.ts';
import type { PlannedSearch } from './search/planned-search.ts';
import { parseSeeds } from './seeds.ts';

export interface PlanRequest {
  /** `5`, `7,9`, `10..14`: see `parseSeeds`. */
  readonly seeds: string;
  /** Names, comma-separated; absent: all that the preset or the experiment declares. */
  readonly methods?: string | undefined;
  readonly preset?: string | undefined;
  /** `path=value`, each once. */
  readonly set: readonly string[];
  /** `path=value,value`, each once. */
  readonly sweep: readonly string[];
  /** Values of `penalty.weight`. */
  readonly lambda?: string | undefined;
  /** Film every trial, whatever the experiment declares. */
  readonly film?: boolean | undefined;
}

export interface PlannedTrial {
  readonly id: string;
  readonly hash: string;
  readonly spec: ResolvedSpec;
  readonly preset: string;
  /** Dotted paths that the command line set or swept and that this method has. */
  readonly varied: readonly string[];
  /** Set where the trial is to be filmed. No part of its identity: filming changes none of its numbers. */
  readonly film?: FilmRequest;
  /** The file that its own kinds come from, where its spec has some. */
  readonly code?: Code;
  /** What it will read besides its spec; absent for points, and while that is not known (`withOrigins`). */
  readonly origin?: Origin;
}

export interface Plan {
  readonly experiment: Experiment;
  /** `default` where none was named. */
  readonly preset: string;
  /** Dotted paths that the command line set or swept. */
  readonly varied: readonly string[];
  /** Seed by seed, so that all methods advance together; within a seed method by method, in the experiment's order. */
  readonly trials: readonly PlannedTrial[];
  /** What the user should know: a path that a method does not have, say. */
  readonly notes: readonly string[];
  /** Where the trials are those of a random search. */
  readonly search?: PlannedSearch;
}

const most = 100_000;

/** Throws UsageError for whatever the request gets wrong. */
export function planTrials(experiment: Experiment, request: PlanRequest): Plan {
  const seeds = parseSeeds(request.seeds);
  const preset = request.preset ?? 'default';
  const methods = chosenMethods(experiment, preset, request.methods);
  const sets = request.set.map(parseSet);
  const sweeps = request.sweep.map(parseSweep);
  if (request.lambda !== undefined) sweeps.push(sweepOver('penalty.weight', request.lambda, '--lambda'));
  refuseTwice([...sets, ...sweeps]);
  refuseTooMany(seeds.length * methods.length * sweeps.reduce((count, { texts }) => count * texts.length, 1));

  const variants = methods.map((method) => variantsOf(experiment, preset, method, sets, sweeps));
  const seeded = seeds.flatMap((seed) => variants.flat().map((variant) => ({ variant, seed })));
  const trials = trialsOf(seeded, experiment, { preset, film: request.film });
  const notes = [
    ...undeclaredNote(experiment, methods),
    ...notesOn(methods, variants, [...sets, ...sweeps], sweeps, experiment, preset),
    ...filmNotes(trials),
  ];
  const varied = [...new Set([...sets, ...sweeps].map(({ path }) => path))];
  return { experiment, preset, varied, trials, notes };
}

/** A method's spec of seed 0, and the paths at which it was set. */
export interface Variant {
  readonly spec: ResolvedSpec;
  readonly varied: readonly string[];
}

/** Trials of variants and seeds, each once. */
export function trialsOf(
  seeded: readonly { readonly variant: Variant; readonly seed: number }[],
  experiment: Experiment,
  { preset, film: always = false }: Pick<PlannedTrial, 'preset'> & Pick<PlanRequest, 'film'>,
): PlannedTrial[] {
  const trials = new Map<string, PlannedTrial>();
  for (const { variant, seed } of seeded) {
    const { varied } = variant;
    const spec = { ...variant.spec, seed };
    const hash = specHash(spec);
    if (trials.has(hash)) continue;
    const film = filmingOf(experiment, spec, always);
    const code = spec.code === undefined ? undefined : experiment.code;
    const id = trialId(spec, hash);
    trials.set(hash, { id, hash, spec, preset, varied, ...(film && { film }), ...(code && { code }) });
  }
  return [...trials.values()];
}

/** A method's specs over the whole sweep; a path that it does not have is left alone, so that some may be alike. */
function variantsOf(
  experiment: Experiment,
  preset: string,
  method: string,
  sets: readonly Override[],
  sweeps: readonly Sweep[],
): Variant[] {
  const variants = new Map<string, Variant>();
  for (const swept of grid(sweeps)) {
    const variant = variantOf(experiment, preset, method, [...sets, ...swept]);
    const hash = specHash(variant.spec);
    if (!variants.has(hash)) variants.set(hash, variant);
  }
  return [...variants.values()];
}

/** A method's spec with those of the overrides that it has a place for. */
export function variantOf(experiment: Experiment, preset: string, method: string, overrides: Overrides): Variant {
  const base = resolveTrial(experiment, { method, seed: 0, preset });
  const own = applicable(base, overrides, specSchema(experiment.catalogue, method));
  return {
    spec: resolveTrial(experiment, { method, seed: 0, preset, overrides: own }),
    varied: own.map(({ path }) => path),
  };
}

/** All combinations, the last sweep fastest. */
function grid(sweeps: readonly Sweep[]): Override[][] {
  return sweeps.reduce<Override[][]>(
    (rows, { path, texts }) => rows.flatMap((row) => texts.map((text) => [...row, { path, text }])),
    [[]],
  );
}

function refuseTwice(named: readonly { readonly path: string }[]): void {
  const seen = new Set<string>();
  for (const { path } of named) {
    if (seen.has(path))
      throw new UsageError(`${inLine(path)} is given twice: name each path once, by --set, --sweep or --lambda`);
    seen.add(path);
  }
}

/** Throws UsageError for more trials than fit one run. */
export function refuseTooMany(trials: number): void {
  if (trials > most) throw new UsageError(`that plan has ${trials} trials; at most ${most} fit one run`);
}

/** What filming costs is known afterwards; that it happens is said before. */
export function filmNotes(trials: readonly Pick<PlannedTrial, 'spec' | 'film'>[]): string[] {
  const filmed = trials.filter(({ film }) => film !== undefined);
  const names = [...new Set(filmed.map(({ spec }) => spec.method))];
  return names.length === 0 ? [] : [`filmed, up to ${filmed[0]?.film?.frames} frames a trial: ${names.join(', ')}`];
}

/** One note for each path that some of the methods lack. Throws UsageError for a path that all of them lack. */
function notesOn(
  methods: readonly string[],
  variants: readonly (readonly Variant[])[],
  named: readonly { readonly path: string }[],
  sweeps: readonly Sweep[],
  experiment: Experiment,
  preset: string,
): string[] {
  const notes: string[] = [];
  for (const { path } of named) {
    const lacking = methods.filter((_, index) => !variants[index]?.some(({ varied }) => varied.includes(path)));
    if (lacking.length === methods.length) throw lackedByAll(path, methods, experiment, preset);
    if (lacking.length === 0) continue;
    const swept = sweeps.some((sweep) => sweep.path === path);
    const verb = lacking.length === 1 ? ['does', 'runs', 'stays'] : ['do', 'run', 'stay'];
    const rest = swept ? `${verb[1]} once a seed` : `${verb[2]} as ${lacking.length === 1 ? 'it is' : 'they are'}`;
    notes.push(`${lacking.join(', ')} ${verb[0]} not have ${path} and ${rest}`);
  }
  return notes;
}

/** The refusal of a path that no method of the plan has. */
export function lackedByAll(
  path: string,
  methods: readonly string[],
  experiment: Experiment,
  preset: string,
): UsageError {
  const leaves = new Map(
    experiment.methods.map(nameOf).map((method) => {
      const spec = resolveTrial(experiment, { method, seed: 0, preset });
      return [method, leavesOf(spec, specSchema(experiment.catalogue, method))] as const;
    }),
  );
  const having = [...leaves].filter(([, paths]) => paths.has(path)).map(([method]) => method);
  if (having.length > 0)
    return new UsageError(`${path}: ${methods.join(', ')} without it; with it: ${having.join(', ')}`);
  const section = path.split('.')[0] ?? '';
  const known = new Set([...leaves.values()].flatMap((paths) => [...paths.keys()]));
  if ([...known].some((other) => other.startsWith(`${section}.`))) return unknownPath(path, known);
  const elsewhere = experiment.catalogue.cards.methods
    .filter(({ settings }) => Object.hasOwn(settings, section))
    .map(({ name }) => name);
  if (elsewhere.length === 0) return unknownPath(path, known);
  return new UsageError(
    `${inLine(path)}: no method of ${experiment.name} has it (a ${section} is part of ${elsewhere.join(', ')})`,
  );
}
