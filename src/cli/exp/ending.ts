/** Prints the end of `exp`: table or document, what failed or is missing, what to type next; and gives the exit code. */
import { countText, plural } from '../../base/number-words.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import { isThere } from '../../launch/settled.ts';
import { aboutOf } from '../../store/metadata.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Store } from '../../store/store.ts';
import { knownKinds } from '../../summary/known-kinds.ts';
import { apartPaths } from '../../summary/origins.ts';
import { summarise } from '../../summary/summarise.ts';
import { verdictsOn } from '../../summary/verdict.ts';
import { printDocument } from '../document.ts';
import { ExitCode } from '../exit.ts';
import { fromHere } from '../paths.ts';
import { print, remark } from '../print.ts';
import { sweptPaths, trialLabel } from '../screen/trial-text.ts';
import { filmLines } from './film-text.ts';
import { runDocument } from './json.ts';
import type { Request } from './request.ts';
import { resultText } from './result-text.ts';
import { keepSearch, searchText } from './search-ending.ts';
import { nextCommands } from './suggestions.ts';

/** A run that is over. */
export interface Ended extends Pick<Request, 'given' | 'launch' | 'plan' | 'store' | 'swept' | 'setting' | 'width'> {
  readonly outcome: Outcome;
  readonly seconds: number;
}

export async function conclude(ended: Ended): Promise<number> {
  const { given, launch, plan, store, setting, width, outcome, seconds } = ended;
  const swept = [...ended.swept, ...apartPaths(outcome.records)];
  const kinds = knownKinds(
    plan.experiment.catalogue,
    plan.trials.map(({ spec }) => spec),
  );
  // What a part of a plan's trials reached is gathered with the others.
  const isWhole = plan.search !== undefined && launch.part === undefined;
  const searched = isWhole ? await keepSearch(plan.search, outcome.records, store, kinds) : undefined;
  const rows = summarise(outcome.records, swept, kinds);
  const verdicts = plan.search ? [] : verdictsOn(aboutOf(plan.experiment), outcome.records, kinds);
  const failed = outcome.records.filter(({ status }) => status === 'failed');
  const missing = outcome.stopped === undefined ? await missingLine(plan, outcome, store) : undefined;
  if (given.json) {
    printDocument(
      runDocument(plan, setting, {
        outcome,
        rows,
        columns: kinds.columns,
        verdicts,
        seconds,
        csv: store.csv,
        searched,
      }),
    );
  } else if (outcome.stopped !== 'interrupted') {
    const table = () =>
      searched
        ? searchText(searched, width)
        : resultText(rows, verdicts, { records: outcome.records, swept, width, kinds });
    const isComplete = failed.length === 0 && missing === undefined;
    print(launch.ending?.(plan.trials, outcome) ?? resultLines(ended, table(), isComplete));
  }
  if (outcome.stopped === 'interrupted') {
    const there = outcome.records.filter(isThere).length;
    const done = `${there} of ${plural(plan.trials.length, 'trial')} done`;
    remark(`Interrupted with ${done}; go on with: ${launch.goOnCommand(store)}`);
    return ExitCode.interrupted;
  }
  if (missing !== undefined) remark(missing);
  if (failed.length > 0) remark(failureLine(failed, outcome.stopped === 'failure'));
  return failed.length > 0 || missing !== undefined ? ExitCode.failed : ExitCode.done;
}

function resultLines({ given, launch, plan, store, outcome }: Ended, table: string, isComplete: boolean): string {
  const next = isComplete ? nextCommands(plan, given, launch.sameLauncher(store)) : [launch.goOnCommand(store)];
  return [
    ...(given.quiet ? [] : ['']),
    table,
    '',
    `Rows: ${fromHere(store.csv)} (all measures)`,
    ...filmLines(outcome.records),
    ...next.map((command, at) => `${at === 0 ? 'Next: ' : '      '}${command}`),
  ].join('\n');
}

/** Missing trials that are named; of the others their number is given. */
const named = 8;

/** One line on the planned trials without a record, and on how many of them a live process is at work; `undefined` where none is. */
async function missingLine(plan: Plan, { records }: Outcome, store: Store): Promise<string | undefined> {
  const known = new Set(records.map(({ hash }) => hash));
  const missing = plan.trials.filter(({ hash }) => !known.has(hash));
  if (missing.length === 0) return undefined;
  const holders = await Promise.all(missing.map(({ id }) => store.holder(id)));
  const atWork = holders.filter((holder) => holder !== undefined).length;
  const swept = sweptPaths(plan);
  const names = missing.slice(0, named).map((trial) => trialLabel(trial, swept));
  const more = missing.length > named ? [`and ${countText(missing.length - named)} more`] : [];
  const numbers = `${plural(missing.length, 'trial')} missing (${countText(atWork)} at work)`;
  return `modebench: ${numbers}: ${[...names, ...more].join(', ')}`;
}

function failureLine(failed: readonly TrialRecord[], stoppedEarly: boolean): string {
  const first = failed[0];
  const early = stoppedEarly ? '; stopped there (--fail-fast)' : '';
  return `modebench: ${plural(failed.length, 'trial')} failed, first ${first?.id}: ${first?.reason ?? 'no reason known'}${early}`;
}
