/**
 * The command line in the test's own process, which spares a second for each start. It is the compiled one that a user starts, and
 * its workers are processes of their own. Signals, terminals and commands at once need a process: run-cli.ts.
 */
import { Console } from 'node:console';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { compileTree } from '../../bin/compile.mjs';
import { plainEnvironment, projectRoot } from './run-cli.ts';

const entry = join(await compileTree(projectRoot), 'joined/src/cli/main.js');
const { main }: typeof import('../../src/cli/main.ts') = await import(/* @vite-ignore */ pathToFileURL(entry).href);

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const streams = [process.stdout, process.stderr];
const writes = streams.map(({ write }) => write);
let said = ['', ''];
let isAtWork = false;

const hear = (at: number) => (chunk: string | Uint8Array) => {
  said[at] += String(chunk);
  return true;
};

/** A console that writes to the process's own streams, as Node's does and vitest's does not. */
const plainConsole = new Console(
  ...(streams.map(
    (stream) =>
      new Writable({
        write(chunk, _, done) {
          stream.write(chunk);
          done();
        },
      }),
  ) as [Writable, Writable]), // one for each stream
);

/** Runs one command after another: what is written meanwhile is taken for the command's. */
export async function runHere(...words: readonly string[]): Promise<Said> {
  if (isAtWork) throw new Error('a command runs here already: one of two at once needs a process');
  isAtWork = true;
  const [console_, environment] = [globalThis.console, process.env];
  said = ['', ''];
  for (const [at, stream] of streams.entries()) stream.write = hear(at);
  globalThis.console = plainConsole;
  process.env = plainEnvironment();
  try {
    const code = await main(words, projectRoot);
    const [stdout = '', stderr = ''] = said;
    return { code, stdout, stderr };
  } finally {
    isAtWork = false;
    for (const [at, stream] of streams.entries()) stream.write = writes[at] ?? stream.write;
    globalThis.console = console_;
    process.env = environment;
  }
}
