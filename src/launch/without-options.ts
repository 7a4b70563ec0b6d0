/** Removes options from a command line, for commands that repeat what was typed. */

/** Whether an option takes a value. */
export type Taken = Readonly<Record<string, 'switch' | 'value'>>;

/** The words that are left when those options and their values are taken away, in any of the forms that yargs reads. */
export function withoutOptions(argv: readonly string[], options: Taken): string[] {
  const kept: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const [, name = '', value] = /^--(?:no-)?([^=]+)(=.*)?$/s.exec(word) ?? [];
    const kind = Object.hasOwn(options, name) ? options[name] : undefined;
    if (kind === undefined) {
      kept.push(word);
    } else if (value === undefined) {
      const next = argv[at + 1] ?? '';
      if (kind === 'value' || next === 'true' || next === 'false') at += 1;
    }
  }
  return kept;
}
