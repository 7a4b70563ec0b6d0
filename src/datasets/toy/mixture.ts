/**
 * Samples mixtures of Gaussians, for all families (grid, rings, line, clusters, mixtures of any shape). It runs in every
 * training step, so it allocates nothing per example.
 */

import { outputBuffer } from '../../base/output-buffer.ts';
import type { Random } from '../../base/random.ts';
import type { Dataset, Modes } from '../dataset.ts';

/** A mixture as a data set; `scale` is passed on for the networks and changes no sample. */
export function mixture(modes: Modes, scale: number): Dataset {
  const { dim } = modes;
  const pick = picker(modes.weights);
  const put = modes.factors === undefined ? isotropic(modes) : shaped(modes, modes.factors);
  function fill(random: Random, count: number, points: Float32Array, labels?: Uint8Array) {
    for (let i = 0; i < count; i++) {
      const mode = pick(random);
      if (labels) labels[i] = mode;
      put(mode, random, points, i * dim);
    }
    return points;
  }
  return {
    shape: [dim],
    dim,
    scale,
    modes,
    sample: (random, count, into) => fill(random, count, outputBuffer(count * dim, into)),
    ...(modes.count <= mostLabels && {
      labelled: {
        labels: { kind: 'classes', heads: [Array.from({ length: modes.count }, (_, mode) => `mode ${mode}`)] },
        draw(random, count) {
          const labels = new Uint8Array(count);
          return { examples: fill(random, count, new Float32Array(count * dim), labels), labels };
        },
      },
    }),
  };
}

/** Writes a point of a mode to `points` from `at`. */
type Put = (mode: number, random: Random, points: Float32Array, at: number) => void;

function isotropic({ centres, dim, std }: Modes): Put {
  return (mode, random, points, at) => {
    for (let d = 0; d < dim; d++) points[at + d] = (centres[mode * dim + d] as number) + std * random.normal();
  };
}

/** centre + L·n, with n drawn in the order of the dimensions. */
function shaped({ centres, dim }: Modes, factors: Float64Array): Put {
  const noise = new Float64Array(dim);
  return (mode, random, points, at) => {
    for (let d = 0; d < dim; d++) {
      noise[d] = random.normal();
      let value = centres[mode * dim + d] as number;
      for (let e = 0; e <= d; e++) value += (factors[(mode * dim + d) * dim + e] as number) * (noise[e] as number);
      points[at + d] = value;
    }
  };
}

/** A label is a byte. */
const mostLabels = 256;

/** `count` equal shares. */
export function equalWeights(count: number): Float64Array {
  return new Float64Array(count).fill(1 / count);
}

/** Draws a mode, one uniform number each: by index where all weigh the same, else by search in the cumulative weights. */
function picker(weights: Float64Array): (random: Random) => number {
  const count = weights.length;
  if (weights.every((weight) => weight === weights[0])) return (random) => random.below(count);
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let m = 0; m < count; m++) {
    sum += weights[m] as number;
    cumulative[m] = sum;
  }
  return (random) => {
    const u = random.uniform() * sum;
    let low = 0;
    let high = count - 1; // the last mode takes what rounding leaves over
    while (low < high) {
      const middle = (low + high) >> 1;
      if (u < (cumulative[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
