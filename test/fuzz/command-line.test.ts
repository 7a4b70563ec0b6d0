/** What a user types after `exp`: any seeds, methods, presets, settings and sweeps are a plan or one line of refusal. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { specHash, trialId } from '../../src/catalogue/identity.ts';
import { resolvedSchema, specSchema } from '../../src/catalogue/spec.ts';
import { truthOf } from '../../src/catalogue/truth.ts';
import type { Experiment } from '../../src/experiment/define.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { parseSet } from '../../src/experiment/overrides.ts';
import { type PlanRequest, planTrials } from '../../src/experiment/plan.ts';
import { nameOf, resolveTrial } from '../../src/experiment/resolve.ts';
import { type Leaf, leavesOf, valueAt } from '../../src/schema/paths.ts';
import { sampleExperiment } from '../experiment/sample.ts';
import { methodNames } from '../support/methods.ts';
import { mutatedText } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

const experiments: readonly Experiment[] = [
  sampleExperiment,
  ...(await Promise.all(['clusters5', 'swiss-roll', 'guided-mnist', 'rings16'].map(loadExperiment))),
];

const inheritedNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 });
const number = fc.oneof(
  digits,
  fc
    .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.', 'e', 'e-', '.5'), digits)
    .map((all) => all.join('')),
  fc.constantFrom(
    '1e308',
    '1e-400',
    '-0',
    '9007199254740991',
    '9007199254740993',
    '0x10',
    '1_000',
    '\u0661',
    'NaN',
    '1e999',
  ),
  fc.double().map(String),
);
const list = fc.array(number, { maxLength: 4 }).map((values) => values.join(','));

/** Every path that can be set in some method of an experiment, with values of its kind. */
function fitting(experiment: Experiment): Map<string, fc.Arbitrary<string>> {
  const specs = experiment.methods.map((method) => resolveTrial(experiment, { method: nameOf(method), seed: 0 }));
  return new Map(
    specs.flatMap((spec) =>
      [...leavesOf(spec, specSchema(builtIn, spec.method))].map(
        ([path, leaf]) => [path, valueFor(leaf, valueAt(spec, path))] as const,
      ),
    ),
  );
}

function valueFor(leaf: Leaf, now: unknown): fc.Arbitrary<string> {
  switch (leaf.kind) {
    case 'number':
      return fc.oneof(fc.constant(String(now)), fc.integer({ min: 1, max: 12 }).map(String), number);
    case 'numbers':
      return fc.oneof(
        fc.constant(JSON.stringify(now)),
        list,
        list.map((values) => `[${values}]`),
      );
    case 'name':
      return fc.constantFrom(...leaf.choices);
    case 'variant':
      return fc.constantFrom(...leaf.fields.keys());
    case 'text':
      return fc.constantFrom('own', 'mnist', 'x.onnx', '../../etc/passwd');
    default:
      return leaf satisfies never;
  }
}

const strangeText = fc.oneof(
  number,
  fc.constantFrom('adam', 'normal', 'split', 'images', 'gaussian-line', 'gaussian-rings', 'mlp', 'wasserstein', 'own'),
  fc.constantFrom('../../etc/passwd', 'null', '{}', '[[1]]', '[', ']', ' ', ''),
  fc.string(),
);

const strangePath = (known: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...inheritedNames, 'seed', 'method', 'experiment', 'training', 'measures.0', 'measures.0.kind', ''),
    fc.tuple(known, fc.constantFrom(...inheritedNames, '0', 'length', '')).map((parts) => parts.join('.')),
    fc.tuple(fc.constantFrom(...inheritedNames), known).map((parts) => parts.join('.')),
    known.map((path) => path.toUpperCase()),
    known.chain(mutatedText),
  );

/** `path=value` and `path=value,value`: four in five with a path and values that fit it. */
function settings(experiment: Experiment): Record<'set' | 'sweep', fc.Arbitrary<string>> {
  const fits = fitting(experiment);
  const known = fc.constantFrom(...fits.keys());
  const right = (most: number) =>
    known.chain((path) =>
      fc
        .array(fits.get(path) ?? strangeText, { minLength: 1, maxLength: most })
        .map((texts) => `${path}=${texts.join(',')}`),
    );
  const wrong = fc.oneof(
    fc.tuple(fc.oneof(known, strangePath(known)), strangeText).map((sides) => sides.join('=')),
    fc.string({ unit: fc.constantFrom(...'ab1,[]= ') }),
    fc.string(),
  );
  const mostly = (most: number) => fc.oneof({ weight: 4, arbitrary: right(most) }, wrong);
  return { set: mostly(1), sweep: mostly(3) };
}

