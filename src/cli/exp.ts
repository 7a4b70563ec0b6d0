/** `exp`: from options to a plan, through the launch, to table and exit code. */
import { join, resolve } from 'node:path';
import { loadExperiment } from '../experiment/load.ts';
import { type Plan, planTrials } from '../experiment/plan.ts';
import { launch } from '../launch/launch.ts';
import { knownRecords } from '../launch/settled.ts';
import { aboutOf, writeAbout } from '../results/about.ts';
import { openStore, type Store } from '../results/store.ts';
import { gather } from '../slurm/gather.ts';
import { taskStore } from '../slurm/task-store.ts';
import { UsageError } from '../spec/usage-error.ts';
import { checkEngine, chooseDevice, leaveDevice } from './devices.ts';
import { ExitCode } from './exit.ts';
import { conclude } from './exp-ending.ts';
import { planOfShard, requireStore } from './exp-gather.ts';
import type { ExpArguments } from './exp-options.ts';
import { checkQueue, withoutPasswords } from './exp-queue.ts';
import { checkSlurm, submitTrials } from './exp-slurm.ts';
import { catchInterrupt } from './interrupt.ts';
import { parseJobs } from './jobs.ts';
import { planDocument, printJson } from './json.ts';
import { callersFolder, checkStore, fromHere } from './paths.ts';
import { dryRunLines, planText } from './plan-text.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { jobsFor, stackPlan } from './stacking.ts';
import { sweptPaths } from './trial-text.ts';
import { openView } from './view.ts';
import { openWatch } from './watch.ts';

const never = new AbortController().signal;

/** The most columns that are used, however wide the terminal, and where there is none. */
const widest = 100;

export interface Typed {
  /** The words after `exp`. */
  readonly argv: readonly string[];
  /** The project's folder. */
  readonly root: string;
}

export async function runExperiment(given: ExpArguments, { argv: typed, root }: Typed): Promise<number> {
  const argv = withoutPasswords(typed);
  checkQueue(given);
  const asked = checkEngine(given);
  const from = callersFolder();
  checkSlurm(given);
  const planned = planOfShard(await makePlan(given, from), given.shard);
  const isElsewhere = given.queue !== undefined || ((given.slurm || given.gather) ?? false);
  const chosen = isElsewhere ? leaveDevice(asked) : await chooseDevice(asked, planned.trials[0]?.spec);
  const { engine, device } = chosen;
  const { plan, stack } = stackPlan(given, { engine, device }, withNote(planned, chosen.note));
  // A task of Slurm gets the processors that it asks for; those of this machine say nothing.
  const atOnce = Math.min(parseJobs(given.jobs ?? (given.slurm ? '1' : undefined)), plan.trials.length);
  const jobs = jobsFor(stack, { device }, plan.trials.length, { jobs: atOnce, named: given.jobs !== undefined });
  const storePath = given.store === undefined ? join(root, 'results') : resolve(from, given.store);
  const storeRoot = checkStore(storePath, (given['dry-run'] || given.print || given.gather) ?? false);
  const shared = openStore(storeRoot, plan.experiment.name);
  const store = given.shard === undefined ? shared : taskStore(shared, plan.trials);
  if (given.gather) requireStore(store);
  let known = await knownRecords(plan.trials, store);
  for (const problem of store.problems) console.error(`modebench: ${problem}`);
  const width = Math.min(widest, process.stdout.columns ?? widest);
  let setting = { engine, device: isElsewhere ? asked.device : device, jobs, folder: fromHere(store.path) };

  if (given['dry-run']) {
    if (given.json) printJson(planDocument(plan, known, setting));
    else console.log([planText(plan, known, setting, width), ...dryRunLines(plan, known)].join('\n'));
    return ExitCode.done;
  }
  const submitting = { given, argv, plan, store, jobs, root, from };
  if (given.print) return submitTrials({ ...submitting, known });
  const out = given.json ? process.stderr : process.stdout;
  const dataRoot = given.data === undefined ? join(root, 'data') : resolve(from, given.data);
  const interrupt = catchInterrupt();
  const say = (line: string) => given.quiet || out.write(`${line}\n`);
  const screen = { stream: out, quiet: given.quiet ?? false, env: process.env };
  const queueing = { given, argv, engine, data: dataRoot, from, signal: interrupt.signal, screen };
  const queued = given.queue === undefined ? undefined : await (await import('./run-queued.ts')).openQueued(queueing);
  if (queued) setting = { ...setting, ...queued.setting };
  if (!given.gather) await prepareInputs(plan, dataRoot, say, interrupt.signal);
  if (given.fresh) {
    await forget(store, plan);
    known = new Map();
  }
  await writeAbout(store.path, aboutOf(plan.experiment));

  if (!given.quiet && !given.gather) out.write(`${planText(plan, known, setting, width)}\n`);
  if (given.slurm && !given.gather) return submitTrials({ ...submitting, known });
  if (queued && given.detach) return queued.leave(plan, store);
  const swept = sweptPaths(plan);
  const watch = openWatch(plan.trials, Math.min(jobs * stack, plan.trials.length), swept);
  const isLocal = !given.gather && queued === undefined;
  const view = openView(watch, { ...screen, quiet: screen.quiet || !isLocal });
  const started = performance.now();
  const options = {
    engine,
    device,
    data: dataRoot,
    jobs,
    stack,
    failFast: given['fail-fast'] ?? false,
    // A task of Slurm has half a minute between the first signal and the last.
    ...(given.shard === undefined ? { signal: interrupt.signal } : { signal: never, leave: interrupt.signal }),
  };
  const elsewhere = () => (queued ? queued.launch(plan, store, swept) : gather(plan.trials, store));
  const outcome = await (isLocal
    ? launch(plan.trials, store, options, (event) => {
        watch.on(event);
        view.on(event);
      })
    : elsewhere()
  ).finally(() => view.close());
  const seconds = (performance.now() - started) / 1000;

  return conclude({ given, argv, plan, store, setting, swept, width, outcome, seconds });
}

async function makePlan(given: ExpArguments, from: string): Promise<Plan> {
  const { experiment, seeds, sweep = [], methods, lambda, preset, film } = given;
  const isPath = experiment.includes('/') || /\.m?[jt]s$/.test(experiment);
  const set = [...(given.set ?? []), ...scorerOverride(given.scorer, from)];
  return planTrials(await loadExperiment(isPath ? resolve(from, experiment) : experiment), {
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

/** Forgets exactly the planned trials; those of a live run are not ours to remove. */
async function forget(store: Store, plan: Plan): Promise<void> {
  for (const { id } of plan.trials) {
    const claim = await store.claim(id);
    if (!claim) throw new UsageError(`--fresh: ${id} is at work in another run (${await store.holder(id)})`);
    await store.forget(id);
    await claim.release();
  }
}
