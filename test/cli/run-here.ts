/** The command line in the test's own process, which spares a second for each start: for commands that begin no worker. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import { plainEnvironment, projectRoot } from './run-cli.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const streams = [process.stdout, process.stderr];
const writes = streams.map(({ write }) => write);
let said = ['', ''];

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
  const [console_, environment, listeners] = [globalThis.console, process.env, process.stdout.listeners('error')];
  said = ['', ''];
  for (const [at, stream] of streams.entries()) stream.write = hear(at);
  globalThis.console = plainConsole;
  process.env = plainEnvironment();
  try {
    const code = await main(words, projectRoot);
    const [stdout = '', stderr = ''] = said;
    return { code, stdout, stderr };
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = writes[at] ?? stream.write;
    globalThis.console = console_;
    process.env = environment;
    for (const own of process.stdout.listeners('error'))
      if (!listeners.includes(own)) process.stdout.off('error', own as () => void); // what main listens with
  }
}
