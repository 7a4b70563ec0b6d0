/** `exp` resolves the request, shows the plan, launches its trials and prints the result. */
import { plainText } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Rung } from '../../experiment/search/planned-search.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import type { HandedOver, LaunchResult, Run } from '../../launch/launcher.ts';
import { withOrigins } from '../../launch/origins.ts';
import { writeMetadata } from '../../store/metadata.ts';
import { knownKinds } from '../../summary/known-kinds.ts';
import { printDocument } from '../document.ts';
import { ExitCode } from '../exit.ts';
import { describeExperiment } from '../experiment-metadata.ts';
import { catchInterrupt } from '../interrupt.ts';
import { print, remark } from '../print.ts';
import { RunProgress } from '../screen/run-progress.ts';
import { openView, type Screen } from '../screen/view.ts';
import { conclude } from './ending.ts';
import { planDocument } from './json.ts';
import type { ExpArguments } from './options.ts';
import { homeOf } from './other-experiment.ts';
import { dryRunLines, planText } from './plan-text.ts';
import { checkInputs, prepareInputs } from './prepare-inputs.ts';
import { lookUp, type Request, resolveRequest, type Typed } from './request.ts';
import { nextRung } from './search-ending.ts';
import type { Watch } from './watch.ts';

/** Returns the exit code. */
export async function runExperiment(given: ExpArguments, typed: Typed): Promise<number> {
  const request = await resolveRequest(given, typed);
  for (const problem of request.store.problems) remark(`modebench: ${problem}`);
  if (given['dry-run']) return showPlan(request);
  const { signal } = catchInterrupt();
  return trainRungs(request, (rung) => resolveRequest(given, typed, rung), signal);
}

/**
 * Once, but for successive halving: there a rung says which draws take part in the next one. The live page of the first run is
 * that of all: who opened it closes it.
 */
async function trainRungs(
  request: Request,
  next: (rung: Rung) => Promise<Request>,
  signal: AbortSignal,
  before?: Watch,
): Promise<number> {
  const { given } = request;
  const run = await begin(request, screenOf(given), signal);
  before?.add(run);
  const page = before ?? (given.watch ? await openPage(run, screenOf(given)) : undefined);
  try {
    const { result, ...rest } = await trained(request, run, signal, page);
    if (result.kind !== 'ended') return printHandedOver(given, result);
    const { outcome } = result;
    const rung = await nextRung(rest.plan, outcome, rest.store);
    return rung === undefined
      ? await conclude({ ...request, ...rest, outcome })
      : await trainRungs(await next(rung), next, signal, page);
  } finally {
    if (before === undefined) await page?.close();
  }
}

/** What came of a request's trials, and of which: what they read may have been prepared for them. */
interface Trained extends Pick<Request, 'plan' | 'store' | 'setting'> {
  readonly result: LaunchResult;
  readonly seconds: number;
}

/** Runs a request's trials, until all are done or the signal interrupts, and shows plan and progress. */
export async function train(request: Request, signal: AbortSignal): Promise<Trained> {
  return trained(request, await begin(request, screenOf(request.given), signal), signal);
}

async function trained(request: Request, run: Begun, signal: AbortSignal, page?: Watch): Promise<Trained> {
  const started = performance.now();
  const result = await launched(request, run, signal, page);
  const { plan, store, setting } = run;
  return { plan, store, setting, result, seconds: (performance.now() - started) / 1000 };
}

async function showPlan(request: Request): Promise<number> {
  const { given, launch, known, aside, setting, data, width } = request;
  const { notes, ...rest } = request.plan;
  const plan = { ...rest, notes: [...notes, ...aside] };
  if (launch.beginsTrials) await checkInputs(plan, data);
  if (given.json) printDocument(planDocument(plan, known, setting));
  else print([planText(plan, known, setting, width), ...dryRunLines(plan, known)].join('\n'));
  return ExitCode.done;
}

const screenOf = ({ json, quiet }: ExpArguments): Screen => ({
  stream: json ? process.stderr : process.stdout,
  quiet: quiet ?? false,
  env: process.env,
});

