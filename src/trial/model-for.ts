/** Makes the networks of a spec: its family of networks, for its method, its data and its prior. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { encoderNoise, type ResolvedSpec } from '../catalogue/spec.ts';
import { type Model, makeModel } from './model.ts';

/** @param shape of one example of the data. */
export async function modelFor(spec: ResolvedSpec, catalogue: Catalogue, shape: readonly number[]): Promise<Model> {
  const { nets, latent } = spec;
  const make = await catalogue.nets(nets).load();
  const method = catalogue.method(spec.method);
  const [packing, noise] = [method.packing({ ...spec }), encoderNoise(spec)];
  const { discriminatorWeights } = await method.load();
  return makeModel({
    ...{ method, makeNets: (sizes) => make(nets, sizes), shape, latent: latent.dim, noise, packing },
    ...(discriminatorWeights && { weights: (tensors) => discriminatorWeights(tensors, spec) }),
  });
}
