/** The families of networks that experiments choose from. */
import { dcgan } from './dcgans.ts';
import { mlps } from './mlps.ts';

export const netsKinds = [mlps, dcgan] as const;
