/** Formats a comparison: as text, and as the document of `--json`. NaN (not defined) becomes null there. */
import { groupBy } from '../../base/collections.ts';
import { none } from '../../base/number-words.ts';
import { finiteOrNull } from '../../base/representable.ts';
import type { Against, Pair, SpecDifference } from '../../report/against.ts';
import type { Group } from '../../report/report-data.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import { differenceText, meanText, seedsText, titleWithUnit } from '../../summary/number-format.ts';
import { bootstrap, enoughPairs, Statistic } from '../../summary/statistics.ts';
import { clip, hung, textWidth, wrap } from '../screen/format.ts';
import { ruledTable } from '../screen/plain-table.ts';

/** What two experiments declare of a method. */
export interface DeclaredMethod {
  readonly method: string;
  /** Which of the two declare it. */
  readonly in: 'both' | 'here' | 'there';
  readonly differs: readonly SpecDifference[];
}

export interface ComparedExperiment {
  readonly name: string;
  /** Where both sides are experiments whose specs are known here. */
  readonly declared?: readonly DeclaredMethod[];
  /** Of what was trained; absent where a side has no results. */
  readonly against?: Against;
  readonly problems: readonly string[];
  /** Sides without results, as they were typed. */
  readonly lacking: readonly string[];
}

/** Scores of a method that the text has; `--json` has all. */
const mostScores = 6;
/** Letters of a setting's value that the text has. */
const longest = 120;

/** @param typed the two sides. */
export function comparisonText(
  compared: readonly ComparedExperiment[],
  [here, there]: readonly [string, string],
): string {
  const width = textWidth();
  const blocks = compared.map(({ name, declared, against, problems, lacking }) => [
    name,
    ...(declared === undefined ? [] : declaredLines(declared, width)),
    ...(lacking.length === 0 ? [] : [`No results of ${lacking.join(' and of ')} to compare`]),
    ...(against === undefined ? [] : againstLines(against, width)),
    ...problems.map((problem) => wrap(`Problem: ${problem}`, width)),
  ]);
  return [wrap(`Here: ${here}. There: ${there}.`, width), ...blocks.map((lines) => lines.join('\n'))].join('\n\n');
}

function declaredLines(declared: readonly DeclaredMethod[], width: number): string[] {
  const both = declared.filter((one) => one.in === 'both');
  if (both.every(({ differs }) => differs.length === 0) && both.length === declared.length)
    return ['Declared: the same specs'];
  return [
    ...specLines(both, width),
    ...(['here', 'there'] as const).flatMap((side) => {
      const only = declared.filter((one) => one.in === side).map(({ method }) => method);
      return only.length === 0 ? [] : [wrap(`Declared ${side} alone: ${only.join(', ')}`, width)];
    }),
  ];
}

/** What all methods differ by stands first; of the rest, methods that differ in the same way share their lines. */
function specLines(methods: readonly Pick<DeclaredMethod, 'method' | 'differs'>[], width: number): string[] {
  const differing = methods.filter(({ differs }) => differs.length > 0);
  const keys = differing.map(({ differs }) => new Set(differs.map(keyOf)));
  const isShared = (one: SpecDifference) => keys.every((own) => own.has(keyOf(one)));
  const shared = (differing[0]?.differs ?? []).filter(isShared);
  const own = differing.map(({ method, differs }) => ({ method, differs: differs.filter((one) => !isShared(one)) }));
  const alike = groupBy(
    own.filter(({ differs }) => differs.length > 0),
    ({ differs }) => JSON.stringify(differs),
  );
  const lines = (who: string, differs: readonly SpecDifference[]) =>
    differs.length === 0
      ? []
      : [
          wrap(`The specs of ${who} differ:`, width),
          ...differs.map(({ path, ours, theirs }) =>
            hung(`  ${path}: `, `${clip(ours, longest)} here, ${clip(theirs, longest)} there`, width),
          ),
        ];
  return [
    ...lines(differing.map(({ method }) => method).join(', '), shared),
    ...[...alike.values()].flatMap((members) =>
      lines(
        `${members.map(({ method }) => method).join(', ')}${shared.length > 0 ? ' also' : ''}`,
        members[0]?.differs ?? [],
      ),
    ),
  ];
}

