import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { specSchema } from '../../src/catalogue/spec.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import { parseSet, parseSweep } from '../../src/experiment/overrides.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import { leavesOf, valueAt } from '../../src/schema/paths.ts';
import { sampleExperiment } from './sample.ts';

const withSet = (method: MethodName, ...sets: string[]): ResolvedSpec =>
  resolveTrial(sampleExperiment, { method, seed: 0, overrides: sets.map(parseSet) });

describe('--set', () => {
  it('puts numbers, names and lists in their place, typed', () => {
    const spec = withSet(
      'bigan-pgp',
      'training.steps=2000',
      'loss=wasserstein',
      'nets.hidden=8,16',
      'penalty.weight=1e-1',
    );
    expect(spec.training.steps).toBe(2000);
    expect(spec.loss).toBe('wasserstein');
    expect(valueAt(spec, 'nets.hidden')).toEqual([8, 16]);
    expect(spec.penalty).toEqual({ weight: 0.1, form: 'squared' });
    expect(valueAt(withSet('gan', 'nets.hidden=[8, 16]'), 'nets.hidden')).toEqual([8, 16]);
    expect(withSet('gan', 'measures.1.projections=7').measures[1]).toEqual({
      kind: 'sliced-wasserstein',
      projections: 7,
    });
  });

  it('keeps evaluating twenty times unless told how often', () => {
    expect(withSet('gan', 'training.steps=400').evaluation.every).toBe(20);
    expect(withSet('gan', 'training.steps=400', 'evaluation.every=7').evaluation.every).toBe(7);
  });

  it('changes a kind with what belongs to it, in any order', () => {
    const spec = withSet('wgan', 'training.optimiser.decay=0.9', 'training.optimiser.kind=rmsprop');
    expect(spec.training.optimiser).toEqual({ kind: 'rmsprop', rate: 1e-3, epsilon: 1e-8, decay: 0.9 });
    expect(() => withSet('wgan', 'training.optimiser.kind=rmsprop')).toThrow(
      'training.optimiser.decay: expected a number, got nothing',
    );
  });

  it.each([
    ['trainin.steps=5', "the spec has no 'trainin.steps'; did you mean 'training.steps'?"],
    ['steps=5', "the spec has no 'steps'; did you mean critic.steps or training.steps?"],
    ['training=5', "'training' is a section"],
    ['seed=5', 'seed is not set by path: it is chosen with --seeds'],
    ['xyz=1', 'it has data, latent'],
    ['training.steps=many', "training.steps: expected a number, got 'many'"],
    ['training.steps=1.5', 'training.steps: expected a whole number, got 1.5'],
    ['training.steps=0', 'training.steps: expected more than 0, got 0'],
    ['training.steps=0x10', 'expected a number'],
    ['training.steps=1e999', 'expected a number'],
    ['training.optimiser.rate=1e-400', "training.optimiser.rate: expected a number, got '1e-400'"],
    ['training.optimiser.rate=0.01e-340', 'training.optimiser.rate: expected a number'],
    ['training.average=1', 'training.average: expected less than 1, got 1'],
    [
      'loss=wasserstien',
      "expected logistic, linear, least-squares, wasserstein, hinge or relativistic, got 'wasserstien'; did you mean 'wasserstein'?",
    ],
    ['nets.hidden=[]', 'nets.hidden: expected a list of numbers'],
    ['nets.hidden=64,x', 'nets.hidden: expected a list of numbers'],
    ['training.optimiser.kind=adma', "did you mean 'adam'?"],
    ['latent.low=2', 'latent.low: expected less than latent.high (1), got 2'],
    ['__proto__.polluted=1', "the spec has no '__proto__.polluted'"],
    ['training.__proto__.polluted=1', "the spec has no 'training.__proto__.polluted'"],
    ['constructor.prototype.polluted=1', 'the spec has no'],
    ['penalty.weight=1', 'the spec has no'],
  ])('refuses %s', (argument, says) => {
    expect(() => withSet('gan', argument)).toThrow(UsageError);
    expect(() => withSet('gan', argument)).toThrow(says);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each(['', '=', 'a.b', '=5', 'training.steps='])('refuses %j for its form', (argument) => {
    expect(() => parseSet(argument)).toThrow('expected path=value');
  });

  it('does not touch what it was given', () => {
    const before = JSON.stringify(sampleExperiment);
    withSet('gan', 'nets.hidden=1', 'training.optimiser.rate=5');
    expect(JSON.stringify(sampleExperiment)).toBe(before);
  });
});

describe('--sweep', () => {
  it('splits at commas outside brackets', () => {
    expect(parseSweep('nets.hidden=[64,64],[128]')).toEqual({ path: 'nets.hidden', texts: ['[64,64]', '[128]'] });
    expect(parseSweep('penalty.weight=0, 0.1')).toEqual({ path: 'penalty.weight', texts: ['0', '0.1'] });
    expect(parseSweep('a=b=c').texts).toEqual(['b=c']);
  });

  it.each(['a=[1,2', 'a=1]', 'a=][', 'a=1,,2', 'a=,', 'a=1,'])('refuses %s', (argument) => {
    expect(() => parseSweep(argument)).toThrow(UsageError);
  });
});

describe('fuzz', () => {
  const base = resolveTrial(sampleExperiment, { method: 'bigan-pgp', seed: 0 });
  const path = fc.oneof(
    fc.constantFrom(
      ...leavesOf(base, specSchema(builtIn, base.method)).keys(),
      '__proto__',
      'constructor.name',
      'nets',
      'nets.hidden.0',
      'measures.9.projections',
    ),
    fc.string(),
  );
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('0', '-1', '1e-3', '[1,2]', 'null', '{"a":1}', 'adam', 'rmsprop', 'Infinity', 'NaN', '5'),
    fc.double().map(String),
  );

  it('any --set ends in a spec that holds the value, or in one line of refusal', () => {
    fc.assert(
      fc.property(path, text, (where, what) => {
        try {
          const { path: at, text: value } = parseSet(`${where}=${what}`);
          const spec = withSet('bigan-pgp', `${where}=${what}`);
          const found = valueAt(spec, at);
          if (typeof found === 'number') expect(found).toBe(Number(value));
          else if (typeof found === 'string') expect(found).toBe(value);
          else expect(Array.isArray(found)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error)).not.toContain('\n');
        }
      }),
      { numRuns: 1000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('any --sweep splits into values that join to what was given, or is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1,[]= ') }), (argument) => {
        try {
          const { texts } = parseSweep(argument);
          const value = argument.slice(argument.indexOf('=') + 1);
          expect(texts.join(',').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('valueAt', () => {
  it('reads what a spec has and nothing that it inherits', () => {
    const spec = withSet('gan');
    expect(valueAt(spec, 'training.optimiser.rate')).toBe(1e-3);
    expect(valueAt(spec, 'penalty.weight')).toBeUndefined();
    expect(valueAt(spec, 'constructor.name')).toBeUndefined();
    expect(valueAt(spec, 'loss.length')).toBeUndefined();
  });
});
