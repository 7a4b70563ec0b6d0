/**
 * Says what decided a trial's numbers and is no part of its spec: the files that it read. A spec names a prepared set and a
 * scorer by words, and the same words may stand for other bytes tomorrow. Points need none of it (a file of points and an
 * experiment's own code are in the spec by their hashes).
 */
import { z } from 'zod';
import { hashOf } from '../schema/identity.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** As records hold it. Those of earlier versions lack the hashes. */
export const originSchema = z.strictObject({
  /** The prepared data in a line, with the first digits of its hash. */
  says: z.string(),
  simulated: z.boolean(),
  /** Of the set's pictures, labels and layout (`setHash`). */
  data: sha256.exactOptional(),
  /** Of what judges the pictures; absent where nothing does. */
  scorer: sha256.exactOptional(),
  /** Of the weights of the classifier that guides the generator; absent where none does. */
  guide: sha256.exactOptional(),
});
export type Origin = Readonly<z.infer<typeof originSchema>>;

/** One hash of all that was read; `undefined` where nothing was, or where the record does not say. */
export function originHash(origin: Origin | undefined): string | undefined {
  if (origin?.data === undefined) return undefined;
  const { data, scorer, guide } = origin;
  return hashOf({ data, scorer, guide });
}

/** What a record says of its origin, in the first digits of hashes; what it does not say is absent. */
export interface OriginDigits {
  readonly data?: string;
  readonly scorer?: string;
  readonly guide?: string;
}

export const originParts = ['data', 'scorer', 'guide'] as const satisfies readonly (keyof OriginDigits)[];

/** Records of earlier versions name the first digits of the data's hash and of the scorer's at the end of their words. */
export function originDigits({ origin, scorer }: Told): OriginDigits {
  const found = {
    data: origin?.data?.slice(0, 8) ?? /\(([0-9a-f]{8})\)$/.exec(origin?.says ?? '')?.[1],
    scorer: origin?.scorer?.slice(0, 8) ?? /, ([0-9a-f]{8})$/.exec(scorer ?? '')?.[1],
    guide: origin?.guide?.slice(0, 8),
  };
  return Object.fromEntries(originParts.flatMap((part) => (found[part] === undefined ? [] : [[part, found[part]]])));
}

/** `data 1a2b3c4d scorer 5e6f7081`; '' where nothing is said. */
export const originWords = (digits: OriginDigits): string =>
  originParts.flatMap((part) => (digits[part] === undefined ? [] : [`${part} ${digits[part]}`])).join(' ');

/** The part of a record that says it. */
export interface Told {
  readonly origin?: Origin;
  /** Description of the scorer. */
  readonly scorer?: string;
}

/** Whether two records may be of one origin: nothing that both say differs. */
export function mayAgree(one: OriginDigits, other: OriginDigits): boolean {
  return originParts.every((part) => (one[part] ?? other[part]) === (other[part] ?? one[part]));
}
