/** Small trials on pictures. */

import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import type { Section as MetricSpec } from '../../src/schema/kind.ts';
import { defaultsOf, methods } from '../support/methods.ts';

interface PictureWishes {
  readonly set: string;
  readonly measures: readonly MetricSpec[];
  readonly samples?: number;
  readonly steps?: number;
  readonly seed?: number;
  readonly scorer?: string;
}

/** 8 px, width 2; the loss and all else are the method's own. */
export function pictureSpec(method: MethodName, wishes: PictureWishes): ResolvedSpec {
  const { set, measures, samples = 40, steps = 6, seed = 0, scorer } = wishes;
  const isGuided = method === 'guided';
  return {
    experiment: 'pictures',
    method,
    seed,
    data: { kind: 'images', set, size: 8 },
    latent: isGuided
      ? { kind: 'split', classes: 4, dim: 8, low: -1, high: 1 }
      : { kind: 'uniform', dim: 3, low: -1, high: 1 },
    nets: { kind: 'dcgan', width: 2 },
    ...structuredClone(defaultsOf(methods[method])),
    training: {
      steps,
      batch: 6,
      optimiser: { kind: 'adam', rate: 1e-3, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
      average: 0.5,
    },
    evaluation: { every: 2, samples },
    measures: [...measures],
    ...(scorer !== undefined && { scorer: { model: scorer } }),
  };
}
