/** The Redis launcher: trials go to a queue, from which workers on any machine take them. */
import { UsageError } from '../../base/usage-error.ts';
import type { ArgumentsOf, CommonArguments, Launcher, LauncherOptions } from '../launcher.ts';
import { localOptions } from '../local/launcher.ts';
import { addressOf } from './address.ts';

const redisOptions = {
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'Run on the workers of a queue: redis://[:password@]host[:port][/db] (see npm run worker -- --help)',
  },
  detach: { type: 'boolean', describe: 'With --queue: leave the trials there; the same command without it gathers' },
  shared: {
    type: 'string',
    requiresArg: true,
    describe: 'With --queue: the folder that workers were given as --shared',
  },
  ...localOptions,
} as const satisfies LauncherOptions;

export type RedisArguments = CommonArguments & ArgumentsOf<typeof redisOptions>;

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