const seeds = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('1', '2', '0,3', '7..8') },
  fc.string({ unit: fc.constantFrom(...'0123456789,.- '), maxLength: 5 }).filter((text) => !/\d{4}/.test(text)),
  fc.constantFrom(
    '0..9007199254740991',
    '9007199254740990..9007199254740991',
    '0..99999999',
    '1..'.repeat(500),
    '5\n6',
  ),
);

function request(experiment: Experiment): fc.Arbitrary<PlanRequest> {
  const { set, sweep } = settings(experiment);
  const mostly = (right: fc.Arbitrary<string>, ...wrong: string[]) =>
    fc.oneof({ weight: 12, arbitrary: right }, fc.constantFrom(...inheritedNames, ...wrong), fc.string());
  const declared = fc.subarray(experiment.methods.map(nameOf), { minLength: 1 }).map((names) => names.join(','));
  return fc.record(
    {
      seeds,
      set: fc.array(set, { maxLength: 2 }),
      sweep: fc.array(sweep, { maxLength: 1 }),
      methods: mostly(declared, '', 'gan,', 'GAN', ...methodNames),
      preset: mostly(fc.constantFrom('smoke', 'default'), 'Smoke', ''),
      lambda: mostly(fc.constantFrom('1', '0,0.1', '1e-3'), '-1', '1,', '[1', 'a'),
      film: fc.boolean(),
    },
    { requiredKeys: ['seeds', 'set', 'sweep'] },
  );
}

test.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
  'any request of %s',
  async (_, experiment) => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(request(experiment), async (asked) => {
        const plan = await valueOrLine(() => planTrials(experiment, asked), { usage: true });
        if (plan === undefined) return;
        accepted++;
        for (const { id, hash, spec } of plan.trials) {
          expect(hash).toBe(specHash(spec));
          expect(id).toBe(trialId(spec, hash));
          expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/); // what a store takes for the name of a folder
          expect(resolvedSchema().parse(spec)).toEqual(spec);
          expect(truthOf(spec.data).dim).toBeGreaterThan(0); // what it is drawn from refuses nothing any more
        }
        expect(new Set(plan.trials.map(({ hash }) => hash)).size).toBe(plan.trials.length);
        for (const note of plan.notes) expect(note).not.toMatch(/\p{Cc}/u);
      }),
      runs(80),
    );
    expect(accepted).toBeGreaterThan(0);
  },
);

test('one setting of one method is a spec that holds it, or one line', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...methodNames), settings(sampleExperiment).set, async (method, text) => {
      const resolve = () => resolveTrial(sampleExperiment, { method, seed: 0, overrides: [parseSet(text)] });
      const spec = await valueOrLine(resolve, { usage: true });
      if (spec === undefined) return;
      accepted++;
      expect(resolvedSchema().parse(spec)).toEqual(spec);
    }),
    runs(600),
  );
  expect(accepted).toBeGreaterThan(0);
});

const plan = (asked: Partial<PlanRequest>) => () =>
  planTrials(sampleExperiment, { seeds: '1', set: [], sweep: [], ...asked });

test.each<[string, Partial<PlanRequest>]>([
  ['a number that is none only at its end', { set: [`training.steps=${'1'.repeat(120_000)}x`] }],
  ['a path', { set: [`${'training.steps'.repeat(8_000)}=1`] }],
  ['brackets', { sweep: [`nets.hidden=${'['.repeat(60_000)}${']'.repeat(60_000)}`] }],
  ['a method', { methods: 'gan'.repeat(40_000) }],
  ['a preset', { preset: 'smoke'.repeat(20_000) }],
  ['seeds', { seeds: `${'0'.repeat(100_000)}..x` }],
])('%s as long as a command line can be is refused at once', async (_, asked) => {
  await expect(plan(asked)).toThrow(UsageError);
  await valueOrLine(plan(asked), { usage: true });
});

test.each(inheritedNames)('%s is no setting, method or preset', async (name) => {
  expect(plan({ set: [`${name}=1`] })).toThrow(`the spec has no '${name}'`);
  expect(plan({ sweep: [`training.${name}=1`] })).toThrow(`the spec has no 'training.${name}'`);
  expect(plan({ methods: name })).toThrow(`there is no method '${name}'`);
  expect(plan({ preset: name })).toThrow(`has no preset '${name}'`);
});

test.each([
  ['data.side=100000', 'data: expected at most 100000 modes, got 10000000000'],
  ['data.side=1e9', 'data: expected at most 100000 modes'],
])('%s is refused before its modes are laid out', (setting, says) => {
  expect(plan({ set: [setting], film: true })).toThrow(says);
});