type Begun = Run & Pick<Request, 'setting'>;

/** Reaches whoever runs the trials; where trials begin, prepares what they read and shows the plan. */
async function begin(request: Request, { quiet, stream }: Screen, signal: AbortSignal): Promise<Begun> {
  const { given, launch, asked, where, capacity, data, called, width } = request;
  const setting = { ...request.setting, ...(await launch.connect?.(asked)) };
  const say = (line: string) => quiet || stream.write(`${plainText(line)}\n`);
  if (launch.beginsTrials) await prepareInputs(request.plan, data, say, signal);
  // What was prepared just now says which records are the plan's.
  const { store, known: found, aside, ...looked } = launch.beginsTrials ? await lookedAgain(request) : request;
  const plan = { ...looked.plan, notes: [...looked.plan.notes, ...aside] };
  const known = given.fresh ? new Map() : found;
  if (launch.writesStore) await writeDescription({ given, plan, store, known: found, called });
  if (launch.beginsTrials) say(planText(plan, known, setting, width));
  return { plan, store, known, asked, where, data, capacity, setting };
}

/** Nothing is looked up twice where all that trials read was there before. */
async function lookedAgain(request: Request): Promise<Pick<Request, 'plan' | 'store' | 'known' | 'aside'>> {
  const { launch, plan, whole, data } = request;
  const { trials } = await withOrigins(plan, data);
  const isSame = trials.every(({ id }, at) => id === plan.trials[at]?.id);
  return isSame ? request : lookUp(launch, plan, whole, data);
}

async function launched(
  { given, launch, swept, capacity }: Request,
  run: Run,
  signal: AbortSignal,
  page: Watch | undefined,
): Promise<LaunchResult> {
  const { trials } = run.plan;
  const slots = Math.min(capacity.jobs * capacity.groupSize, trials.length);
  const { columns } = knownKinds(run.plan.experiment.catalogue);
  const view = openView(new RunProgress(trials, swept, slots, columns), screenOf(given));
  const tell = (event: LaunchEvent) => {
    view.on(event);
    page?.on(event);
  };
  try {
    return await launch.run({ ...run, watched: page !== undefined }, tell, signal);
  } finally {
    view.close();
  }
}

/** Loads the page's server only where it is wanted. */
async function openPage(run: Run, { quiet, stream }: Screen): Promise<Watch> {
  const { openWatch } = await import('./watch.ts');
  const page = await openWatch(run);
  const line = `Live page: ${page.address}`;
  if (quiet) remark(line);
  else stream.write(`${plainText(line)}\n`);
  return page;
}

function printHandedOver({ json }: ExpArguments, { document, lines, remarks = [] }: HandedOver): number {
  remarks.forEach(remark);
  if (json) printDocument(document);
  else print(lines.join('\n'));
  return ExitCode.done;
}

/** Forgets earlier records on demand, and writes what reports are to know of the experiment. */
async function writeDescription(
  request: Pick<Request, 'given' | 'plan' | 'store' | 'known' | 'called'>,
): Promise<void> {
  const { given, plan, store, called } = request;
  if (given.fresh) await forget(request);
  const specs = plan.trials.map(({ spec }) => spec);
  await writeMetadata(store.path, {
    ...describeExperiment(plan.experiment, specs),
    home: homeOf(plan.experiment, store.path),
    ...(called !== undefined && { called }),
  });
}

/** Forgets exactly the planned trials, under whatever name their records lie; those of a live run are not ours to remove. */
async function forget({ store, plan, known }: Pick<Request, 'plan' | 'store' | 'known'>): Promise<void> {
  const ids = plan.trials.flatMap(({ id, hash }) => [id, known.get(hash)?.id ?? id]);
  for (const id of new Set(ids)) {
    const claim = await store.claim(id);
    if (!claim) throw new UsageError(`--fresh: ${id} is at work in another run (${await store.holder(id)})`);
    await store.forget(id);
    await claim.release();
  }
}
