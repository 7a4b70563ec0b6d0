/** Small trials that run in a fraction of a second. */

import { builtIn } from '../../src/catalogue/catalogue.ts';
import { specHash, trialId } from '../../src/catalogue/identity.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import type { PlannedTrial } from '../../src/experiment/plan.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import {
  adam,
  gaussianRings,
  guidance,
  mlps,
  modeCoverage,
  reconstruction,
  slicedWasserstein,
  split,
  uniform,
} from '../../src/modebench.ts';

export function smallSpec(method: MethodName, seed = 0, changes: Partial<ResolvedSpec> = {}): ResolvedSpec {
  const isGuided = method === 'guided';
  const spec = resolveTrial(
    {
      name: 'small',
      catalogue: builtIn,
      claim: 'a small trial ends',
      source: 'test',
      data: gaussianRings({ modes: 4, radii: [1], std: 0.05, scale: 2 }),
      latent: isGuided ? split({ classes: 4, dim: 8, low: -1, high: 1 }) : uniform({ dim: 2, low: -1, high: 1 }),
      nets: mlps({ hidden: [8, 8], activation: 'relu', initialiser: 'xavier-uniform' }),
      training: { steps: 24, batch: 16, optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.99 }), average: 0.9 },
      evaluation: { every: 8, samples: 64 },
      methods: [method],
      measures: [
        modeCoverage(),
        slicedWasserstein({ projections: 4 }),
        reconstruction(),
        ...(isGuided ? [guidance()] : []),
      ],
      presets: { smoke: {} },
    },
    { method, seed },
  );
  return { ...spec, ...changes };
}

export function planned(spec: ResolvedSpec): PlannedTrial {
  const hash = specHash(spec);
  return { id: trialId(spec, hash), hash, spec, preset: 'default', varied: [] };
}
