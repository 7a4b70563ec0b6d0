/** Makes a trial's panel: its picture, and what its logs say went wrong by the rules of the report. */
import { diagnose } from '../report/diagnoses.ts';
import type { Columns } from '../summary/column-info.ts';
import { lastPicture } from './picture.ts';
import { isAtWork, type Seen } from './summary.ts';
import type { Panel, Picture } from './wire.ts';

/** What no trial has done before its end. */
const atEndOnly: readonly string[] = ['has not settled'];

/** Of trials at work, by what they had logged: pictures come more often than anything new to be judged. */
const judged = new WeakMap<Seen['trial']['history'], Panel['findings']>();

function findingsOf(seen: Seen, columns: Columns): Panel['findings'] {
  const { trial } = seen;
  if (!isAtWork(seen)) return diagnose(trial, columns);
  const known = judged.get(trial.history) ?? diagnose(trial, columns).filter(({ name }) => !atEndOnly.includes(name));
  judged.set(trial.history, known);
  return known;
}

/** @param atWork the picture of a trial that is still at work: it has no files yet. */
export async function panelOf(seen: Seen, columns: Columns, atWork?: Promise<Picture>): Promise<Panel> {
  const { trial, step, version } = seen;
  const findings = findingsOf(seen, columns);
  const picture = await (atWork ?? lastPicture(trial));
  return { id: trial.record.id, version, step, findings, picture };
}
