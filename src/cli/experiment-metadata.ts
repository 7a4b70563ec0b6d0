/** What this version knows of an experiment's methods, columns and data: for the store, and for stores that do not say. */

import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Experiment } from '../experiment/define.ts';
import { experimentNames, loadExperiment } from '../experiment/load.ts';
import { nameOf, resolveTrial } from '../experiment/resolve.ts';
import type { BuiltIn } from '../report/table-records.ts';
import { hashOf } from '../schema/identity.ts';
import { aboutOf, type Metadata } from '../store/metadata.ts';
import { encodeTruth } from '../store/stored-truth.ts';
import { knownKinds } from '../summary/known-kinds.ts';
import { seedlessHash } from '../summary/origins.ts';
import { coloursOf } from '../summary/palette.ts';

/** `specs` are those of the trials to be run: there may be methods among them, and data, that the experiment does not declare. */
export function describeExperiment(experiment: Experiment, specs: readonly ResolvedSpec[]): Metadata {
  const names = new Set([...experiment.methods.map(nameOf), ...specs.map(({ method }) => method)]);
  const declared = [...names].map((method) => resolveTrial(experiment, { method, seed: 0 }));
  const { catalogue } = experiment;
  const all = [...declared, ...specs];
  const { columns, conditionsOf } = knownKinds(catalogue, all);
  const named = new Map(catalogue.cards.methods.map(({ name, colour }) => [name, colour]));
  const colours = coloursOf([...named.keys()], (method) => named.get(method)); // the same, whichever of them run
  const data = new Map(all.map((spec) => [hashOf(spec.data), spec.data]));
  const conditions = all.flatMap(({ measures, evaluation: { samples } }) =>
    measures.map((metric) => [hashOf([metric, samples]), conditionsOf(metric, samples)] as const),
  );
  return {
    ...aboutOf(experiment),
    methods: Object.fromEntries(
      declared.map((spec) => {
        const { description, source } = catalogue.method(spec.method);
        const colour = colours.get(spec.method) ?? '';
        return [spec.method, { description, source, colour, setting: seedlessHash(spec), spec: { ...spec } }];
      }),
    ),
    columns: [...columns.values()],
    conditions: Object.fromEntries(conditions),
    data: Object.fromEntries(
      [...data].map(([hash, section]) => [hash, encodeTruth(catalogue.data(section).truth(section))]),
    ),
  };
}

/** The same, with methods that were trained elsewhere, of which samples alone are known. */
export function describeWithOthers(experiment: Experiment, others: readonly string[]): Metadata {
  const { methods, ...rest } = describeExperiment(experiment, []);
  const known = experiment.catalogue.cards.methods;
  const colours = coloursOf(
    [...known.map(({ name }) => name), ...others],
    (method) => known.find(({ name }) => name === method)?.colour,
  );
  const notes = others.map((method) => [
    method,
    {
      description: 'trained by another program; its samples were scored here',
      source: '',
      colour: colours.get(method) ?? '',
    },
  ]);
  return { ...rest, methods: { ...methods, ...Object.fromEntries(notes) } };
}

/** What was said of experiments, which do not change as long as a process lives. */
const described = new WeakMap<Experiment, BuiltIn>();

/** An experiment of the project, for stores of modebench 0.1 and for such as hold trials.csv alone; `undefined` for other names. */
export async function findBuiltIn(name: string): Promise<BuiltIn | undefined> {
  if (!(await experimentNames()).includes(name)) return undefined;
  const experiment = await loadExperiment(name);
  const found = described.get(experiment) ?? {
    metadata: describeExperiment(experiment, []),
    specOf: (choice) => resolveTrial(experiment, choice),
  };
  described.set(experiment, found);
  return found;
}
