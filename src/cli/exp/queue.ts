/** `--queue`: which options go with it, and its address, whose password is never shown. The run itself is run-queued.ts's. */

import { UsageError } from '../../base/usage-error.ts';
import { type Address, parseAddress, withoutPassword } from '../../launch/redis/address.ts';
import type { ExpArguments } from './options.ts';

/** Options that say how trials run here, which with a queue is for workers to say. */
const ofWorkers = ['jobs'] as const;
const otherWays = ['slurm', 'gather', 'shard', 'print', 'shards', 'slurm-options'] as const;

/** Refuses options that do not go together. */
export function checkQueue(given: ExpArguments): void {
  const { queue, device } = given;
  if (queue === undefined) {
    const alone = (['detach', 'shared'] as const).find((option) => given[option]);
    if (alone !== undefined) throw new UsageError(`--${alone} is an option of --queue, which is not given`);
    return;
  }
  addressOf(queue);
  const own = ofWorkers.find((option) => given[option] !== undefined) ?? (device === 'auto' ? undefined : 'device');
  if (own !== undefined)
    throw new UsageError(`--${own}: with --queue it is for workers to say: npm run worker -- --queue … --${own} …`);
  if (given.stack !== undefined && given.stack !== 'auto' && given.stack !== '1')
    throw new UsageError(
      `--stack: the trials of a queue train by themselves: expected 1 or auto, got '${given.stack}'`,
    );
  const other = otherWays.find((option) => given[option]);
  if (other !== undefined)
    throw new UsageError(`--queue and --${other} are different ways to run: leave one of them out`);
}

/** The address of a queue, its password from the environment where the URL has none. */
export function addressOf(url: string): Address {
  return parseAddress(url, process.env.MODEBENCH_REDIS_PASSWORD);
}

/** For the end of a command: connections that wait for a server which is away keep nobody waiting. */
export function exitSoon(): void {
  setTimeout(() => process.exit(), 2_000).unref();
}

/** Words that may be shown. What this process shows of itself (`ps`, traces) loses the password, too. */
export function withoutPasswords(argv: readonly string[]): string[] {
  const hidden = process.argv.map(withoutPassword);
  if (hidden.some((word, at) => word !== process.argv[at])) {
    process.argv = hidden;
    process.title = 'modebench';
  }
  return argv.map(withoutPassword);
}
