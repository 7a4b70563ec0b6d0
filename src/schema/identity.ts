/**
 * Identifies a trial by the hash of its resolved spec. Nothing else (order, time, machine) enters, so the same trial is
 * found again.
 */
import { createHash } from 'node:crypto';
import type { ResolvedSpec } from './spec.ts';

/**
 * JSON with sorted keys and no spaces. Numbers stand as JavaScript prints them, −0 as 0; keys whose value is `undefined`
 * are left out. Throws on what JSON cannot say (NaN, infinities, functions), which a checked spec never holds.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`internal: canonical JSON has no ${value}`);
      return JSON.stringify(value); // prints −0 as 0
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'object': {
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
    }
    default:
      throw new Error(`internal: canonical JSON has no ${typeof value}`);
  }
}

/** SHA-256 (hex) of any JSON value in canonical form. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The trial's identity: SHA-256 (hex) of its canonical resolved spec. */
export function specHash(spec: ResolvedSpec): string {
  return hashOf(spec);
}

/** `<method>-s<seed>-<first 8 digits of the hash>`: also the name of the trial's folder. */
export function trialId(spec: ResolvedSpec, hash: string = specHash(spec)): string {
  return `${spec.method}-s${spec.seed}-${hash.slice(0, 8)}`;
}
