/** `view` serves the live page over a store until it is told to stop. It writes nothing. */
import { once } from 'node:events';
import { basename, resolve } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { PlayTable } from '../view/play/table.ts';
import { startServer } from '../view/server/server.ts';
import { SeveralStores } from '../view/several-stores.ts';
import type { Source } from '../view/source.ts';
import { StoreSource } from '../view/store-source.ts';
import { ExitCode } from './exit.ts';
import { findBuiltIn } from './experiment-metadata.ts';
import { catchInterrupt } from './interrupt.ts';
import { openFile } from './open-file.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print } from './print.ts';
import type { ViewArguments } from './view-options.ts';

/** Returns the exit code. */
export async function runView(given: ViewArguments, root: string): Promise<number> {
  const { experiment, store, port, open, lesson } = given;
  const path = checkStore(folderOf(store, root, 'results'), true);
  const own = new StoreSource(path, findBuiltIn);
  const others = (given.against ?? []).map(other);
  const source = others.length === 0 ? own : new SeveralStores(own, others);
  if (experiment !== undefined) await refuseUnknown(source, experiment);
  if (lesson && experiment !== undefined)
    throw new UsageError(`expected an experiment or --lesson, got '${experiment}' and --lesson`);
  const beginning = lesson ? '#/~lessons' : experiment === undefined ? '' : `#/${encodeURIComponent(experiment)}`;
  const data = folderOf(given.data, root, 'data');
  const { signal } = catchInterrupt();
  const server = await startServer({ source, port: portOf(port), table: new PlayTable(source, data) });
  const address = `${server.address}${beginning}`;
  print(`Live page of ${fromHere(path)}: ${address} (Ctrl-C ends it)`);
  if (open) await openFile(address);
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
  return ExitCode.done;
}

/** Another store, under the name of its folder. */
function other(typed: string): readonly [name: string, store: StoreSource] {
  const path = checkStore(resolve(callersFolder(), typed), true, '--against');
  return [basename(path), new StoreSource(path, findBuiltIn)];
}

async function refuseUnknown(source: Source, experiment: string): Promise<void> {
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
