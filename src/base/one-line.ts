/** Makes one line of what others wrote, fit for a terminal, a table and a record. */
import { stripVTControlCharacters } from 'node:util';

/** What speaks to a terminal, turns the direction of what follows, or stands for no letter; lines may end. */
const unfit = /(?!\n)[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/gu;

/** A text of lines without colours and control characters. */
export const plainText = (text: string): string =>
  text.search(unfit) === -1 ? text : stripVTControlCharacters(text).replace(unfit, ' ');

/** A text as part of a line: at most `most` letters, without colours and control characters. */
export function inLine(text: string, most = 40): string {
  const cut = text.length > most ? `${text.slice(0, most - 3)}…` : text;
  return plainText(cut).replace(/\s+/g, ' ');
}

/** The first line of what was thrown. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return inLine(message.split('\n').find((line) => line.trim() !== '') ?? 'unknown fault', 2_000).trim();
}

/** What is wrong with a file, in one line that begins with its name. */
export function faultOf(path: string, error: unknown): string {
  const [name, said] = [inLine(path, 2_000), messageOf(error)];
  return said.startsWith(name) ? said : `${name}: ${said}`;
}
