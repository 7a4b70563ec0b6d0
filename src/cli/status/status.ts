/** `status` says how far runs are that nobody watches: detached, submitted, on other machines. It reads, and changes nothing. */
import { UsageError } from '../../base/usage-error.ts';
import { printDocument } from '../document.ts';
import { ExitCode } from '../exit.ts';
import { withoutPasswords } from '../passwords.ts';
import { folderOf } from '../paths.ts';
import { print } from '../print.ts';
import { existingStore, storedNames } from '../stored-names.ts';
import type { StatusArguments } from './options.ts';
import { serverStatusText, storeStatusText } from './status-text.ts';

/** @param home where results lie unless an option says otherwise. */
export async function runStatus(given: StatusArguments, home: string): Promise<number> {
  const { experiments = [], store, queue, json } = given;
  if (queue !== undefined) {
    withoutPasswords([]);
    const other = store !== undefined ? '--store' : experiments[0];
    if (other !== undefined) throw new UsageError(`--queue shows a server whole: expected no ${other} beside it`);
    const { serverStatus } = await import('../../launch/redis/status.ts');
    const status = await serverStatus(queue);
    if (json) printDocument(status);
    else print(serverStatusText(status));
    return ExitCode.done;
  }
  const root = existingStore(folderOf(store, home, 'results'), '--store');
  const { storeStatus } = await import('./store-status.ts');
  const found = [];
  for (const name of await storedNames(experiments, root)) found.push(await storeStatus(root, name));
  if (json) printDocument(found);
  else print(found.map(storeStatusText).join('\n'));
  return ExitCode.done;
}
