/**
 * Reads what a report is made of from the store alone. Tables of a trial are read when first asked for; whatever cannot be
 * read is a line in `problems` and otherwise missing, never a fault.
 */
import { join } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { experimentNames, loadExperiment } from '../experiment/load.ts';
import { nameOf, resolveTrial } from '../experiment/resolve.ts';
import { type About, aboutOf, readAbout } from '../store/metadata.ts';
import { openStore } from '../store/store.ts';
import { groupTrials, seedlessHash } from '../summary/groups.ts';
import type { ReportData } from './report-data.ts';
import { openTrial } from './trial-files.ts';

/**
 * The experiment's data in the store under `root`. Throws UsageError where there is no trial to report on. Reads the records;
 * other files when they are asked for.
 */
export async function loadReport(root: string, experiment: string): Promise<ReportData> {
  const store = openStore(root, experiment);
  const records = await store.records();
  const problems: string[] = [];
  // Paths without the store's root: a report does not depend on where the store lies.
  const tell = (problem: string) => problems.push(problem.replaceAll(join(root, '/'), ''));
  store.problems.forEach(tell);
  if (records.length === 0) {
    const why = problems.length === 0 ? '' : ` (${problems.length} unreadable, first ${problems[0]})`;
    throw new UsageError(`${store.path} holds no trial of ${experiment}${why}`);
  }
  const trials = records.map((record) => openTrial(record, store.folder(record.id), tell));
  const known = await projectExperiment(experiment);
  return {
    experiment,
    about: about(store.path, tell) ?? known?.about,
    ...groupTrials(trials, known?.defaults),
    sheets: new Map(),
    problems,
  };
}

function about(folder: string, tell: (problem: string) => void): About | undefined {
  try {
    return readAbout(folder);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** What the project itself says of an experiment of that name; `undefined` where it has none. */
async function projectExperiment(name: string): Promise<{ about: About; defaults: ReadonlySet<string> } | undefined> {
  if (!(await experimentNames()).includes(name)) return undefined;
  const experiment = await loadExperiment(name);
  const defaults = experiment.methods.map((choice) =>
    seedlessHash(resolveTrial(experiment, { method: nameOf(choice), seed: 0 })),
  );
  return { about: aboutOf(experiment), defaults: new Set(defaults) };
}
