/**
 * Tells trials of one spec apart by what they read and ran: no mean, interval or pair is taken over different data, scorers or
 * code. What a record does not say is unknown, and unknown is not the same as anything that is said. Pure.
 */
import { groupBy } from '../base/collections.ts';
import { specHash } from '../catalogue/identity.ts';
import { mayAgree, originDigits, originHash, originParts, originWords } from '../catalogue/origin.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { preparedSetOf } from '../catalogue/truth.ts';
import { valueAt } from '../schema/paths.ts';
import type { TrialRecord } from '../store/record.ts';

/** The identity of a spec without its seed. */
export const seedlessHash = (spec: ResolvedSpec): string => specHash({ ...spec, seed: 0 });

/** Where the parts of an origin stand among a group's settings, and what tells versions of an experiment's file apart. */
const originPaths = originParts.map((part) => `origin.${part}`);

/** Whether a path says what was read or run, and is no setting that anybody swept. */
export const isOriginPath = (path: string): boolean => path === 'code' || originPaths.includes(path);

/** A record's spec, with what it read and ran in the first digits of the hashes: what tells groups apart, as words. */
export function settingsOf(record: TrialRecord): ResolvedSpec {
  const { spec } = record;
  const digits = originDigits(record);
  const isUnknown = digits.data === undefined && preparedSetOf(spec.data) !== undefined;
  const origin = isUnknown ? { ...digits, data: 'unknown' } : digits;
  return {
    ...spec,
    ...(spec.code !== undefined && { code: spec.code.slice(0, 8) }),
    ...(Object.keys(origin).length > 0 && { origin }),
  };
}

/**
 * Whatever has a record, by its spec without its seed and by its origin; in the order of their first. A record of an earlier
 * version, which says less, joins the one group that it agrees with and that lacks its seed; one that says nothing of its data is
 * apart from those that do.
 */
export function bySetting<T>(items: readonly T[], recordOf: (item: T) => TrialRecord): [string, T[]][] {
  const keys = new Map<T, string>();
  for (const [setting, family] of groupBy(items, (item) => seedlessHash(recordOf(item).spec))) {
    const told = groupBy(family, (item) => originWords(originDigits(recordOf(item))));
    const sure = [...told].filter(([, members]) => members.some((item) => originHash(recordOf(item).origin)));
    for (const [text, members] of told) {
      const [digits] = members.map((item) => originDigits(recordOf(item)));
      const isSure = sure.some(([other]) => other === text);
      const near =
        isSure || digits?.data === undefined
          ? []
          : sure.filter(([, [one]]) => one && mayAgree(originDigits(recordOf(one)), digits));
      const [[nearest, others = []] = []] = near.length === 1 ? near : [];
      const seeds = new Set(others.map((item) => recordOf(item).spec.seed));
      for (const item of members) {
        const joins = nearest !== undefined && !seeds.has(recordOf(item).spec.seed);
        keys.set(item, [setting, joins ? nearest : text].join(' ').trimEnd());
      }
    }
  }
  return [...groupBy(items, (item) => keys.get(item) ?? '')];
}

/** Paths at which trials of one spec differ in what they read and ran: those that tell their rows apart. */
export function apartPaths(records: readonly TrialRecord[]): string[] {
  const families = groupBy(records, ({ spec }) => seedlessHash({ ...spec, code: undefined }));
  return ['code', ...originPaths].filter((path) =>
    [...families.values()].some(
      (family) => new Set(family.map((record) => valueAt(settingsOf(record), path))).size > 1,
    ),
  );
}
