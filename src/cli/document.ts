/** Keeps stdout for the one document of `--json`: what a user's own file prints, at any time, goes to stderr. */
import { asTyped } from '../base/command-words.ts';
import { plainText } from '../base/one-line.ts';

let write = (text: string): boolean => process.stdout.write(text);

/** From now on whatever is written to stdout goes to stderr, but for documents. */
export function keepStdoutForDocument(): void {
  write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}

/** The one document of `--json`. NaN (not defined) becomes null. */
export function printDocument(document: unknown): void {
  write(`${asTyped(plainText(JSON.stringify(document, undefined, 2)))}\n`);
}
