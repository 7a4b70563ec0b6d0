/** The families of networks that experiments choose from. */
import { dcgan } from './dcgans.ts';
import { mlps } from './mlps.ts';
import { resnet } from './resnets.ts';

export const netsKinds = [mlps, dcgan, resnet] as const;
