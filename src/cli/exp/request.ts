/** Resolves the request: what the options of `exp` mean, all of it checked and decided before anything is done. */
import { join, resolve } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { experimentFrom, loadExperiment } from '../../experiment/load.ts';
import { type Plan, planTrials } from '../../experiment/plan.ts';
import { firstSearchSeed } from '../../experiment/search/plan-search.ts';
import type { Rung } from '../../experiment/search/planned-search.ts';
import { chooseLauncher } from '../../launch/choose-launcher.ts';
import type { CommandLine } from '../../launch/command-line.ts';
import type { Capacity, Launch, Launcher, Run } from '../../launch/launcher.ts';
import { originNotes, withOrigins } from '../../launch/origins.ts';
import { findRecords, type KnownRecords } from '../../launch/settled.ts';
import { scorerModel } from '../../scorers/named-scorer.ts';
import { openStore, type Store } from '../../store/store.ts';
import { checkEngine, chooseDevice, leaveDevice } from '../doctor/choose-device.ts';
import { withoutPasswords } from '../passwords.ts';
import { callersFolder, checkStore, checkWritable, fromHere } from '../paths.ts';
import { textWidth } from '../screen/format.ts';
import { sweptPaths } from '../screen/trial-text.ts';
import type { ExpArguments } from './options.ts';
import { apartFromOthers } from './other-experiment.ts';
import type { Setting } from './plan-text.ts';
import { checkSearch, searchPlan, tunedPlan } from './search-request.ts';

export interface Typed {
  /** The words after the command's name. */
  readonly argv: readonly string[];
  /** The program's folder. */
  readonly root: string;
  /** Where results, data and reports lie unless an option says otherwise. */
  readonly home: string;
  readonly launchers: readonly Launcher[];
}

export interface Request {
  readonly given: ExpArguments;
  readonly launch: Launch;
  readonly plan: Plan;
  /** Dotted paths of the spec that are swept. */
  readonly swept: readonly string[];
  /** The name of the experiment's file, where the plan's experiment bears another. */
  readonly called: string | undefined;
  /** As the launch uses it. */
  readonly store: Store;
  /** All of it. */
  readonly whole: Store;
  /** What was read of the store. */
  readonly known: KnownRecords;
  /** What the plan says of records that it leaves aside. */
  readonly aside: readonly string[];
  /** The engine as it was asked for, and what this machine computes on. */
  readonly asked: Run['asked'];
  readonly where: Run['where'];
  readonly capacity: Capacity;
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  /** What the plan says of all that. */
  readonly setting: Setting;
  /** Columns of the screen. */
  readonly width: number;
}

/**
 * Tries the device and reads the store, whose folder it makes. Throws UsageError of one line, with nothing else written.
 *
 * @param rung of a search by successive halving, where it is not the first one.
 */
export async function resolveRequest(given: ExpArguments, typed: Typed, rung?: Rung): Promise<Request> {
  const command = commandLine(typed);
  checkSearch(given);
  const launcher = chooseLauncher(given, typed.launchers);
  const asked = checkEngine(given);
  const launch = await launcher.prepare(given, command);
  if (given.watch && launch.handsOver)
    throw new UsageError(
      '--watch: the command ends before the trials do; npm run view shows the store as they are done',
    );
  if (given.halving !== undefined && (launch.handsOver || launch.part || !launch.beginsTrials))
    throw new UsageError(
      '--halving: draws are compared while the command waits, which it does here or on a queue; leave it out',
    );
  const root = storeRoot(given, command);
  const data = given.data === undefined ? join(command.home, 'data') : resolve(command.folder, given.data);
  const { plan: whole, called } = await planOf(given, { folder: command.folder, root, data }, rung);
  const part = launch.part?.(whole.trials);
  const trials = part?.trials ?? whole.trials;
  const { stacks = false } = launch;
  const { note: choice, ...where } = launch.computesHere
    ? await chooseDevice(asked, { like: trials[0]?.spec, stacks })
    : leaveDevice(asked);
  const capacity = launch.capacity(trials, where);
  const notes = [...whole.notes, part?.note, choice, capacity.note].filter((note) => note !== undefined);
  const plan = { ...whole, trials, notes };
  const store = storeOf(given, launch, plan, root); // last: it makes sure that the folder can be written to
  const looked = await lookUp(launch, plan, store, data);
  if (!given['dry-run'] && launch.writesStore) refuseTableOnly(store);
  return {
    ...{ given, launch, asked: asked.engine, where, capacity, data, called },
    ...looked,
    swept: sweptPaths(plan),
    setting: {
      ...(launch.computesHere ? { engine: where.engine, device: where.device } : asked),
      ...{ jobs: capacity.jobs, folder: fromHere(store.path) },
    },
    width: textWidth(),
  };
}

