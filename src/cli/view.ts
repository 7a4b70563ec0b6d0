/** `view` serves the live page over a store until it is told to stop. It writes nothing. */
import { once } from 'node:events';
import { UsageError } from '../base/usage-error.ts';
import { PlayTable } from '../view/play/table.ts';
import { startServer } from '../view/server/server.ts';
import { StoreSource } from '../view/store-source.ts';
import { ExitCode } from './exit.ts';
import { findBuiltIn } from './experiment-metadata.ts';
import { catchInterrupt } from './interrupt.ts';
import { openFile } from './open-file.ts';
import { checkStore, folderOf, fromHere } from './paths.ts';
import { print } from './print.ts';
import type { ViewArguments } from './view-options.ts';

/** Returns the exit code. */
export async function runView({ experiment, store, port, open }: ViewArguments, root: string): Promise<number> {
  const path = checkStore(folderOf(store, root, 'results'), true);
  const source = new StoreSource(path, findBuiltIn);
  if (experiment !== undefined) await refuseUnknown(source, experiment);
  const { signal } = catchInterrupt();
  const server = await startServer({ source, port: portOf(port), table: new PlayTable(source) });
  const address = `${server.address}${experiment === undefined ? '' : `#/${encodeURIComponent(experiment)}`}`;
  print(`Live page of ${fromHere(path)}: ${address} (Ctrl-C ends it)`);
  if (open) await openFile(address);
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
  return ExitCode.done;
}

async function refuseUnknown(source: StoreSource, experiment: string): Promise<void> {
  const names = (await source.experiments()).map(({ name }) => name);
  if (!names.includes(experiment))
    throw new UsageError(`the store holds no trials of '${experiment}'; it has ${names.join(', ') || 'none at all'}`);
}

/** 0 for a free one. */
function portOf(typed: string | undefined): number {
  if (typed === undefined) return 0;
  const port = Number(typed);
  if (!/^\d+$/.test(typed) || port > 65_535)
    throw new UsageError(`--port: expected a number up to 65535, got '${typed}'`);
  return port;
}
