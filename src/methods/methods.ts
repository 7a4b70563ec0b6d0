/** The methods that experiments choose from by name, in the order in which they are listed. */
import { bigan } from './bigan.ts';
import { biganL2 } from './bigan-l2.ts';
import { biganPgp } from './bigan-pgp.ts';
import { biganRp } from './bigan-rp.ts';
import { dragan } from './dragan.ts';
import { encoderOnly } from './encoder-only.ts';
import { gan } from './gan.ts';
import { ganImle } from './gan-imle.ts';
import { ganR1 } from './gan-r1.ts';
import { ganR1R2 } from './gan-r1r2.ts';
import { guided } from './guided.ts';
import { lsgan } from './lsgan.ts';
import { msGan } from './ms-gan.ts';
import { pacgan2 } from './pacgan2.ts';
import { rpganR1R2 } from './rpgan-r1r2.ts';
import { sngan } from './sngan.ts';
import { unrolled } from './unrolled.ts';
import { veegan } from './veegan.ts';
import { wgan } from './wgan.ts';
import { wganGp } from './wgan-gp.ts';

export const methods = [
  ...([gan, wgan, wganGp, bigan, biganL2, biganPgp, encoderOnly, guided] as const),
  ...([rpganR1R2, ganR1, ganR1R2, biganRp] as const),
  ...([veegan, pacgan2, unrolled, msGan, ganImle, lsgan, dragan, sngan] as const),
] as const;