/**
 * The plan with what its trials would read now, and what the store has of it. Asked again once the data are prepared.
 *
 * @param store all of it.
 */
export async function lookUp(
  launch: Launch,
  plan: Plan,
  store: Store,
  data: string,
): Promise<Pick<Request, 'plan' | 'store' | 'whole' | 'known' | 'aside'>> {
  // Who begins no trial may be where no data are.
  const { trials, ...rest } = launch.beginsTrials ? await withOrigins(plan, data) : plan;
  const own = launch.storeFor?.(store, trials) ?? store;
  const found = await findRecords(trials, own);
  return { plan: { ...rest, trials }, store: own, whole: store, known: found.known, aside: originNotes(trials, found) };
}

/** Refuses to write where the rows of a table would be lost. */
function refuseTableOnly(store: Store): void {
  if (!store.isTableOnly) return;
  const table = fromHere(store.csv);
  throw new UsageError(
    `--store: ${table} is a table without its trials, which a run would replace: name another store`,
  );
}

const commandLine = ({ argv, root, home }: Typed): CommandLine => ({
  words: withoutPasswords(argv),
  ...{ root, home },
  folder: callersFolder(),
  shown: fromHere,
  writableFolder: (path, option) => checkStore(path, false, option),
});

/** @param root of the store. */
async function planOf(
  given: ExpArguments,
  { folder, root, data }: { readonly folder: string; readonly root: string; readonly data: string },
  rung: Rung | undefined,
): Promise<{ readonly plan: Plan; readonly called: string | undefined }> {
  const { experiment: named, set = [], sweep = [], methods, lambda, preset, film, scorer } = given;
  const { experiment, called, note } = apartFromOthers(await loadExperiment(experimentFrom(folder, named)), root);
  const request = {
    ...{ seeds: given.seeds ?? (given.search === undefined ? usualSeeds : usualSearchSeeds) },
    ...{ sweep, methods, lambda, preset, film },
    set: [...set, ...scorerOverride(scorer, folder, data)],
  };
  const planned = async () => {
    if (given.search !== undefined) return searchPlan(experiment, request, given, root, rung);
    return given.tuned ? tunedPlan(experiment, request, given, root) : planTrials(experiment, request);
  };
  const plan = await planned();
  return { plan: note === undefined ? plan : { ...plan, notes: [note, ...plan.notes] }, called };
}

const usualSeeds = '5';
const usualSearchSeeds = `${firstSearchSeed}..${firstSearchSeed}`; // a bare number is a count

/** `--scorer` is short for setting the spec's scorer; a file is meant from where the user typed. */
const scorerOverride = (scorer: string | undefined, folder: string, dataRoot: string): string[] =>
  scorer === undefined ? [] : [`scorer.model=${scorerModel(scorer, folder, dataRoot)}`];

function storeOf(given: ExpArguments, launch: Launch, { experiment }: Plan, path: string): Store {
  const writesNothing = given['dry-run'] || !launch.beginsTrials;
  if (given['dry-run'] && launch.beginsTrials) checkWritable(path); // else checkStore asks
  return openStore(checkStore(path, writesNothing), experiment.name);
}

const storeRoot = ({ store }: ExpArguments, { home, folder }: CommandLine): string =>
  store === undefined ? join(home, 'results') : resolve(folder, store);
