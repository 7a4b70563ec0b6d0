/** `exp`: from options to a plan, through the launch, to table and exit code. */

import { UsageError } from '../../base/usage-error.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import { launch } from '../../launch/local/launch.ts';
import { gather } from '../../launch/slurm/gather.ts';
import { writeMetadata } from '../../store/metadata.ts';
import type { Store } from '../../store/store.ts';
import { ExitCode } from '../exit.ts';
import { describeExperiment } from '../experiment-metadata.ts';
import { catchInterrupt } from '../interrupt.ts';
import { openWatch } from '../screen/run-progress.ts';
import { openView, type Screen } from '../screen/view.ts';
import { conclude } from './ending.ts';
import { planDocument, printJson } from './json.ts';
import type { ExpArguments } from './options.ts';
import { dryRunLines, planText } from './plan-text.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { type Intent, intentOf, type Typed } from './request.ts';
import { submitTrials } from './slurm.ts';

const never = new AbortController().signal;

export async function runExperiment(given: ExpArguments, typed: Typed): Promise<number> {
  const intent = await intentOf(given, typed);
  for (const problem of intent.store.problems) console.error(`modebench: ${problem}`);
  if (given['dry-run']) return showPlan(intent);
  if (given.print) return submitTrials(intent);
  return carryOut(intent);
}

function showPlan({ given, plan, known, setting, width }: Intent): number {
  if (given.json) printJson(planDocument(plan, known, setting));
  else console.log([planText(plan, known, setting, width), ...dryRunLines(plan, known)].join('\n'));
  return ExitCode.done;
}

/** Here, on a queue, on Slurm, or what shards did elsewhere: the store and the ending are the same. */
async function carryOut(intent: Intent): Promise<number> {
  const { given, plan, store, data, swept, width } = intent;
  const { signal } = catchInterrupt();
  const screen = {
    stream: given.json ? process.stderr : process.stdout,
    quiet: given.quiet ?? false,
    env: process.env,
  };
  const say = (line: string) => screen.quiet || screen.stream.write(`${line}\n`);
  const queued =
    given.queue === undefined
      ? undefined
      : await (await import('./run-queued.ts')).openQueued({ ...intent, signal, screen });
  const setting = { ...intent.setting, ...queued?.setting };
  if (!given.gather) await prepareInputs(plan, data, say, signal);
  if (given.fresh) await forget(store, plan);
  const known = given.fresh ? new Map() : intent.known;
  const specs = plan.trials.map(({ spec }) => spec);
  await writeMetadata(store.path, describeExperiment(plan.experiment, specs));

  if (!given.gather) say(planText(plan, known, setting, width));
  if (given.slurm && !given.gather) return submitTrials({ ...intent, known });
  if (queued && given.detach) return queued.leave(plan, store);
  const started = performance.now();
  const outcome = queued
    ? await queued.launch(plan, store, swept)
    : given.gather
      ? await gather(plan.trials, store)
      : await launchHere(intent, signal, screen);
  return conclude({ ...intent, setting, outcome, seconds: (performance.now() - started) / 1000 });
}

async function launchHere(intent: Intent, signal: AbortSignal, screen: Screen): Promise<Outcome> {
  const { given, plan, store, swept, engine, device, data, jobs, stack } = intent;
  const watch = openWatch(plan.trials, Math.min(jobs * stack, plan.trials.length), swept);
  const view = openView(watch, screen);
  const options = {
    ...{ engine, device, data, jobs, stack, failFast: given['fail-fast'] ?? false },
    // A task of Slurm has half a minute between the first signal and the last.
    ...(given.shard === undefined ? { signal } : { signal: never, leave: signal }),
  };
  try {
    return await launch(plan.trials, store, options, (event) => {
      watch.on(event);
      view.on(event);
    });
  } finally {
    view.close();
  }
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
