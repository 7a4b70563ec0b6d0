/** `exp` resolves the request, shows the plan, launches its trials and prints the result. */
import { plainText } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { HandedOver, LaunchResult, Run } from '../../launch/launcher.ts';
import { writeMetadata } from '../../store/metadata.ts';
import type { Store } from '../../store/store.ts';
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
import { dryRunLines, planText } from './plan-text.ts';
import { checkInputs, prepareInputs } from './prepare-inputs.ts';
import { type Request, resolveRequest, type Typed } from './request.ts';

/** Returns the exit code. */
export async function runExperiment(given: ExpArguments, typed: Typed): Promise<number> {
  const request = await resolveRequest(given, typed);
  for (const problem of request.store.problems) remark(`modebench: ${problem}`);
  if (given['dry-run']) return showPlan(request);
  const { signal } = catchInterrupt();
  const screen = screenOf(given);
  const run = await begin(request, screen, signal);
  const started = performance.now();
  const result = await launched(request, run, screen, signal);
  const seconds = (performance.now() - started) / 1000;
  return result.kind === 'ended'
    ? conclude({ ...request, setting: run.setting, outcome: result.outcome, seconds })
    : printHandedOver(given, result);
}

async function showPlan({ given, launch, plan, known, setting, data, width }: Request): Promise<number> {
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

/** Reaches whoever runs the trials; where trials begin, prepares what they read and shows the plan. */
async function begin(
  request: Request,
  { quiet, stream }: Screen,
  signal: AbortSignal,
): Promise<Run & Pick<Request, 'setting'>> {
  const { given, launch, plan, store, asked, where, capacity, data, width } = request;
  const setting = { ...request.setting, ...(await launch.connect?.(asked)) };
  const known = given.fresh ? new Map() : request.known;
  const say = (line: string) => quiet || stream.write(`${plainText(line)}\n`);
  if (launch.beginsTrials) await prepareInputs(plan, data, say, signal);
  if (launch.writesStore) await writeDescription(request);
  if (launch.beginsTrials) say(planText(plan, known, setting, width));
  return { plan, store, known, asked, where, data, capacity, setting };
}

async function launched(
  { launch, plan, swept, capacity }: Request,
  run: Run,
  screen: Screen,
  signal: AbortSignal,
): Promise<LaunchResult> {
  const slots = Math.min(capacity.jobs * capacity.groupSize, plan.trials.length);
  const view = openView(new RunProgress(plan.trials, swept, slots), screen);
  try {
    return await launch.run(run, (event) => view.on(event), signal);
  } finally {
    view.close();
  }
}

function printHandedOver({ json }: ExpArguments, { document, lines, remarks = [] }: HandedOver): number {
  remarks.forEach(remark);
  if (json) printDocument(document);
  else print(lines.join('\n'));
  return ExitCode.done;
}

/** Forgets earlier records on demand, and writes what reports are to know of the experiment. */
async function writeDescription({ given, plan, store }: Request): Promise<void> {
  if (given.fresh) await forget(store, plan);
  const specs = plan.trials.map(({ spec }) => spec);
  await writeMetadata(store.path, describeExperiment(plan.experiment, specs));
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
