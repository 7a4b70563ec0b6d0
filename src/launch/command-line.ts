/** Describes the command that was typed, and forms the commands that follow from it. */
import { joinWords } from '../base/shell-words.ts';

export interface CommandLine {
  /** The words after `exp`, without passwords. */
  readonly words: readonly string[];
  /** The program's folder. */
  readonly root: string;
  /** Where results and data lie unless an option says otherwise. */
  readonly home: string;
  /** The folder from which relative paths are meant. */
  readonly folder: string;
  /** A path as the user would write it. */
  shown(path: string): string;
  /** A folder that an option names, made where it is missing. Throws UsageError for one that cannot be written to. */
  writableFolder(path: string, option: string): string;
}

/** `npm run exp -- …` that goes on where a command with these words stopped: nothing is forgotten again. */
export function expCommand(words: readonly string[]): string {
  return `npm run exp -- ${joinWords(words.filter((word) => !/^--fresh(=.*)?$/.test(word)))}`;
}
