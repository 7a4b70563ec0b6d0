/** Statistics files (mu, sigma) as what pictures are scored against, and ONNX generators of pictures as what is scored. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { encodeNpz } from '../../../src/disk/npz.ts';
import { type ScoreRequest, score } from '../../../src/inspect/score/score.ts';
import { isStatisticsFile, scoreAgainstStatistics } from '../../../src/inspect/score/statistics-file.ts';
import { networkFile } from '../../../src/nets/network-file.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { scratch, writePictures, writeScorer } from './setup.ts';

const listener = { tell() {}, step() {} };
const usual = { splits: 10, seed: 0 };

async function place() {
  const root = scratch();
  await writePictureSet(root, 'quarters');
  const pictures = join(root, 'pictures');
  await writePictures(root, 'quarters', pictures, [0, 200]);
  return { root, pictures, grey: await writeScorer(join(root, 'grey.onnx')) };
}

function statistics(path: string, mu: readonly number[], sigma: readonly number[]): string {
  const dim = mu.length;
  const arrays = [
    { name: 'mu', shape: [dim], values: Float64Array.from(mu) },
    { name: 'sigma', shape: [dim, dim], values: Float64Array.from(sigma) },
  ];
  writeFileSync(path, encodeNpz(arrays));
  return path;
}

const scored = (
  request: Partial<ScoreRequest> & Pick<ScoreRequest, 'path' | 'dataRoot'> & { readonly against: string },
) => scoreAgainstStatistics({ ...usual, ...request }, listener);

describe('pictures against mu and sigma', () => {
  it('have the distance of their features from that Gaussian', async () => {
    const { root, pictures, grey } = await place();
    const origin = statistics(join(root, 'origin.npz'), [0, 0, 0, 0], Array(16).fill(0));
    const { scores, counts, against } = await scored({ path: pictures, against: origin, scorer: grey, dataRoot: root });
    expect([counts.generated, against.dimensions]).toEqual([200, 4]);
    // from a point at 0, FID is |m|² + tr S: the mean square of the features, the covariance over n − 1
    const far = statistics(join(root, 'far.npz'), [1e3, 0, 0, 0], Array(16).fill(0));
    const { scores: farther } = await scored({ path: pictures, against: far, scorer: grey, dataRoot: root });
    const mean = ((scores.fid ?? 0) + 1e6 - (farther.fid ?? 0)) / 2e3; // |m − 1000 e|² = |m|² − 2000 m₀ + 10⁶
    expect(Math.abs(mean)).toBeLessThan(1);
    expect(scores.fid).toBeGreaterThan(0);
  });

  it('are refused where the network gives other features, or none is named', async () => {
    const { root, pictures, grey } = await place();
    const three = statistics(join(root, 'three.npz'), [0, 0, 0], Array(9).fill(0));
    const common = { path: pictures, against: three, dataRoot: root };
    await expect(scored({ ...common, scorer: grey })).rejects.toThrow(
      /--scorer: gives 4 features, .*three\.npz is of 3/,
    );
    await expect(scored(common)).rejects.toThrow(/expected --scorer, the network as ONNX/);
    const square = statistics(join(root, 'odd.npz'), [0, 0], Array(4).fill(Number.NaN));
    await expect(scored({ ...common, against: square, scorer: grey })).rejects.toThrow(
      /finite numbers in mu and sigma/,
    );
  });

  it('are known by both arrays', async () => {
    const { root, pictures } = await place();
    expect(await isStatisticsFile(statistics(join(root, 's.npz'), [0], [1]))).toBe(true);
    const points = join(root, 'points.npz');
    writeFileSync(points, encodeNpz([{ name: 'mu', shape: [1], values: Float64Array.of(1) }]));
    for (const path of [points, pictures, join(root, 'none.npz')]) expect(await isStatisticsFile(path)).toBe(false);
  });
});

describe('a generator of pictures as ONNX', () => {
  const generator = (path: string, of: (z: tf.Tensor) => tf.Tensor): string => {
    writeFileSync(
      path,
      networkFile({ z: [4] }, ({ z }) => ({ x: of(z as tf.Tensor) })),
    );
    return path;
  };
  /** A weight of z to every number of a picture `[channels, 8, 8]`, in the order that `place` gives. */
  const weights = (channels: number, place: (at: number) => number = (at) => at) => {
    const numbers = 64 * channels;
    const values = Float32Array.from({ length: 4 * numbers }, (_, at) =>
      Math.sin(numbers * Math.floor(at / numbers) + place(at % numbers)),
    );
    return tf.tensor2d(values, [4, numbers]);
  };
  const planes = (z: tf.Tensor, channels = 3) =>
    tf.reshape(tf.tanh(tf.matMul(z, weights(channels))), [-1, channels, 8, 8]);
  const last = (z: tf.Tensor) =>
    tf.reshape(
      tf.tanh(
        tf.matMul(
          z,
          weights(3, (at) => 64 * (at % 3) + Math.floor(at / 3)),
        ),
      ),
      [-1, 8, 8, 3],
    );

  it('is sampled with its latent, whatever the order of its axes', async () => {
    const { root, grey } = await place();
    const common = { ...usual, against: 'quarters', scorer: grey, dataRoot: root, samples: 60 };
    const first = generator(join(root, 'planes.onnx'), (z) => planes(z));
    const second = generator(join(root, 'last.onnx'), last);
    const [one, other] = [
      await score({ ...common, path: first }, listener),
      await score({ ...common, path: second }, listener),
    ];
    expect(one.document.scored).toMatchObject({
      kind: 'generator',
      says: expect.stringMatching(/^a generator, z .*normal/i),
    });
    expect(one.document.counts.generated).toBe(60);
    expect(one.document.scores).toEqual(other.document.scores);
  });

  it('whose numbers are no pictures is refused', async () => {
    const { root, grey } = await place();
    const common = { ...usual, against: 'quarters', scorer: grey, dataRoot: root, samples: 20 };
    const large = generator(join(root, 'large.onnx'), (z) => tf.mul(planes(z), 255));
    await expect(score({ ...common, path: large }, listener)).rejects.toThrow(
      /expected pictures in \[−1, 1\] or \[0, 1\]/,
    );
    const five = generator(join(root, 'five.onnx'), (z) => planes(z, 5));
    await expect(score({ ...common, path: five }, listener)).rejects.toThrow(
      /1 channel or 3, it makes \(batch, 5, 8, 8\)/,
    );
  });
});
