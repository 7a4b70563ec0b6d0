/**
 * The author's spec, and everything that was left out of it, as one trial's resolved spec. Later layers win: the library's
 * defaults, the method's, the experiment, its settings for the method, the preset, the command line.
 */

import { didYouMean } from '../base/did-you-mean.ts';
import { brief, issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { methodCatalogue } from '../methods/catalogue.ts';
import { fieldsAt } from '../schema/paths.ts';
import { type MethodName, type ResolvedSpec, resolvedSchema } from '../schema/spec.ts';
import { checkSense } from './cross-checks.ts';
import type { Experiment, MethodChoice, Preset } from './define.ts';
import { applyOverrides, type Overrides } from './overrides.ts';

export interface Choice {
  readonly method: MethodName;
  readonly seed: number;
  /** Absent or `default`: the experiment as it stands. */
  readonly preset?: string;
  readonly overrides?: Overrides;
}

/** Evaluations in a training, where the author does not say how often. */
const evaluations = 20;
const libraryDefaults = { training: { average: 0 }, evaluation: { samples: 2500 } };

/** The sections that a spec is layered from; the rest of an author's fields is about the experiment as a whole. */
const sectionNames = [
  'data',
  'latent',
  'nets',
  'loss',
  'critic',
  'penalty',
  'reconstruction',
  'guidance',
  'training',
  'evaluation',
  'measures',
  'scorer',
] as const;

/** Those that only some methods have. */
const ownedSections = ['penalty', 'reconstruction', 'guidance'] as const;

/** Throws UsageError, one line, for an unknown preset, a method that is not declared, and values that make no sense. */
export function resolveTrial(experiment: Experiment, choice: Choice): ResolvedSpec {
  const { method, seed, overrides = [] } = choice;
  const preset = presetOf(experiment, choice.preset);
  const { defaults } = methodCatalogue[method];
  const layers = [
    libraryDefaults,
    defaults,
    withoutWhatIsNot(experiment, method),
    settingsFor(method, experiment.methods, experiment.name),
    withoutWhatIsNot(preset, method),
    preset.methods === undefined ? {} : settingsFor(method, preset.methods),
  ];
  const sections = Object.fromEntries(
    sectionNames.map((name) => [name, layers.map((layer) => Reflect.get(layer, name)).reduce(merge, undefined)]),
  );
  for (const name of [...ownedSections, 'scorer']) if (sections[name] === undefined) delete sections[name];
  const saysHowOften = isPlain(sections.evaluation) && sections.evaluation.every !== undefined;
  const base = parse(withEvaluations({ experiment: experiment.name, method, seed, ...sections }, saysHowOften));
  if (overrides.length === 0) return sensible(base);
  const setHowOften = saysHowOften || overrides.some(({ path }) => path === 'evaluation.every');
  return sensible(parse(withEvaluations(applyOverrides(base, overrides), setHowOften)));
}

/** The named preset; the experiment itself is `default`. Throws UsageError for a name that it does not have. */
export function presetOf(experiment: Experiment, name = 'default'): Preset {
  if (Object.hasOwn(experiment.presets, name)) return experiment.presets[name] ?? {};
  if (name === 'default') return {};
  const names = ['default', ...Object.keys(experiment.presets)];
  throw new UsageError(
    `${experiment.name} has no preset ${brief(name)}${didYouMean(name, names) || `; it has ${names.join(', ')}`}`,
  );
}

/** The name of a method, with settings of its own or without. */
export const nameOf = (choice: MethodChoice): MethodName => (typeof choice === 'string' ? choice : choice.name);

function settingsFor(method: MethodName, methods: readonly MethodChoice[], mustDeclare?: string): object {
  const choice = methods.find((candidate) => nameOf(candidate) === method);
  if (choice === undefined && mustDeclare !== undefined) {
    throw new UsageError(
      `${mustDeclare} does not declare the method ${method}; it has ${methods.map(nameOf).join(', ')}`,
    );
  }
  if (typeof choice !== 'object') return {};
  for (const section of ownedSections) {
    if (choice[section] !== undefined && methodCatalogue[method].defaults[section] === undefined) {
      throw new UsageError(`methods: ${method} has no ${section}`);
    }
  }
  return choice;
}

/** What is said for all methods reaches those that have it. */
function withoutWhatIsNot(fields: object, method: MethodName): object {
  const { defaults } = methodCatalogue[method];
  const lacking = ownedSections.filter((section) => defaults[section] === undefined);
  return { ...fields, ...Object.fromEntries(lacking.map((section) => [section, undefined])) };
}

/** `above` over `below`: objects key by key, lists and whatever carries a `kind` as a whole. */
function merge(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isPlain(below) || !isPlain(above) || Object.hasOwn(above, 'kind')) return above;
  const keys = new Set([...Object.keys(below), ...Object.keys(above)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(below[key], above[key])]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fills in how often to evaluate, from the number of steps; what is not a spec at all is left to the schema. */
function withEvaluations(draft: unknown, said: boolean): unknown {
  if (said || !isPlain(draft) || !isPlain(draft.training) || !isPlain(draft.evaluation)) return draft;
  const { steps } = draft.training;
  if (typeof steps !== 'number' || !(steps > 0)) return { ...draft, evaluation: { ...draft.evaluation, every: 1 } };
  const every = Math.max(1, Math.round(steps / evaluations));
  return { ...draft, evaluation: { ...draft.evaluation, every } };
}

function parse(draft: unknown): ResolvedSpec {
  const parsed = resolvedSchema.safeParse(draft, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new UsageError(issueLine(parsed.error, (path) => fieldsAt(draft, path.map(String))));
}

function sensible(spec: ResolvedSpec): ResolvedSpec {
  checkSense(spec);
  return spec;
}
