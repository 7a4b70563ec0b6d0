/** Lists the launchers of `exp`. A further one is a folder beside this file and an entry in this list. */
import type { Launcher } from './launcher.ts';
import { localLauncher } from './local/launcher.ts';
import { redisLauncher } from './redis/launcher.ts';
import { slurmLauncher } from './slurm/launcher.ts';

export const launchers: readonly Launcher[] = [localLauncher(), redisLauncher, slurmLauncher];
