import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trialId } from '../../src/catalogue/identity.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import { canonicalJson, hashOf } from '../../src/schema/identity.ts';
import { sampleExperiment } from '../experiment/sample.ts';

const shuffledKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffledKeys(item)]),
  );
};

describe('canonicalJson', () => {
  it('sorts keys at every level and prints numbers as JavaScript does', () => {
    expect(canonicalJson({ b: [1e21, 0.1, -0], a: { d: 'ü"', c: null } })).toBe(
      '{"a":{"c":null,"d":"ü\\""},"b":[1e+21,0.1,0]}',
    );
  });

  it('leaves out what is undefined and refuses what JSON cannot say', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow('internal: canonical JSON has no NaN');
    expect(() => canonicalJson([() => 1])).toThrow('internal:');
  });

  it('does not depend on the order of keys, and says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffledKeys(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('a trial’s identity', () => {
  it('is the SHA-256 of the canonical text (checked with Python: hashlib.sha256(b\'{"a":1}\').hexdigest())', () => {
    expect(hashOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });

  it('names method, seed and the first digits of the hash, and changes with every value of the spec', () => {
    const spec = resolveTrial(sampleExperiment, { method: 'bigan-pgp', seed: 3 });
    expect(trialId(spec)).toMatch(/^bigan-pgp-s3-[0-9a-f]{8}$/);
    expect(hashOf({ ...spec, penalty: { weight: 1.5, form: 'squared' } })).not.toBe(hashOf(spec));
    expect(hashOf({ ...spec, seed: 4 })).not.toBe(hashOf(spec));
  });
});
