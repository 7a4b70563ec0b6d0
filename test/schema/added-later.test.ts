/** A setting that is newer than stored trials stays out of their identity while it has its default. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { addedLater, count, positive } from '../../src/schema/fields.ts';
import { hashOf, withoutAbsent } from '../../src/schema/identity.ts';

const before = z.strictObject({
  encoder: z.strictObject({ width: count }),
  optimiser: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('adam'), rate: positive })]),
  metrics: z.array(z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('fid') })])),
});
/** A later version of it: an encoder's noise, an optimiser's warm-up, a metric's clipping. */
const after = z.strictObject({
  encoder: z.strictObject({ width: count, noise: addedLater(z.number(), 0) }),
  optimiser: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('adam'), rate: positive, warmUp: addedLater(z.array(z.number()), [0, 1]) }),
  ]),
  metrics: z.array(
    z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('fid'), clip: addedLater(z.boolean(), false) })]),
  ),
});

const stored = { encoder: { width: 3 }, optimiser: { kind: 'adam', rate: 0.1 }, metrics: [{ kind: 'fid' }] };
const hash = (value: unknown) => hashOf(withoutAbsent(value, after));

it('at its default a spec has the hash that it had without the setting', () => {
  const read = after.parse(stored);
  expect(read.encoder.noise).toBe(0);
  expect(read.optimiser).toEqual({ kind: 'adam', rate: 0.1, warmUp: [0, 1] });
  expect(hash(read)).toBe(hashOf(before.parse(stored)));
  expect(hash(stored)).toBe(hashOf(stored));
});

it.each([
  { ...stored, encoder: { width: 3, noise: 4 } },
  { ...stored, optimiser: { kind: 'adam', rate: 0.1, warmUp: [0, 2] } },
  { ...stored, metrics: [{ kind: 'fid', clip: true }] },
])('another value is another spec (%#)', (changed) => {
  expect(hash(after.parse(changed))).not.toBe(hashOf(stored));
});

it('a schema without such a setting leaves a value alone, and the very object comes back', () => {
  expect(withoutAbsent(stored, before)).toBe(stored);
});
