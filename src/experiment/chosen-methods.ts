/** Which methods a request means: names, families, `all`; those that an experiment does not declare run with their own settings. */
import { didYouMean } from '../base/did-you-mean.ts';
import { brief } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { methodFamilies, runsAnywhere } from '../methods/method.ts';
import type { Experiment } from './define.ts';
import { nameOf, presetOf, resolveTrial } from './resolve.ts';

/** The chosen methods: those that the experiment declares, in its order, then others in the order of the catalogue. */
export function chosenMethods(experiment: Experiment, preset: string, request: string | undefined): string[] {
  const declared = experiment.methods.map(nameOf);
  if (request === undefined) return (presetOf(experiment, preset).methods ?? experiment.methods).map(nameOf);
  const fits = (method: string) => fitsInto(experiment, preset, method);
  const asked = new Set(request.split(',').flatMap((word) => namesFor(experiment, declared, word.trim(), fits)));
  const others = experiment.catalogue.cards.methods.map(({ name }) => name).filter((name) => !declared.includes(name));
  return [...declared, ...others].filter((name) => asked.has(name));
}

/** Families hold methods that an experiment's data or networks leave no room for: those stay out. */
function fitsInto(experiment: Experiment, preset: string, method: string): boolean {
  try {
    resolveTrial(experiment, { method, seed: 0, preset });
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

function namesFor(
  experiment: Experiment,
  declared: readonly string[],
  word: string,
  fits: (method: string) => boolean,
): readonly string[] {
  const { methods } = experiment.catalogue.cards;
  const able = methods.filter((card) => declared.includes(card.name) || runsAnywhere(card));
  if (word === 'all') return able.map(({ name }) => name).filter(fits);
  const found = methods.find(({ name }) => name === word);
  if (found && able.includes(found)) return [word];
  if (found)
    throw new UsageError(`${experiment.name} does not declare the method ${word}; it has ${declared.join(', ')}`);
  const members = able.filter(({ family }) => family === word).map(({ name }) => name);
  if (members.length > 0) return members.filter(fits);
  const known = [...declared, ...able.map(({ name }) => name), ...Object.keys(methodFamilies), 'all'];
  const families = Object.keys(methodFamilies).filter((family) => able.some((card) => card.family === family));
  throw new UsageError(
    `--methods: there is no method ${brief(word)}${didYouMean(word, known) || `; ${experiment.name} has ${declared.join(', ')}; families: ${families.join(', ')}, all`}`,
  );
}

/** Says which methods run without a word of the experiment. */
export function undeclaredNote(experiment: Experiment, methods: readonly string[]): string[] {
  const declared = experiment.methods.map(nameOf);
  const others = methods.filter((name) => !declared.includes(name));
  if (others.length === 0) return [];
  return [`${others.join(', ')}: with the method's own settings, ${experiment.name} has none for it`];
}
