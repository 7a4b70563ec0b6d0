/** What a command is: its usage, its options, and what runs it. */
import type { Arguments, Options, PositionalOptions } from 'yargs';
import type { Typed } from './exp/request.ts';

export interface Command {
  /** Its name and its words, as yargs writes them. */
  readonly syntax: string;
  readonly describe: string;
  readonly positionals: Readonly<Record<string, PositionalOptions>>;
  readonly options: Readonly<Record<string, Options>>;
  readonly examples: readonly (readonly [command: string, says: string])[];
  readonly epilogue?: string;
  /** What to say where a word is missing. */
  readonly missing?: string;
  /** What yargs made of the words: the options above are those that the command's own type says. */
  run(given: Arguments, typed: Typed): Promise<number>;
}

/** Its own name: the first word. */
export const nameOf = ({ syntax }: Command): string => syntax.split(' ')[0] ?? '';
