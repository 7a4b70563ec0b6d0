/** The networks that a spec asks for: the one place that knows every family. */
import type { NetsSpec } from '../schema/spec.ts';
import { dcgan } from './dcgan.ts';
import { mlps } from './mlp.ts';
import type { NetSizes, Nets } from './net.ts';

export function makeNets(spec: NetsSpec, sizes: NetSizes): Nets {
  switch (spec.kind) {
    case 'mlp':
      return mlps(spec, sizes);
    case 'dcgan':
      return dcgan(spec, sizes);
    default:
      return spec satisfies never;
  }
}
