/** Gives a report the words, colours and truths of methods, columns and data: from its store, else from this version. */

import type { Truth } from '../datasets/data-kind.ts';
import { hashOf } from '../schema/identity.ts';
import type { Kinds } from '../store/metadata.ts';
import { decodeTruth } from '../store/stored-truth.ts';
import { groupTrials } from '../summary/groups.ts';
import { type KnownKinds, knownKinds } from '../summary/known-kinds.ts';
import { coloursOf } from '../summary/palette.ts';
import type { Group, ReportData, ReportTrial } from './report-data.ts';

export interface ReportKinds extends KnownKinds {
  /** By method: a hash for each that the experiment declares, of its spec without the seed. */
  readonly defaults: ReadonlySet<string>;
  readonly descriptionOf: (method: string) => string | undefined;
  readonly coloursOf: (methods: readonly string[]) => ReadonlyMap<string, string>;
}

export function reportKinds({ methods = {}, columns = [], data = {} }: Partial<Kinds> = {}): ReportKinds {
  const builtIn = knownKinds();
  const truths = new Map<string, Truth>();
  const noteOf = (method: string) => (Object.hasOwn(methods, method) ? methods[method] : undefined);
  return {
    columns: new Map(columns.map((column) => [column.name, column])),
    defaults: new Set(Object.values(methods).flatMap(({ setting }) => setting ?? [])),
    truthOf(section) {
      const hash = hashOf(section);
      const stored = data[hash];
      const truth = truths.get(hash) ?? (stored === undefined ? builtIn.truthOf(section) : decodeTruth(stored));
      truths.set(hash, truth);
      return truth;
    },
    descriptionOf: (method) => noteOf(method)?.description,
    coloursOf: (names) => coloursOf(names, (method) => noteOf(method)?.colour),
  };
}

/** Groups trials, each group with its method's colour and what is known of its data. */
export function groupReport(
  trials: readonly ReportTrial[],
  kinds: ReportKinds,
): Pick<ReportData, 'groups' | 'main' | 'swept' | 'apart' | 'columns'> {
  const { groups, main, swept, apart } = groupTrials(trials, kinds.defaults);
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
  return {
    groups: [...drawn.values()],
    main: main.flatMap(({ key }) => drawn.get(key) ?? []),
    swept,
    apart,
    columns: kinds.columns,
  };
}
