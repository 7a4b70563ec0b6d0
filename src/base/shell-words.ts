/** Quotes and splits words of a POSIX shell's command line. */

/** A word of a command line, quoted where a shell would take it apart. */
export function shellWord(word: string): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words as text that any POSIX shell takes apart into the same words, whatever they hold. */
export function joinWords(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** What means nothing to a shell, but at the start of a command, where `a=b` sets a variable. */
const plain = /^[\w@%+=:,./-]+$/;

/** One word, or white space between two: plain characters, `\x`, '…', or "…" in which a backslash keeps the next character. */
const piece =
  /(?<space>[ \t\n]+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|\\(?<kept>.)|(?<plain>[^ \t\n'"\\]+)/gsy;

/** The words of a text as a shell reads them, without its variables, globs and commands; `undefined` where a quote or a backslash stays open. */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let read = 0;
  for (const { 0: whole, groups = {} } of text.matchAll(piece)) {
    read += whole.length;
    if (groups.space === undefined) {
      const double = groups.double?.replace(/\\(["\\$`])/g, '$1');
      word = (word ?? '') + (groups.single ?? double ?? groups.kept ?? groups.plain ?? '');
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (read < text.length) return undefined;
  return word === undefined ? words : [...words, word];
}
