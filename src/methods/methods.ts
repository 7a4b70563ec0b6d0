/** The methods that experiments choose from by name, in the order in which they are listed. */
import { bigan } from './bigan.ts';
import { biganL2 } from './bigan-l2.ts';
import { biganPgp } from './bigan-pgp.ts';
import { encoderOnly } from './encoder-only.ts';
import { gan } from './gan.ts';
import { guided } from './guided.ts';
import { wgan } from './wgan.ts';
import { wganGp } from './wgan-gp.ts';

export const methods = [gan, wgan, wganGp, bigan, biganL2, biganPgp, encoderOnly, guided] as const;
