/** Makes one line of what others wrote, fit for a terminal, a table and a record. */
import { stripVTControlCharacters } from 'node:util';

/** What breaks a line, speaks to a terminal, or turns the direction of what follows. */
const unfit = /[\s\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu;

/** A text as part of a line: at most `most` letters, without colours and control characters. */
export function inLine(text: string, most = 40): string {
  const cut = text.length > most ? `${text.slice(0, most - 3)}…` : text;
  return stripVTControlCharacters(cut).replace(unfit, ' ');
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
