/**
 * The author's spec, and everything that was left out of it, as one trial's resolved spec. Later layers win: the library's
 * defaults, the method's, the experiment, its settings for the method, the preset, the command line.
 */

import { didYouMean } from '../base/did-you-mean.ts';
import { brief, issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { commonSections, ownSectionNames, type ResolvedSpec, specSchema } from '../catalogue/spec.ts';
import { type MethodCard, runsAnywhere } from '../methods/method.ts';
import { fieldsAt } from '../schema/paths.ts';
import { checkSense } from './cross-checks.ts';
import type { Experiment, NamedChoice } from './define.ts';
import { isPlain, merge } from './merge.ts';
import { applyOverrides, type Overrides } from './overrides.ts';

export interface Choice {
  readonly method: string;
  readonly seed: number;
  /** Absent or `default`: the experiment as it stands. */
  readonly preset?: string;
  readonly overrides?: Overrides;
}

/** A preset of a checked experiment. */
type CheckedPreset = Experiment['presets'][string];

/** Evaluations in a training, where the author does not say how often. */
const evaluations = 20;
const libraryDefaults = { training: { average: 0 }, evaluation: { samples: 2500 } };

/** Specs of seed 0 without overrides: each method of each preset is resolved once. */
const declared = new WeakMap<
  Experiment,
  Map<string, { readonly spec: ResolvedSpec; readonly saysHowOften: boolean }>
>();

/** Throws UsageError, one line, for an unknown preset, a method that is not declared, and values that make no sense. */
export function resolveTrial(experiment: Experiment, choice: Choice): ResolvedSpec {
  const { method, seed, overrides = [] } = choice;
  const { spec, saysHowOften } = declaredSpec(experiment, method, choice.preset ?? 'default');
  if (overrides.length === 0) return { ...spec, seed };
  const setHowOften = saysHowOften || overrides.some(({ path }) => path === 'evaluation.every');
  const schema = specSchema(experiment.catalogue, method);
  const draft = withEvaluations(applyOverrides({ ...spec, seed }, overrides, schema), setHowOften);
  return sensible(experiment, parse(experiment, method, draft));
}

/**
 * A spec of any origin with other settings, checked as a whole.
 *
 * @param draft a resolved spec, sections of which may have been replaced. Throws UsageError as `resolveTrial` does.
 */
export function changedSpec(
  draft: ResolvedSpec,
  overrides: Overrides,
  experiment: Pick<Experiment, 'catalogue' | 'code' | 'folder'> = { catalogue: builtIn },
): ResolvedSpec {
  const { catalogue } = experiment;
  const changed = applyOverrides(draft, overrides, specSchema(catalogue, draft.method));
  return sensible(experiment, parse(experiment, draft.method, changed));
}

function declaredSpec(experiment: Experiment, method: string, presetName: string) {
  const known = declared.get(experiment) ?? new Map();
  declared.set(experiment, known);
  const key = `${method} ${presetName}`;
  const found = known.get(key) ?? resolveDeclared(experiment, method, presetName);
  known.set(key, found);
  return found;
}

function resolveDeclared(experiment: Experiment, method: string, presetName: string) {
  const preset = presetOf(experiment, presetName);
  const card = experiment.catalogue.method(method);
  const others = ownSectionNames(experiment.catalogue).filter((name) => !Object.hasOwn(card.settings, name));
  const layers = [
    libraryDefaults,
    defaultsOf(card),
    without(experiment, others),
    settingsFor(card, experiment.methods, others, experiment.name),
    without(preset, others),
    preset.methods === undefined ? {} : settingsFor(card, preset.methods, others),
  ];
  const sections = Object.fromEntries(
    [...commonSections, ...Object.keys(card.settings)].map((name) => [
      name,
      layers.map((layer) => Reflect.get(layer, name)).reduce(merge, undefined),
    ]),
  );
  if (sections.scorer === undefined) delete sections.scorer;
  const saysHowOften = isPlain(sections.evaluation) && sections.evaluation.every !== undefined;
  const draft = withEvaluations({ experiment: experiment.name, method, seed: 0, ...sections }, saysHowOften);
  const spec = sensible(experiment, parse(experiment, method, draft));
  return { spec, saysHowOften };
}

/** The named preset; the experiment itself is `default`. Throws UsageError for a name that it does not have. */
export function presetOf(experiment: Experiment, name = 'default'): CheckedPreset {
  if (Object.hasOwn(experiment.presets, name)) return experiment.presets[name] ?? {};
  if (name === 'default') return {};
  const names = ['default', ...Object.keys(experiment.presets)];
  throw new UsageError(
    `${experiment.name} has no preset ${brief(name)}${didYouMean(name, names) || `; it has ${names.join(', ')}`}`,
  );
}

/** The name of a method, with settings of its own or without. */
export const nameOf = (choice: NamedChoice): string => (typeof choice === 'string' ? choice : choice.name);

function defaultsOf({ loss, critic, settings }: MethodCard): object {
  const own = Object.entries(settings).map(([name, { defaults }]) => [name, defaults]);
  return { loss, critic, ...Object.fromEntries(own) };
}

/** What the experiment or the preset says for this method alone. `others` are sections that it does not have. */
function settingsFor(
  card: MethodCard,
  methods: readonly NamedChoice[],
  others: readonly string[],
  mustDeclare?: string,
): object {
  const { name } = card;
  const choice = methods.find((candidate) => nameOf(candidate) === name);
  if (choice === undefined && mustDeclare !== undefined && !runsAnywhere(card)) {
    throw new UsageError(
      `${mustDeclare} does not declare the method ${name}; it has ${methods.map(nameOf).join(', ')}`,
    );
  }
  if (typeof choice !== 'object') return {};
  const foreign = others.find((section) => Reflect.get(choice, section) !== undefined);
  if (foreign !== undefined) throw new UsageError(`methods: ${name} has no ${foreign}`);
  return choice;
}

/** What is said for all methods reaches those that have it. */
const without = (fields: object, sections: readonly string[]): object => ({
  ...fields,
  ...Object.fromEntries(sections.map((section) => [section, undefined])),
});

/** Fills in how often to evaluate, from the number of steps; what is not a spec at all is left to the schema. */
function withEvaluations(draft: unknown, said: boolean): unknown {
  if (said || !isPlain(draft) || !isPlain(draft.training) || !isPlain(draft.evaluation)) return draft;
  const { steps } = draft.training;
  if (typeof steps !== 'number' || !(steps > 0)) return { ...draft, evaluation: { ...draft.evaluation, every: 1 } };
  const every = Math.max(1, Math.round(steps / evaluations));
  return { ...draft, evaluation: { ...draft.evaluation, every } };
}

function parse(
  { catalogue, code, folder = '.' }: Pick<Experiment, 'catalogue' | 'code' | 'folder'>,
  method: string,
  draft: unknown,
): ResolvedSpec {
  const schema = specSchema(catalogue, method);
  const parsed = schema.safeParse(draft, { reportInput: true });
  if (!parsed.success)
    throw new UsageError(issueLine(parsed.error, (path) => fieldsAt(draft, path.map(String), schema)));
  const written = parsed.data as unknown as ResolvedSpec; // the schema is made of the same sections
  const spec = { ...written, data: catalogue.data(written.data).fillIn(written.data, folder) };
  return code !== undefined && usesOwnKinds(spec) ? { ...spec, code: code.sha256 } : spec;
}

/** Whether a spec needs a kind that the project does not have. */
function usesOwnKinds({ method, data, nets, training, measures }: ResolvedSpec): boolean {
  const { cards } = builtIn;
  const lacks = (known: readonly { readonly kind: string }[], kind: string) =>
    known.every((card) => card.kind !== kind);
  return (
    cards.methods.every(({ name }) => name !== method) ||
    lacks(cards.data, data.kind) ||
    lacks(cards.nets, nets.kind) ||
    lacks(cards.optimisers, training.optimiser.kind) ||
    measures.some(({ kind }) => lacks(cards.metrics, kind))
  );
}

function sensible({ catalogue }: Pick<Experiment, 'catalogue'>, spec: ResolvedSpec): ResolvedSpec {
  checkSense(spec, catalogue);
  return spec;
}
