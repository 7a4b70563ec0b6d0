/** Every method by its name. What is known of them without training is `catalogue.ts`. */
import type { MethodName } from '../schema/spec.ts';
import { bigan } from './bigan.ts';
import { biganL2 } from './bigan-l2.ts';
import { biganPgp } from './bigan-pgp.ts';
import { encoderOnly } from './encoder-only.ts';
import { gan } from './gan.ts';
import { guided } from './guided.ts';
import type { Method } from './method.ts';
import { wgan } from './wgan.ts';
import { wganGp } from './wgan-gp.ts';

export const methods: Readonly<Record<MethodName, Method>> = {
  gan,
  wgan,
  'wgan-gp': wganGp,
  bigan,
  'bigan-l2': biganL2,
  'bigan-pgp': biganPgp,
  'encoder-only': encoderOnly,
  guided,
};
