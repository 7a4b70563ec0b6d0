/** What the options of `exp` mean, all of it checked and decided before anything is done: the plan, its store, where it runs. */
import { join, resolve } from 'node:path';
import type { EngineName } from '../../engine/engines.ts';
import { experimentFrom, loadExperiment } from '../../experiment/load.ts';
import { type Plan, planTrials } from '../../experiment/plan.ts';
import { knownRecords } from '../../launch/settled.ts';
import { taskStore } from '../../launch/slurm/task-store.ts';
import type { TrialRecord } from '../../store/record.ts';
import { openStore, type Store } from '../../store/store.ts';
import { checkEngine, chooseDevice, leaveDevice } from '../doctor/choose-device.ts';
import { callersFolder, checkStore, fromHere } from '../paths.ts';
import { sweptPaths } from '../screen/trial-text.ts';
import { planOfShard, requireStore } from './gather.ts';
import { parseJobs } from './jobs.ts';
import type { ExpArguments } from './options.ts';
import type { Setting } from './plan-text.ts';
import { checkQueue, withoutPasswords } from './queue.ts';
import { checkSlurm } from './slurm-options.ts';
import { jobsFor, stackPlan } from './vmap.ts';

/** The most columns that are used, however wide the terminal, and where there is none. */
const widest = 100;

export interface Typed {
  /** The words after `exp`. */
  readonly argv: readonly string[];
  /** The project's folder. */
  readonly root: string;
}

export interface Intent {
  readonly given: ExpArguments;
  /** The words after `exp`, without passwords. */
  readonly argv: readonly string[];
  /** The project's folder, and that from which relative paths are meant. */
  readonly root: string;
  readonly from: string;
  readonly plan: Plan;
  /** Dotted paths of the spec that are swept. */
  readonly swept: readonly string[];
  readonly store: Store;
  /** The store's records of planned trials, by hash. */
  readonly known: ReadonlyMap<string, TrialRecord>;
  readonly engine: EngineName;
  /** This machine's. */
  readonly device: string;
  /** Trials at once, or stacks of them. */
  readonly jobs: number;
  readonly stack: number;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** What is said of all that. */
  readonly setting: Setting;
  /** Columns of the screen. */
  readonly width: number;
}

/** Tries the device and reads the store, whose root it makes. Throws UsageError of one line, with nothing written. */
export async function intentOf(given: ExpArguments, { argv: typed, root }: Typed): Promise<Intent> {
  const argv = withoutPasswords(typed);
  checkQueue(given);
  const asked = checkEngine(given);
  const from = callersFolder();
  checkSlurm(given);
  const planned = planOfShard(await makePlan(given, from), given.shard);
  const isElsewhere = given.queue !== undefined || ((given.slurm || given.gather) ?? false);
  const { engine, device, note } = isElsewhere
    ? leaveDevice(asked)
    : await chooseDevice(asked, planned.trials[0]?.spec);
  const { plan, stack } = stackPlan(given, { engine, device }, withNote(planned, note));
  const jobs = jobsOf(given, { engine, device, stack }, plan);
  const store = storeOf(given, plan, root, from); // last: it makes sure that the folder can be written to
  return {
    ...{ given, argv, root, from, plan, store, engine, device, jobs, stack },
    swept: sweptPaths(plan),
    known: await knownRecords(plan.trials, store),
    data: given.data === undefined ? join(root, 'data') : resolve(from, given.data),
    setting: { engine, device: isElsewhere ? asked.device : device, jobs, folder: fromHere(store.path) },
    width: Math.min(widest, process.stdout.columns ?? widest),
  };
}

async function makePlan(given: ExpArguments, from: string): Promise<Plan> {
  const { experiment, seeds, sweep = [], methods, lambda, preset, film } = given;
  const set = [...(given.set ?? []), ...scorerOverride(given.scorer, from)];
  return planTrials(await loadExperiment(experimentFrom(from, experiment)), {
    seeds,
    set,
    sweep,
    ...(methods === undefined ? {} : { methods }),
    ...(lambda === undefined ? {} : { lambda }),
    ...(preset === undefined ? {} : { preset }),
    ...(film === undefined ? {} : { film }),
  });
}

/** `--scorer` is short for setting the spec's scorer; a file is meant from where the user typed. */
const scorerOverride = (scorer: string | undefined, from: string): string[] =>
  scorer === undefined ? [] : [`scorer.model=${scorer === 'own' ? scorer : resolve(from, scorer)}`];

const withNote = (plan: Plan, note: string | undefined): Plan =>
  note === undefined ? plan : { ...plan, notes: [...plan.notes, note] };

/** A task of Slurm gets the processors that it asks for; those of this machine say nothing. */
function jobsOf(
  given: ExpArguments,
  { stack, ...where }: { readonly engine: EngineName; readonly device: string; readonly stack: number },
  { trials }: Plan,
): number {
  const jobs = Math.min(parseJobs(given.jobs ?? (given.slurm ? '1' : undefined)), trials.length);
  return jobsFor(stack, where, trials.length, { jobs, named: given.jobs !== undefined });
}

function storeOf(given: ExpArguments, plan: Plan, root: string, from: string): Store {
  const path = given.store === undefined ? join(root, 'results') : resolve(from, given.store);
  const writesNothing = (given['dry-run'] || given.print || given.gather) ?? false;
  const store = openStore(checkStore(path, writesNothing), plan.experiment.name);
  if (given.gather) requireStore(store);
  return given.shard === undefined ? store : taskStore(store, plan.trials);
}
