/** What `exp` says at its end, on stdout and stderr, and its exit code. */

import { plural } from '../../base/number-words.ts';
import type { Outcome } from '../../launch/events.ts';
import { aboutOf } from '../../store/metadata.ts';
import type { TrialRecord } from '../../store/record.ts';
import { summarise } from '../../summary/summarise.ts';
import { verdictsOn } from '../../summary/verdict.ts';
import { ExitCode } from '../exit.ts';
import { fromHere } from '../paths.ts';
import { filmLines } from './film-text.ts';
import { goOnCommand, launcherWords, missingLine, shardEnding } from './gather.ts';
import { printJson, runDocument } from './json.ts';
import { isThere } from './plan-text.ts';
import type { Intent } from './request.ts';
import { resultText } from './result-text.ts';
import { nextCommands } from './suggestions.ts';

/** A run that is over. */
export interface Ended extends Pick<Intent, 'given' | 'argv' | 'plan' | 'store' | 'swept' | 'setting' | 'width'> {
  readonly outcome: Outcome;
  readonly seconds: number;
}

export async function conclude(ended: Ended): Promise<number> {
  const { given, argv, plan, store, setting, swept, width, outcome, seconds } = ended;
  const rows = summarise(outcome.records, swept);
  const verdicts = verdictsOn(aboutOf(plan.experiment), outcome.records);
  const failed = outcome.records.filter(({ status }) => status === 'failed');
  const missing = given.gather ? await missingLine(plan, outcome, store) : undefined;
  const again = goOnCommand(given, argv, store);
  if (given.json) {
    const document = runDocument(plan, setting, { outcome, rows, verdicts, seconds, csv: store.csv });
    printJson(document);
  } else if (outcome.stopped !== 'interrupted' && given.shard !== undefined) {
    console.log(shardEnding(plan, outcome, argv));
  } else if (outcome.stopped !== 'interrupted') {
    console.log(`${given.quiet ? '' : '\n'}${resultText(rows, verdicts, { swept, width })}`);
    console.log([`\nRows: ${fromHere(store.csv)} (all measures)`, ...filmLines(outcome.records)].join('\n'));
    const next =
      failed.length > 0 || missing !== undefined ? [again] : nextCommands(plan, given, launcherWords(given, store));
    console.log(next.map((command, at) => `${at === 0 ? 'Next: ' : '      '}${command}`).join('\n'));
  }
  if (outcome.stopped === 'interrupted') {
    const there = outcome.records.filter(isThere).length;
    console.error(`Interrupted with ${there} of ${plural(plan.trials.length, 'trial')} done; go on with: ${again}`);
    return ExitCode.interrupted;
  }
  if (missing !== undefined) console.error(missing);
  if (failed.length > 0) {
    console.error(failureLine(failed, outcome.stopped === 'failure'));
    return ExitCode.failed;
  }
  return missing === undefined ? ExitCode.done : ExitCode.failed;
}

function failureLine(failed: readonly TrialRecord[], stoppedEarly: boolean): string {
  const first = failed[0];
  const early = stoppedEarly ? '; stopped there (--fail-fast)' : '';
  return `modebench: ${plural(failed.length, 'trial')} failed, first ${first?.id}: ${first?.reason ?? 'no reason known'}${early}`;
}
