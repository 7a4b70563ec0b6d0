/** `compare` says what differs between two stores, commits or experiments: in what they declare, and in what came out. */
import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import { planTrials } from '../../experiment/plan.ts';
import { compareStores, differingValues } from '../../report/against.ts';
import { loadReport } from '../../report/load.ts';
import { printDocument } from '../document.ts';
import { ExitCode } from '../exit.ts';
import { findBuiltIn } from '../experiment-metadata.ts';
import { folderOf } from '../paths.ts';
import { print } from '../print.ts';
import { type ComparedExperiment, comparisonDocument, comparisonText, type DeclaredMethod } from './compare-text.ts';
import type { CompareArguments } from './options.ts';
import { openSide, type Side } from './side.ts';

/** @param home where results lie unless an option says otherwise. */
export async function runCompare(given: CompareArguments, home: string): Promise<number> {
  const store = folderOf(given.store, home, 'results');
  const one = await openSide(given.one, store);
  try {
    const other = await openSide(given.other, store);
    try {
      const compared = await compareSides(one, other, given.preset);
      const names = [given.one, given.other] as const;
      if (given.json) printDocument(comparisonDocument(compared, names));
      else print(comparisonText(compared, names));
    } finally {
      other.close();
    }
  } finally {
    one.close();
  }
  return ExitCode.done;
}

async function compareSides(one: Side, other: Side, preset: string | undefined): Promise<ComparedExperiment[]> {
  const declared = one.experiment && other.experiment ? declaredDifferences(one, other, preset) : undefined;
  const pairs = pairsOf(one, other);
  if (pairs.length === 0 && declared === undefined)
    throw new UsageError(
      `${one.typed} and ${other.typed} have no experiment in common${namesOf(one)}${namesOf(other)}`,
    );
  const results = [];
  for (const [here, there] of pairs) {
    const [ours, theirs] = [
      await loadReport(one.store, here, findBuiltIn),
      await loadReport(other.store, there, findBuiltIn),
    ];
    results.push({
      name: here === there ? here : `${here} and ${there}`,
      against: compareStores(ours, theirs),
      problems: [...ours.problems, ...theirs.problems],
    });
  }
  const lacking = [one, other].filter(({ names }) => names.length === 0).map(({ typed }) => typed);
  if (results.length === 0)
    return [{ name: `${one.typed} and ${other.typed}`, declared: declared ?? [], problems: [], lacking }];
  return results.map((result) => ({ ...result, ...(declared && { declared }), lacking: [] }));
}

/** Experiments that are compared: two that were named, else those of one name. */
function pairsOf(one: Side, other: Side): [string, string][] {
  const [here, there] = [one.names[0], other.names[0]];
  if (one.isOne && other.isOne) return here !== undefined && there !== undefined ? [[here, there]] : [];
  return one.names.filter((name) => other.names.includes(name)).map((name) => [name, name]);
}

const namesOf = ({ typed, names }: Side): string => `; ${typed} has ${names.length === 0 ? 'none' : names.join(', ')}`;

/** By method, what two experiments declare differently; methods that one of them lacks are none of it. */
function declaredDifferences(one: Side, other: Side, preset: string | undefined): DeclaredMethod[] {
  const [here, there] = [specsOf(one, preset), specsOf(other, preset)];
  const methods = [...new Set([...here.keys(), ...there.keys()])];
  return methods.map((method) => {
    const [ours, theirs] = [here.get(method), there.get(method)];
    return {
      method,
      in: ours && theirs ? 'both' : ours ? 'here' : 'there',
      differs: ours && theirs ? differingValues(ours, theirs) : [],
    };
  });
}

function specsOf({ experiment, typed }: Side, preset: string | undefined): Map<string, ResolvedSpec> {
  if (experiment === undefined) return new Map();
  const names = ['default', ...Object.keys(experiment.presets)];
  if (preset !== undefined && !names.includes(preset))
    throw new UsageError(
      `--preset: ${typed} has no preset '${preset}'${didYouMean(preset, names) || `; it has ${names.join(', ')}`}`,
    );
  const { trials } = planTrials(experiment, { seeds: '1', preset, set: [], sweep: [] });
  return new Map(trials.map(({ spec }) => [spec.method, spec]));
}
