/** Each diagnosis is made where its rule holds, at the step where it begins, and is not made on what only looks like it. */
import { describe, expect, it } from 'vitest';
import { type DiagnosisName, diagnose } from '../../src/report/diagnoses.ts';
import type { ReportTrial } from '../../src/report/report-data.ts';
import type { Film } from '../../src/store/film-file.ts';
import { ring, roll, tableOf, trialOf, type Wanted } from './figures/example-data.ts';

const steps = 8000;
/** Twenty evaluations. */
const places = Array.from({ length: 20 }, (_, index) => ((index + 1) * steps) / 20);

type Course = (share: number) => number;

/** A trial of which only these curves are known; arguments are shares of the training. */
function trialWith(curves: Readonly<Record<string, Course>>, more: Partial<Wanted> = {}): ReportTrial {
  const history = places.map((step) => ({
    step,
    values: Object.fromEntries(Object.entries(curves).map(([name, at]) => [name, at(step / steps)])),
  }));
  return trialOf({ method: 'gan', ...more, parts: { history, losses: undefined, film: undefined, ...more.parts } });
}

const names = (trial: ReportTrial): DiagnosisName[] => diagnose(trial).map(({ name }) => name);
const found = (trial: ReportTrial, name: DiagnosisName) => diagnose(trial).find((diagnosis) => diagnosis.name === name);

const healthy: Readonly<Record<string, Course>> = {
  modesCaptured: (t) => (t < 0.4 ? 2 : 4),
  highQuality: (t) => Math.min(0.95, t * 2),
  slicedW2: (t) => (t < 0.5 ? 0.7 - t : 0.1),
  gradientG: (t) => 2 - t,
};

describe('diagnose', () => {
  it('finds nothing in a healthy trial', () => {
    expect(diagnose(trialWith(healthy))).toEqual([]);
  });

  it('finds nothing where there are no logs', () => {
    expect(diagnose(trialWith({}))).toEqual([]);
    expect(diagnose(trialOf({ method: 'gan', parts: { history: [], losses: undefined } }))).toEqual([]);
  });

  it('says when and why a trial diverged', () => {
    const trial = trialOf({ method: 'gan', diverged: true, parts: { history: [], losses: undefined } });
    const record = { ...trial.record, steps: 123 };
    expect(diagnose({ ...trial, record })).toEqual([
      { name: 'diverged', step: 123, because: 'lossD is not finite at step 100' },
    ]);
  });
});

describe('vanishing gradient', () => {
  it('begins where the gradient falls below a hundredth of what it was, for a tenth of the training', () => {
    const trial = trialWith({ ...healthy, gradientG: (t) => (t > 0.5 && t < 0.75 ? 0.005 : 2) });
    expect(found(trial, 'vanishing gradient')?.step).toBe(0.55 * steps);
  });

  it('is not a single small gradient, nor a gradient that is small throughout', () => {
    expect(names(trialWith({ ...healthy, gradientG: (t) => (t === 0.5 ? 0.005 : 2) }))).toEqual([]);
    expect(names(trialWith({ ...healthy, gradientG: () => 0.01 }))).toEqual([]);
  });

  it('goes by losses.csv where there is one', () => {
    const losses = tableOf({ step: places, gradientG: places.map((step) => (step > 4000 ? 1e-5 : 1)) });
    expect(found(trialWith(healthy, { parts: { losses } }), 'vanishing gradient')?.step).toBe(4400);
  });
});

describe('mode collapse', () => {
  it('begins where half of the modes are gone for good while samples are good', () => {
    const trial = trialWith({ ...healthy, modesCaptured: (t) => (t < 0.6 ? 4 : 2) });
    expect(found(trial, 'mode collapse')).toMatchObject({ step: 0.6 * steps });
    expect(found(trial, 'mode collapse')?.because).toContain('2 of 4 modes');
  });

  it('is not made of poor samples, nor where modes return', () => {
    const poor = trialWith({ ...healthy, modesCaptured: () => 2, highQuality: () => 0.1 });
    const returning = trialWith({ ...healthy, modesCaptured: (t) => (t > 0.3 && t < 0.6 ? 1 : 4) });
    expect(names(poor)).not.toContain('mode collapse');
    expect(names(returning)).not.toContain('mode collapse');
  });

  it('looks at the weights themselves where both are logged', () => {
    const trial = trialWith({
      ...healthy,
      'raw.modesCaptured': () => 1,
      'raw.highQuality': () => 0.9,
      'raw.slicedW2': () => 0.5,
    });
    expect(names(trial)).toContain('mode collapse');
  });

  it('is made on curves too', () => {
    const trial = trialWith({ curveCovered: () => 0.3, nearCurve: () => 0.9, slicedW2: () => 0.5 }, { data: roll });
    expect(found(trial, 'mode collapse')?.because).toBe('curve covered 30 % at the end, 90 % of samples near the data');
  });
});

