/** Gives the trials of a plan the origin that they would have now, and with it the names of their folders. */
import { plural } from '../base/number-words.ts';
import { trialId } from '../catalogue/identity.ts';
import { originDigits } from '../catalogue/origin.ts';
import type { Plan, PlannedTrial } from '../experiment/plan.ts';
import { originReader } from '../scorers/origin.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Found } from './settled.ts';

/** Throws UsageError for a set or a scorer that the user brought and that is not sound. */
export async function withOrigins<P extends Pick<Plan, 'trials' | 'experiment'>>(
  plan: P,
  dataRoot: string,
): Promise<P> {
  const originOf = originReader(plan.experiment.catalogue, dataRoot);
  const trials: PlannedTrial[] = [];
  for (const { origin: _, ...trial } of plan.trials) {
    const origin = await originOf(trial.spec);
    trials.push(origin ? { ...trial, origin, id: trialId(trial.spec, trial.hash, origin) } : trial);
  }
  return { ...plan, trials };
}

/** A line for each kind of record that a plan leaves aside, or takes on trust. */
export function originNotes(trials: readonly PlannedTrial[], { known, others }: Found): string[] {
  const planned = new Map(trials.map((trial) => [trial.hash, trial]));
  const aside = others.map((record) => whyAside(record, planned.get(record.hash)));
  const trusted = trials.filter(({ hash, origin }) => {
    const record = known.get(hash);
    return origin && record && originDigits(record).data === undefined;
  }).length;
  return [
    ...[...new Set(aside)].map((why) => {
      const count = aside.filter((other) => other === why).length;
      return `${plural(count, 'trial')} there ${why}: ${count === 1 ? 'it stays' : 'they stay'}, and what is missing is trained beside`;
    }),
    ...(trusted > 0
      ? [
          `${plural(trusted, 'trial')} of an earlier version there ${trusted === 1 ? 'does' : 'do'} not say which data were seen, and ${trusted === 1 ? 'is' : 'are'} taken to have seen these`,
        ]
      : []),
  ];
}

function whyAside(record: TrialRecord, trial: PlannedTrial | undefined): string {
  if (trial === undefined) return `ran the experiment's file as it was (${record.spec.code?.slice(0, 8)})`;
  const [theirs, ours] = [originDigits(record), originDigits(trial.origin ? { origin: trial.origin } : {})];
  if (theirs.data !== ours.data) return `saw other data (${record.origin?.says ?? theirs.data})`;
  if (theirs.scorer !== ours.scorer) return `had another scorer (${record.scorer ?? theirs.scorer})`;
  return `had another classifier for a guide (${theirs.guide})`;
}
