/**
 * Says which trials may train as one vmapped program: those that differ in their seed and in numbers that a training step only
 * multiplies by. The worker compares the programs themselves too, and compiles apart those that differ after all.
 */

import { builtIn } from '../../catalogue/catalogue.ts';
import { ownSettings, ownStructure, type ResolvedSpec } from '../../catalogue/spec.ts';
import { canonicalJson } from '../../schema/identity.ts';

/** Equal for trials that may share a program; undefined for nets of convolutions, which fill a device by themselves, and
 * for kinds of an experiment's own, of which nothing is known. */
export function vmapKey(spec: ResolvedSpec): string | undefined {
  if (spec.code !== undefined || !builtIn.nets(spec.nets).small) return undefined;
  const { method, data, latent, nets, loss, critic, training, evaluation } = spec;
  return canonicalJson({
    ...{
      method,
      data: data.kind,
      latent: [latent.kind, latent.dim],
      nets,
      loss,
      evaluation,
      own: ownStructure(spec, builtIn),
    },
    critic: [critic.steps, factor(critic.clip)],
    terms: Object.values(ownSettings(spec, builtIn)).map(factorsOf),
    training: [training.steps, training.batch, factor(training.average), factorsOf(training.optimiser)],
  });
}

/** Products with 0 and 1 are left out of a program, which so has another structure. */
const factor = (value: number): string => (value === 0 || value === 1 ? String(value) : 'any');

/** A part of the spec in which every number is such a factor. */
const factorsOf = (part: object): object =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, typeof value === 'number' ? factor(value) : value]),
  );
