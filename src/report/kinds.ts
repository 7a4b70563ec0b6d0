/** Gives a report the words, colours and truths of methods, columns and data: from its store, else from this version. */

import type { Truth } from '../datasets/data-kind.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { hashOf } from '../schema/identity.ts';
import type { Kinds } from '../store/metadata.ts';
import { decodeTruth } from '../store/stored-truth.ts';
import { columnInfo } from '../summary/column-info.ts';
import { type Declared, groupTrials } from '../summary/groups.ts';
import { type KnownKinds, knownKinds } from '../summary/known-kinds.ts';
import { coloursOf } from '../summary/palette.ts';
import type { Group, ReportData, ReportTrial } from './report-data.ts';

export interface ReportKinds extends KnownKinds {
  readonly declared: Declared;
  readonly descriptionOf: (method: string) => string | undefined;
  readonly coloursOf: (methods: readonly string[]) => ReadonlyMap<string, string>;
}

export function reportKinds({
  methods = {},
  columns = [],
  conditions = {},
  data = {},
}: Partial<Kinds> = {}): ReportKinds {
  const builtIn = knownKinds();
  const truths = new Map<string, Truth>();
  const noteOf = (method: string) => (Object.hasOwn(methods, method) ? methods[method] : undefined);
  return {
    columns: new Map(columns.map((column) => [column.name, { ...roleOf(column.name), ...column }])),
    declared: {
      hashes: new Set(Object.values(methods).flatMap(({ setting }) => setting ?? [])),
      specs: new Map(Object.entries(methods).flatMap(([method, { spec }]) => (spec ? [[method, spec]] : []))),
    },
    truthOf(section) {
      const hash = hashOf(section);
      const stored = data[hash];
      const truth = truths.get(hash) ?? (stored === undefined ? builtIn.truthOf(section) : decodeTruth(stored));
      truths.set(hash, truth);
      return truth;
    },
    conditionsOf: (metric, samples) => conditions[hashOf([metric, samples])] ?? builtIn.conditionsOf(metric, samples),
    descriptionOf: (method) => noteOf(method)?.description,
    coloursOf: (names) => coloursOf(names, (method) => noteOf(method)?.colour),
  };
}

/** What this version takes a column for: stores of modebench 0.1 do not say. */
function roleOf(name: string): Pick<ColumnInfo, 'role' | 'ceiling' | 'outOf'> {
  const { role, ceiling, outOf } = columnInfo(name);
  return { ...(role && { role }), ...(ceiling && { ceiling }), ...(outOf && { outOf }) };
}

/** Groups trials, each group with its method's colour and what is known of its data. */
export function groupReport(
  trials: readonly ReportTrial[],
  kinds: ReportKinds,
): Pick<ReportData, 'groups' | 'main' | 'mainOf' | 'swept' | 'apart' | 'columns' | 'conditionsOf' | 'specs'> {
  const { groups, main, mainOf, swept, apart } = groupTrials(trials, kinds.declared);
  const asDeclared = groups.filter((group) => group.asDeclared).map(({ method, spec }) => [method, spec] as const);
  const colours = kinds.coloursOf([...new Set(groups.map(({ method }) => method))]);
  const drawn = new Map(
    groups.map((group): [string, Group] => [
      group.key,
      {
        ...group,
        colour: colours.get(group.method) ?? '',
        description: kinds.descriptionOf(group.method),
        // groups are made of trials
        truth: (group.trials[0] as ReportTrial).truth,
      },
    ]),
  );
  const drawnOf = (members: readonly { readonly key: string }[]) => members.flatMap(({ key }) => drawn.get(key) ?? []);
  return {
    groups: [...drawn.values()],
    main: drawnOf(main),
    mainOf: new Map([...mainOf].map(([preset, members]) => [preset, drawnOf(members)])),
    swept,
    apart,
    // stores of before do not hold what was declared: where it was run, it stands in its trials
    specs: new Map<string, object>([...asDeclared, ...kinds.declared.specs]),
    columns: kinds.columns,
    conditionsOf: kinds.conditionsOf,
  };
}
