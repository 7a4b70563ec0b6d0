/** The sentence on what a perfect sampler reaches. */
import { expect, test } from 'vitest';
import { knownKinds } from '../../src/summary/known-kinds.ts';
import { perfectSamplerText } from '../../src/summary/perfect-sampler.ts';
import { summarise } from '../../src/summary/summarise.ts';
import { recordOf, specOf } from '../cli/records.ts';

test('names samples and bounds of the columns that have one, each value once', () => {
  const spec = specOf('gan', 0);
  const few = { ...spec, evaluation: { ...spec.evaluation, samples: 25 } };
  const { columns } = knownKinds();
  const infos = ['modesCaptured', 'highQuality', 'reverseKL'].flatMap((name) => columns.get(name) ?? []);
  const values = { modesCaptured: 3, highQuality: 0.5, reverseKL: 1 };
  const rowsOf = (...specs: (typeof spec)[]) =>
    summarise(
      specs.map((one) => recordOf(one, values)),
      [],
    );
  expect(perfectSamplerText(rowsOf(spec), infos)).toBe(
    'A perfect sampler reaches in 2,500 samples 25.0 modes captured and 98.89 % high quality.',
  );
  expect(perfectSamplerText(rowsOf(spec, few), infos)).toBe(
    'A perfect sampler reaches in 2,500 or 25 samples 25.0 or 15.9 modes captured and 98.89 % high quality.',
  );
  expect(perfectSamplerText(rowsOf(spec), infos.slice(2))).toBe('');
});
