/** Finds the spec of what is to be played: a method of an experiment or a trial of a store, with drawn data and settings in place. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import { type ResolvedSpec, specSchema } from '../../catalogue/spec.ts';
import { readBytes } from '../../disk/read-file.ts';
import { chosenMethods } from '../../experiment/chosen-methods.ts';
import type { Experiment } from '../../experiment/define.ts';
import { experimentNames, loadExperiment } from '../../experiment/load.ts';
import { changedSpec, resolveTrial } from '../../experiment/resolve.ts';
import { toySetting } from '../../experiment/toy.ts';
import { leavesOf, valueAt } from '../../schema/paths.ts';
import { type Checkpoint, decodeCheckpoint } from '../../store/checkpoint.ts';
import { type Action, type DrawnMode, parseModes, type Subject, settingsIn } from './course.ts';
import type { Opening, Playable, Setting } from './messages.ts';

/** A trial of the store that is to be played: the server has looked it up. */
export interface StoredTrial {
  readonly spec: ResolvedSpec;
  readonly folder: string;
}

/** What everything that is played under one address begins with. */
export interface Ground {
  readonly subject: Subject;
  readonly seed: number;
  readonly data: readonly DrawnMode[] | undefined;
  readonly trial: StoredTrial | undefined;
  /** Where prepared sets of pictures lie. */
  readonly dataRoot: string;
}

/** Throws UsageError for a text of modes that holds none. */
export function groundOf(
  { seed, data }: Opening,
  subject: Subject,
  trial: StoredTrial | undefined,
  dataRoot = '',
): Ground {
  const modes = data === undefined ? undefined : parseModes(data);
  if (data !== undefined && modes === undefined)
    throw new UsageError('data: expected modes as x,y,σ and perhaps a weight, with ; between them');
  return { subject, seed, data: modes, trial, dataRoot };
}

/** The spec under those of the actions that are settings. Throws UsageError where it makes no sense. */
export async function specOf(
  { subject, seed, data, trial }: Ground,
  actions: readonly Action[],
): Promise<ResolvedSpec> {
  const base = await baseOf(subject, seed, trial);
  if (base.code !== undefined)
    throw new UsageError(`${base.experiment}: its kinds are those of its own file; the bench plays the project's`);
  const drawn = data && { data: mixture(data), measures: toySetting.measures.map((measure) => ({ ...measure })) };
  const overrides = settingsIn(actions);
  return overrides.length === 0 && !drawn ? base : changedSpec({ ...base, ...drawn }, overrides);
}

async function baseOf(subject: Subject, seed: number, trial: StoredTrial | undefined): Promise<ResolvedSpec> {
  if (subject.kind === 'method') {
    const { experiment, method, preset } = subject;
    return resolveTrial(await loadExperiment(experiment), { method, preset, seed });
  }
  if (trial === undefined) throw new UsageError(`the store has no trial ${subject.trial} of ${subject.experiment}`);
  return subject.kind === 'networks' ? trial.spec : { ...trial.spec, seed };
}

const mixture = (modes: readonly DrawnMode[]) => ({
  kind: 'gaussian-mixture',
  modes: modes.map(({ x, y, std, weight }) => ({ centre: [x, y], weight, std })),
  scale: 1,
});

/** The checkpoint of a trial at work, the networks of one that has ended; `undefined` where it begins anew. Throws UsageError where it left neither. */
export async function beginningOf({ subject, trial }: Ground): Promise<Checkpoint | undefined> {
  if (subject.kind !== 'networks' || trial === undefined) return undefined;
  const path = ['checkpoint', 'networks'].map((name) => join(trial.folder, name)).find((file) => existsSync(file));
  if (path === undefined) throw new UsageError(`${subject.trial} left no networks: play it from its first step`);
  return decodeCheckpoint(await readBytes(path));
}

/** Sections of which nothing can be changed here, and those that networks are made by. */
const hidden = /^(measures|evaluation|scorer)\b/;
const fixed = /^(data|latent|nets)\b/;

/** What can be changed, with its value now. */
export function settingsOf(spec: ResolvedSpec): Setting[] {
  return [...leavesOf(spec, specSchema(builtIn, spec.method))].flatMap(([path, leaf]) => {
    const value = valueAt(spec, path);
    if (hidden.test(path) || leaf.kind === 'variant' || value === undefined || path === 'training.steps') return [];
    return {
      path,
      value: Array.isArray(value) ? `[${value.join()}]` : String(value),
      isFixed: fixed.test(path),
      ...(leaf.kind === 'name' && { choices: leaf.choices }),
    };
  });
}

/** The project's experiments of pictures, and of points in a plane or on a line, with the methods that fit them. */
export async function playables(): Promise<Playable[]> {
  const found: Playable[] = [];
  // One after the other: pages are answered between two of them.
  for (const name of await experimentNames()) found.push(...playableOf(await loadExperiment(name)));
  return found;
}

function playableOf(experiment: Experiment): Playable[] {
  const methods = chosenMethods(experiment, 'default', undefined);
  const specs = methods.map((method) => resolveTrial(experiment, { method, seed: 0 }));
  const isPictures = specs.some(({ data }) => builtIn.data(data).form === 'pictures');
  const isDrawn = specs.every(({ data }) => builtIn.data(data).truth(data).dim <= 2);
  if (!isPictures && !isDrawn) return [];
  const others = chosenMethods(experiment, 'default', 'all').filter((method) => !methods.includes(method));
  const presets = ['default', ...Object.keys(experiment.presets)];
  const usual = isPictures ? cheapest(experiment, presets) : 'default';
  return [{ experiment: experiment.name, methods: [...methods, ...others], presets, usual }];
}

/** Fewer steps than these only show that everything runs. */
const leastSteps = 100;

/** The preset of the smallest pictures, and of those the one of the shortest training, among those that learn anything. */
function cheapest(experiment: Experiment, presets: readonly string[]): string {
  const costs = presets.flatMap((preset) => {
    const [method] = chosenMethods(experiment, preset, undefined);
    if (method === undefined) return [];
    const { data, training } = resolveTrial(experiment, { method, preset, seed: 0 });
    if (training.steps < leastSteps) return [];
    return [{ preset, pixels: builtIn.data(data).prepared(data)?.size ?? 0, work: training.steps * training.batch }];
  });
  const [best] = costs.sort((a, b) => a.pixels - b.pixels || a.work - b.work);
  return best?.preset ?? 'default';
}
