/** Passwords in URLs that were typed: none is shown again, in messages, traces or `ps`. */
import { hidePassword } from '../base/hide-password.ts';

/** Words that may be shown. What this process shows of itself loses its passwords, too. */
export function withoutPasswords(words: readonly string[]): string[] {
  const hidden = process.argv.map(hidePassword);
  if (hidden.some((word, at) => word !== process.argv[at])) {
    process.argv = hidden;
    process.title = 'modebench';
  }
  return words.map(hidePassword);
}