describe('mode hopping', () => {
  it('is three losses of a quarter of the modes after the first tenth', () => {
    const lost = new Set([0.25, 0.5, 0.75]);
    const trial = trialWith({ ...healthy, modesCaptured: (t) => (lost.has(t) ? 2 : 4) });
    expect(found(trial, 'mode hopping')?.step).toBe(0.25 * steps);
    const twice = trialWith({ ...healthy, modesCaptured: (t) => (t === 0.25 || t === 0.5 ? 2 : 4) });
    expect(names(twice)).toEqual([]);
  });

  it('is seen in a film even where the number of modes never changes', () => {
    const hopping = filmOf((frame) => [0, 1, 2, 3].map((mode) => (mode === frame % 4 ? 0.8 : 0)));
    const staying = filmOf(() => [0.8, 0, 0, 0]);
    const few = filmOf((frame) => [0, 1, 2, 3].map((mode) => (mode === frame % 4 ? 0.1 : 0)));
    expect(names(trialWith(healthy, { parts: { film: hopping } }))).toContain('mode hopping');
    expect(names(trialWith(healthy, { parts: { film: staying } }))).not.toContain('mode hopping');
    expect(names(trialWith(healthy, { parts: { film: few } }))).not.toContain('mode hopping');
  });
});

describe('left the data', () => {
  const gone = { modesCaptured: () => 0, highQuality: (t: number) => (t < 0.3 ? 0.2 : 0) };

  it('begins with the last good sample gone, far from the data', () => {
    const trial = trialWith({ ...gone, slicedW2: (t) => (t < 0.4 ? 0.7 : 3 + 10 * t) }, { data: ring });
    expect(found(trial, 'left the data')?.step).toBeCloseTo(0.4 * steps);
  });

  it('is not a generator that has yet to arrive: one that comes nearer, or sits in the middle of the data', () => {
    const arriving = trialWith({ ...gone, highQuality: () => 0, slicedW2: (t) => 10 - 5 * t });
    const inTheMiddle = trialWith({ ...gone, highQuality: () => 0, slicedW2: () => 0.72 });
    expect(names(arriving)).not.toContain('left the data');
    expect(names(inTheMiddle)).not.toContain('left the data');
  });

  it('is not one that returns', () => {
    const trial = trialWith({ ...gone, highQuality: (t) => (t > 0.9 ? 0.5 : 0), slicedW2: (t) => (t > 0.9 ? 0.2 : 9) });
    expect(names(trial)).not.toContain('left the data');
  });
});

describe('has not settled', () => {
  it('compares the last fifth with the one before', () => {
    const trial = trialWith({ ...healthy, slicedW2: (t) => 2 - 1.9 * t });
    expect(found(trial, 'has not settled')?.step).toBe(0.65 * steps);
    const gaining = trialWith({ ...healthy, modesCaptured: (t) => (t > 0.85 ? 4 : 3) });
    expect(names(gaining)).toEqual(['has not settled']);
  });

  it('needs ten evaluations to say anything', () => {
    const trial = trialWith({ ...healthy, slicedW2: (t) => 2 - 1.9 * t });
    expect(names({ ...trial, history: trial.history.slice(-9) })).toEqual([]);
  });
});

function filmOf(sharesAt: (frame: number) => number[]): Film {
  const none = new Float32Array();
  return {
    kind: '2d',
    dim: 2,
    latentDim: 2,
    axes: [],
    real: none,
    latents: none,
    lattice: none,
    frames: places.map((step, frame) => ({
      step,
      generated: none,
      score: none,
      metrics: {},
      modeShare: sharesAt(frame),
    })),
  };
}
