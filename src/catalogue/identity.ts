/** A trial is the hash of its resolved spec. Nothing else (order, time, machine) enters, so the same trial is found again. */
import { hashOf, withoutAbsent } from '../schema/identity.ts';
import { builtIn } from './catalogue.ts';
import { type ResolvedSpec, specSchema } from './spec.ts';

/**
 * The trial's identity: SHA-256 (hex) of its resolved spec in canonical form. Kinds of an experiment's own need no schema
 * here: the bytes of their file are part of the spec.
 */
export function specHash(spec: Pick<ResolvedSpec, 'method'> & { readonly [section: string]: unknown }): string {
  return hashOf(withoutAbsent(spec, specSchema(builtIn, spec.method)));
}

/** `<method>-s<seed>-<first 8 digits of the hash>`: also the name of the trial's folder. */
export function trialId(spec: ResolvedSpec, hash: string = specHash(spec)): string {
  return `${spec.method}-s${spec.seed}-${hash.slice(0, 8)}`;
}
