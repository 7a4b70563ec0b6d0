/** Declares the Redis launcher: trials go to a queue, from which workers on any machine take them. */

import { UsageError } from '../../base/usage-error.ts';
import type { Launcher } from '../launcher.ts';
import { addressOf } from './address.ts';
import { type RedisArguments, redisOptions } from './options.ts';

export const redisLauncher: Launcher<RedisArguments> = {
  name: 'redis',
  options: redisOptions,
  chosenBy: ['queue'],

  check({ queue = '', jobs, device, stack }) {
    addressOf(queue);
    const own = jobs !== undefined ? 'jobs' : device !== 'auto' ? 'device' : undefined;
    if (own !== undefined)
      throw new UsageError(`--${own}: with --queue it is for workers to say: npm run worker -- --queue … --${own} …`);
    if (stack !== undefined && stack !== 'auto' && stack !== '1')
      throw new UsageError(`--stack: the trials of a queue train by themselves: expected 1 or auto, got '${stack}'`);
  },

  async prepare(given, command) {
    return new (await import('./queue-launch.ts')).QueueLaunch(given, command);
  },
};
