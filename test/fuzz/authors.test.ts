/** What an experiment's file exports, and what a trial's spec says: any value is an experiment that can be planned, or one line. */
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { checkExperiment } from '../../src/experiment/check-experiment.ts';
import type { Experiment } from '../../src/experiment/define.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { openStore } from '../../src/store/store.ts';
import { put, scratch } from '../datasets/pictures/files.ts';
import { sampleExperiment } from '../experiment/sample.ts';
import { mutatedValue } from './json-mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

/** What an author writes of an experiment that is loaded. */
function authored(experiment: Experiment) {
  const { name: _, catalogue: __, code: ___, folder: ____, ...fields } = experiment;
  return fields;
}
const sample = authored(sampleExperiment);
const traffic = authored(await loadExperiment('traffic'));
const line = authored(await loadExperiment('line-multi'));

const authors = fc.oneof(
  { weight: 4, arbitrary: mutatedValue(sample) },
  { weight: 2, arbitrary: mutatedValue(traffic) },
  { weight: 2, arbitrary: mutatedValue(line) },
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withTypedArray: true,
  }),
);

test('any export is an experiment or one line with the name of its file', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(authors, async (exported) => {
      const experiment = await valueOrLine(() => checkExperiment(exported, 'mine', './mine.ts'), {
        usage: true,
        says: './mine.ts: ',
      });
      if (experiment === undefined) return;
      accepted++;
      // What was accepted can be asked for: whatever is wrong from here on is one line, too.
      for (const preset of Object.keys(experiment.presets))
        await valueOrLine(() => planTrials(experiment, { seeds: '1', set: [], sweep: [], preset }), { usage: true });
    }),
    runs(500),
  );
  expect(accepted).toBeGreaterThan(0);
});

test('any value in the place of a section', async () => {
  const sections = [
    'data',
    'latent',
    'nets',
    'training',
    'evaluation',
    'measures',
    'loss',
    'critic',
    'penalty',
    'scorer',
    'methods',
  ];
  const value = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...sections, 'presets', 'expects', 'film', 'claim'),
      value,
      async (section, given) => {
        const exported = { ...sample, [section]: given };
        await valueOrLine(() => checkExperiment(exported, 'mine', './mine.ts'), { usage: true, says: './mine.ts: ' });
      },
    ),
    runs(500),
  );
});

test.each([
  '..mine.ts',
  '-rf.ts',
  'a b\n;c.ts',
  '__proto__.ts',
  '\u65e5\u672c.ts',
  '\u001b[31m.ts',
  '$(reboot).ts',
  `${'x'.repeat(240)}.ts`,
])('a file called %j is an experiment that a store has a folder for, or one line', async (file) => {
  const root = scratch();
  const path = put(root, file, `export default ${JSON.stringify(sample)};`);
  const experiment = await valueOrLine(() => loadExperiment(path), {
    usage: true,
    says: path.replace(/\p{Cc}.*/u, ''),
  });
  if (experiment) expect(openStore(root, experiment.name).path).toBe(join(root, basename(experiment.name)));
});

const check = (changes: object) => () => checkExperiment({ ...sample, ...changes }, 'mine', 'mine.ts');

test('a circle, a value that is nested by the thousand and a big integer are named by their kind', () => {
  const circle: { self?: object } = {};
  circle.self = circle;
  expect(check({ claim: circle })).toThrow(new UsageError('mine.ts: claim: expected a text, got an object'));
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(check({ claim: deep })).toThrow(new UsageError('mine.ts: claim: expected a text, got a list'));
  expect(check({ claim: [7n] })).toThrow(new UsageError('mine.ts: claim: expected a text, got a list'));
});

test('where one thing or another may stand, the line says what both are, or what is wrong with the nearer one', () => {
  expect(check({ methods: ['gna'] })).toThrow(
    /^mine\.ts: methods\.0: expected gan, .*guided, .*sngan or an object, got 'gna'$/,
  );
  expect(check({ methods: [{ name: 'gna' }] })).toThrow(/^mine\.ts: methods\.0\.name: expected gan, .*, got 'gna'$/);
  expect(check({ presets: { smoke: {}, '': {} } })).toThrow(/^mine\.ts: presets\.: its name: expected at least 1/);
});

test('a preset that a schema passes over is none', () => {
  const presets: Experiment['presets'] = JSON.parse('{ "smoke": {}, "__proto__": { "methods": "gan" } }');
  expect(Object.keys(check({ presets })().presets)).toEqual(['smoke']);
});
