/** Options of runs on a Redis queue: their names, types and help. */
import type { ArgumentsOf, CommonArguments, LauncherOptions } from '../launcher.ts';
import { localOptions } from '../local/options.ts';

export const redisOptions = {
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
