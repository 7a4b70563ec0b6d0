/** `exp`: from options to a plan, through the launch, to table and exit code. Checks what no other module checks: engine, device, jobs. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { loadExperiment } from '../experiment/load.ts';
import { didYouMean } from '../experiment/nearest.ts';
import { type Plan, planTrials } from '../experiment/plan.ts';
import { launch } from '../launch/launch.ts';
import { knownRecords } from '../launch/settled.ts';
import { aboutOf, writeAbout } from '../results/about.ts';
import type { TrialRecord } from '../results/record.ts';
import { openStore, type Store } from '../results/store.ts';
import { UsageError } from '../spec/usage-error.ts';
import { ExitCode } from './exit.ts';
import { type EngineName, type ExpArguments, engines } from './exp-options.ts';
import { filmLines } from './film-text.ts';
import { plural } from './format.ts';
import { catchInterrupt } from './interrupt.ts';
import { planDocument, runDocument } from './json.ts';
import { againCommand, nextCommands } from './next.ts';
import { callersFolder, checkStore, fromHere } from './paths.ts';
import { dryRunLines, isThere, planText } from './plan-text.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { resultText } from './result-text.ts';
import { summarise } from './summary.ts';
import { sweptPaths } from './trial-text.ts';
import { openView } from './view.ts';
import { openWatch } from './watch.ts';

/** The most columns that are used, however wide the terminal, and where there is none. */
const widest = 100;

export interface Typed {
  /** The words after `exp`. */
  readonly argv: readonly string[];
  /** The project's folder. */
  readonly root: string;
}

export async function runExperiment(given: ExpArguments, { argv, root }: Typed): Promise<number> {
  const { engine, device } = checkEngine(given);
  const from = callersFolder();
  const plan = await makePlan(given, from);
  const jobs = Math.min(parseJobs(given.jobs), plan.trials.length);
  const storePath = given.store === undefined ? join(root, 'results') : resolve(from, given.store);
  const storeRoot = checkStore(storePath, given['dry-run'] ?? false);
  const store = openStore(storeRoot, plan.experiment.name);
  let known = await knownRecords(plan.trials, store);
  for (const problem of store.problems) console.error(`modebench: ${problem}`);
  const width = Math.min(widest, process.stdout.columns ?? widest);
  const setting = { engine, device, jobs, folder: fromHere(store.path) };

  if (given['dry-run']) {
    if (given.json) printJson(planDocument(plan, known, setting));
    else console.log([planText(plan, known, setting, width), ...dryRunLines(plan, known)].join('\n'));
    return ExitCode.done;
  }
  const out = given.json ? process.stderr : process.stdout;
  const dataRoot = given.data === undefined ? join(root, 'data') : resolve(from, given.data);
  const interrupt = catchInterrupt();
  await prepareInputs(plan, dataRoot, (line) => given.quiet || out.write(`${line}\n`), interrupt.signal);
  if (given.fresh) {
    await forget(store, plan);
    known = new Map();
  }
  await writeAbout(store.path, aboutOf(plan.experiment));

  if (!given.quiet) out.write(`${planText(plan, known, setting, width)}\n`);
  const swept = sweptPaths(plan);
  const watch = openWatch(plan.trials, jobs, swept);
  const view = openView(watch, { stream: out, quiet: given.quiet ?? false, env: process.env });
  const started = performance.now();
  const options = {
    engine,
    device,
    data: dataRoot,
    jobs,
    failFast: given['fail-fast'] ?? false,
    signal: interrupt.signal,
  };
  const outcome = await launch(plan.trials, store, options, (event) => {
    watch.on(event);
    view.on(event);
  }).finally(() => view.close());
  const seconds = (performance.now() - started) / 1000;

  const rows = summarise(outcome.records, swept);
  const failed = outcome.records.filter(({ status }) => status === 'failed');
  if (given.json) {
    const document = runDocument(plan, setting, { outcome, rows, seconds, csv: store.csv });
    printJson(document);
  } else if (outcome.stopped !== 'interrupted') {
    console.log(`${given.quiet ? '' : '\n'}${resultText(plan, rows, { swept, width })}`);
    console.log([`\nRows: ${fromHere(store.csv)} (all measures)`, ...filmLines(outcome.records)].join('\n'));
    const next = failed.length > 0 ? [againCommand(argv)] : nextCommands(plan, given);
    console.log(next.map((command, at) => `${at === 0 ? 'Next: ' : '      '}${command}`).join('\n'));
  }
  if (outcome.stopped === 'interrupted') {
    const there = outcome.records.filter(isThere).length;
    console.error(
      `Interrupted with ${there} of ${plural(plan.trials.length, 'trial')} done; go on with: ${againCommand(argv)}`,
    );
    return ExitCode.interrupted;
  }
  if (failed.length > 0) {
    console.error(failureLine(failed, outcome.stopped === 'failure'));
    return ExitCode.failed;
  }
  return ExitCode.done;
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

function checkEngine({ engine, device }: ExpArguments): { engine: EngineName; device: string } {
  if (!isEngine(engine)) {
    const names = Object.keys(engines);
    throw new UsageError(`--engine: expected ${names.join(' or ')}, got '${engine}'${didYouMean(engine, names)}`);
  }
  const devices: readonly string[] = engines[engine];
  if (!devices.includes(device)) {
    const known = `expected ${devices.join(', ')} for the engine ${engine}`;
    throw new UsageError(`--device: ${known}, got '${device}'${didYouMean(device, devices)}`);
  }
  return { engine, device: device === 'auto' ? 'cpu' : device };
}

function isEngine(name: string): name is EngineName {
  return Object.hasOwn(engines, name);
}

function parseJobs(jobs: string | undefined): number {
  if (jobs === undefined) return availableParallelism();
  const value = Number(jobs);
  if (!/^\d+$/.test(jobs) || value < 1 || value > 1024) {
    throw new UsageError(`--jobs: expected a whole number from 1 to 1024, got '${jobs}'`);
  }
  return value;
}

/** Forgets exactly the planned trials; those of a live run are not ours to remove. */
async function forget(store: Store, plan: Plan): Promise<void> {
  for (const { id } of plan.trials) {
    const claim = await store.claim(id);
    if (!claim) throw new UsageError(`--fresh: ${id} is at work in another run (${await store.holder(id)})`);
    await store.forget(id);
    await claim.release();
  }
}

function failureLine(failed: readonly TrialRecord[], stoppedEarly: boolean): string {
  const first = failed[0];
  const early = stoppedEarly ? '; stopped there (--fail-fast)' : '';
  return `modebench: ${plural(failed.length, 'trial')} failed, first ${first?.id}: ${first?.reason ?? 'no reason known'}${early}`;
}

function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
