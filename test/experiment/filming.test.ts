/** Which trials are filmed: declared or asked for, never part of a trial's identity, refused where no picture can show it. */

import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { checkExperiment } from '../../src/experiment/check-experiment.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { filmKindOf } from '../../src/methods/film-kind.ts';
import { sampleExperiment } from './sample.ts';

const request = { seeds: '1', set: [], sweep: [] };

describe('films', () => {
  it('are of the methods that the experiment declares them for', async () => {
    const { trials, notes } = planTrials(await loadExperiment('line5'), request);
    const filmed = trials.filter(({ film }) => film).map(({ spec }) => spec.method);
    expect(filmed).toEqual(['bigan', 'bigan-pgp']);
    expect(notes).toEqual(['filmed, up to 48 frames a trial: bigan, bigan-pgp']);
  });

  it('are of every method where they are asked for, and change no identity', async () => {
    const experiment = await loadExperiment('grid25');
    const plain = planTrials(experiment, request);
    const filmed = planTrials(experiment, { ...request, film: true });
    expect(plain.trials.some(({ film }) => film)).toBe(false);
    expect(filmed.trials.map(({ film }) => film)).toEqual(plain.trials.map(() => ({ frames: 48 })));
    expect(filmed.trials.map(({ id, hash }) => [id, hash])).toEqual(plain.trials.map(({ id, hash }) => [id, hash]));
  });

  it('are refused in one line of latents that no picture can show', async () => {
    const experiment = await loadExperiment('encoder-only');
    const three = { ...request, set: ['latent.dim=3'] };
    expect(planTrials(experiment, three).trials[0]?.film).toBeUndefined();
    expect(() => planTrials(experiment, { ...three, film: true })).toThrow(
      new UsageError('film: encoder-only cannot be filmed: expected 1 or 2 dimensions to draw, and its latent has 3'),
    );
  });

  it.each([
    [{ frames: 1 }, 'mine.ts: film.frames: expected at least 2, got 1'],
    [{ frames: 60, methods: ['wgan'] }, 'mine.ts: film.methods: expected '],
    [{ frames: 60, speed: 2 }, 'mine.ts: film: unknown'],
  ])('a declaration that is wrong is refused in one line (%#)', (film, message) => {
    const methods = ['gan', 'bigan'];
    const { name: _, catalogue: __, ...sample } = sampleExperiment;
    const fields = { ...sample, methods, film };
    expect(() => checkExperiment(fields, 'mine', 'mine.ts')).toThrow(UsageError);
    expect(() => checkExperiment(fields, 'mine', 'mine.ts')).toThrow(message);
  });

  it('show D over what it sees: x, pairs of one dimension each, or latents', () => {
    expect(filmKindOf(builtIn.method('gan'), 1, 1)).toBe('1d');
    expect(filmKindOf(builtIn.method('bigan'), 1, 1)).toBe('1d-xz');
    expect(filmKindOf(builtIn.method('bigan'), 1, 2)).toBe('1d');
    expect(filmKindOf(builtIn.method('bigan-pgp'), 2, 64)).toBe('2d');
    expect(filmKindOf(builtIn.method('encoder-only'), 2, 2)).toBe('z');
    expect([filmKindOf(builtIn.method('encoder-only'), 2, 3), filmKindOf(builtIn.method('gan'), 3, 2)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
