/** Reconstruction errors by hand. */
import { expect, test } from 'vitest';
import { reconstructionValues } from '../../src/metrics/reconstruction.ts';
import { inputs, points, truth } from './inputs.ts';

const dataset = truth({});
const real = points([0, 0], [1, 1]);
const latents = points([0.5], [-0.5], [0]);

test('the mean of the distances 5 and 1 in data space, of 0.25, 0 and 0.5 in latent space', () => {
  const reconstructed = points([3, 4], [1, 2]);
  const reencoded = points([0.25], [-0.5], [0.5]);
  expect(reconstructionValues(inputs({ dataset, real, latents, reconstructed, reencoded }))).toEqual({
    reconstructionX: 3,
    reconstructionZ: 0.25,
  });
});

test('each column only where its net is; neither without an encoder', () => {
  expect(reconstructionValues(inputs({ dataset, real, latents, reconstructed: real }))).toEqual({
    reconstructionX: 0,
  });
  expect(reconstructionValues(inputs({ dataset, real, latents, reencoded: latents }))).toEqual({
    reconstructionZ: 0,
  });
  expect(reconstructionValues(inputs({ dataset, real, latents }))).toEqual({});
});

test('NaN in gives NaN out; other numbers of points are our fault', () => {
  const reconstructed = points([Number.NaN, 0], [1, 1]);
  expect(reconstructionValues(inputs({ dataset, real, reconstructed }))).toEqual({ reconstructionX: Number.NaN });
  expect(() => reconstructionValues(inputs({ dataset, real, reconstructed: points([0, 0]) }))).toThrow(/^internal:/);
});
