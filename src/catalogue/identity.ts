/** A trial is the hash of its resolved spec. Nothing else (order, time, machine) enters, so the same trial is found again. */
import { hashOf, withoutAbsent } from '../schema/identity.ts';
import { builtIn } from './catalogue.ts';
import { type Origin, originHash } from './origin.ts';
import { type ResolvedSpec, specSchema } from './spec.ts';

/**
 * The trial's identity: SHA-256 (hex) of its resolved spec in canonical form. Kinds of an experiment's own need no schema
 * here: the bytes of their file are part of the spec.
 */
export function specHash(spec: Pick<ResolvedSpec, 'method'> & { readonly [section: string]: unknown }): string {
  const { measures, ...rest } = spec;
  const bare = Array.isArray(measures) ? { ...rest, measures: measures.filter(isOld) } : spec;
  return hashOf(withoutAbsent(bare, specSchema(builtIn, spec.method)));
}

const later = new Set<unknown>(builtIn.cards.metrics.filter(({ addedLater }) => addedLater).map(({ kind }) => kind));

/** A metric that came later trains nothing: trials without its columns are still those of the spec. */
const isOld = (metric: { readonly kind?: unknown } | null): boolean => !later.has(metric?.kind);

/**
 * `<method>-s<seed>-<first 8 digits of the hash>`, and as many of its origin's where files decide its numbers: also the name of
 * the trial's folder, so that trials of one spec on other data lie beside each other.
 */
export function trialId(spec: ResolvedSpec, hash: string = specHash(spec), origin?: Origin): string {
  const read = originHash(origin);
  return `${spec.method}-s${spec.seed}-${hash.slice(0, 8)}${read === undefined ? '' : `-${read.slice(0, 8)}`}`;
}