const keyOf = ({ path, ours, theirs }: SpecDifference): string => JSON.stringify([path, ours, theirs]);

function againstLines({ pairs, onlyOurs, onlyTheirs }: Against, width: number): string[] {
  const same = pairs.filter(isSame);
  const other = pairs.filter((pair) => !same.includes(pair));
  const rows = other.flatMap((pair) => rowsOf(pair));
  const few = other.some(({ seeds }) => seeds.length < enoughPairs);
  const circumstances = [...new Set(pairs.flatMap((pair) => pair.circumstances))];
  const heads = ['method', 'score', 'here', 'there', 'here − there', 'seeds'];
  return [
    ...(rows.length > 0 ? ['', ruledTable(heads, rows, ['left', 'left', 'right', 'right', 'right', 'left']), ''] : []),
    ...(rows.length > 0
      ? [
          wrap(
            `Mean ± standard error over all seeds; the difference is over common seeds, with its ${bootstrap.confidence * 100} % interval${few ? `, which fewer than ${enoughPairs} pairs make no more than their range` : ''}.`,
            width,
          ),
        ]
      : []),
    ...(same.length > 0
      ? [wrap(`The same in every score, on the same seeds: ${same.map(({ ours }) => ours.label).join(', ')}`, width)]
      : []),
    ...specLines(
      pairs.map(({ ours, differs }) => ({ method: ours.label, differs })),
      width,
    ),
    ...circumstances.map((one) => wrap(`Not part of the spec: ${one}`, width)),
    ...only('here', onlyOurs, width),
    ...only('there', onlyTheirs, width),
  ];
}

/** Whether nothing tells them apart: seeds, specs, values. */
const isSame = ({ ours, theirs, differs, differences, seeds }: Pair): boolean =>
  differs.length === 0 &&
  seeds.length === ours.done.length &&
  seeds.length === theirs.done.length &&
  differences.every(
    ({ difference: { seeds: own, mean, low, high } }) => own.length === 0 || (mean === 0 && low === 0 && high === 0),
  );

function rowsOf({ ours, theirs, differences, seeds }: Pair): string[][] {
  const shown = differences.filter(({ info }) => info.terminal !== false).slice(0, mostScores);
  return shown.map(({ info, difference }, at) => [
    at === 0 ? ours.label : '',
    titleWithUnit(info),
    meanText(statisticOf(ours, info), info),
    meanText(statisticOf(theirs, info), info),
    differenceText(difference, info),
    at > 0 ? '' : seeds.length === 0 ? none : seedsText(seeds),
  ]);
}

const statisticOf = ({ done }: Group, { name }: ColumnInfo): Statistic =>
  new Statistic(
    done.flatMap(({ record: { metrics } }) => (name in metrics ? [metrics[name] as number] : [])),
    done.length,
  );

const only = (side: 'here' | 'there', groups: readonly Group[], width: number): string[] =>
  groups.length === 0 ? [] : [wrap(`Trained ${side} alone: ${groups.map(({ label }) => label).join(', ')}`, width)];

export function comparisonDocument(compared: readonly ComparedExperiment[], [here, there]: readonly [string, string]) {
  return {
    here,
    there,
    experiments: compared.map(({ name, declared, against, problems, lacking }) => ({
      name,
      declared: declared ?? null,
      withoutResults: lacking,
      methods: (against?.pairs ?? []).map(({ ours, seeds, differs, circumstances, differences, theirs }) => ({
        ...{ method: ours.method, label: ours.label, seeds, differs, circumstances },
        scores: differences.map(({ info, difference: { mean, low, high } }) => ({
          ...{ score: info.name, better: info.better ?? null },
          here: finiteOrNull(statisticOf(ours, info).mean),
          there: finiteOrNull(statisticOf(theirs, info).mean),
          difference: { mean: finiteOrNull(mean), low: finiteOrNull(low), high: finiteOrNull(high) },
        })),
      })),
      onlyHere: (against?.onlyOurs ?? []).map(({ label }) => label),
      onlyThere: (against?.onlyTheirs ?? []).map(({ label }) => label),
      problems,
    })),
  };
}
