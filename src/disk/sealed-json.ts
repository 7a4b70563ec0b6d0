/**
 * Reads and writes JSON files that carry the SHA-256 of their own text as their last key, so that a flipped bit or an
 * editor's mistake is found. Files of earlier versions have none and pass. Checking the content is left to a schema.
 */
import { createHash } from 'node:crypto';

const key = 'checksum';
const ending = /,\n {2}"([^"\n]*)": "([0-9a-f]{64})"\n\}\n$/;

/** The text of a file, two spaces a level; `replacer` as in JSON.stringify. */
export function sealedJson(document: object, replacer?: (key: string, value: unknown) => unknown): string {
  const text = JSON.stringify(document, replacer, 2);
  return `${withoutBrace(text)},\n  "${key}": "${sha256(text)}"\n}\n`;
}

export interface Unsealed {
  /** What the file says, without its checksum. */
  readonly value: unknown;
  /** One line where the text is not what was written; look at `value` first, which may say more. */
  readonly damage?: string;
}

/** A file's text and what JSON it is, taken apart. */
export function unsealed(json: unknown, text: string): Unsealed {
  if (typeof json !== 'object' || json === null) return { value: json };
  const [last = '', name, checksum] = ending.exec(text) ?? [];
  const isSealed = last !== '' && sha256(`${text.slice(0, -last.length)}\n}`) === checksum;
  // A last key that fits the text before it is the checksum, whatever has become of its name.
  if (!Object.hasOwn(json, key) && !isSealed) return { value: json };
  const value = Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
  return isSealed && name === key
    ? { value }
    : { value, damage: 'its bytes are not those that were written (its checksum differs)' };
}

const withoutBrace = (text: string): string => text.slice(0, -'\n}'.length);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
